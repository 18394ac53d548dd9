"""The server's face: middleware, API, pages. Handlers stay short: parse, ask, answer."""
