"""Parts of the browser tests."""
