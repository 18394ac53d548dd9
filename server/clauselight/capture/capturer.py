"""Captures pages: as the server sends them, or as they look after their scripts ran, whichever holds the
document."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Literal, Self

from .fetched import Conditional, Fetched
from .policy import FetchPolicy
from .problems import CaptureProblem
from .rendered import Renderer
from .resolver import Lookup
from .safe_fetch import Fetcher

Render = Literal["auto", "always", "never"]

HoldsPolicy = Callable[[Fetched], Awaitable[bool]]
"""Whether a plain answer holds the document; supplied by whoever can read pages."""


class Capturer:
    """Captures with one policy. To be used as `async with`; one for the whole process, as it remembers which
    hosts were asked when. A browser is started for each page that needs one."""

    def __init__(self, policy: FetchPolicy, *, lookup: Lookup | None = None) -> None:
        self._fetcher = Fetcher(policy, lookup=lookup)
        self._renderer = Renderer(self._fetcher)

    async def __aenter__(self) -> Self:
        await self._fetcher.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._fetcher.__aexit__(kind, error, trace)

    async def capture(
        self,
        url: str,
        *,
        render: Render = "auto",
        holds_policy: HoldsPolicy | None = None,
        conditional: Conditional | None = None,
    ) -> Fetched:
        """Capture one page. Raises FetchRefused, FetchFailed.

        `auto` renders when `holds_policy` denies the plain answer. If that fails, the plain answer is
        returned with the reason in `not_rendered`: what it is instead of a document, the caller can tell.
        `conditional` counts for plain answers; a rendered page is made of many, so it is always made anew.
        """
        if render == "always":
            return await self._renderer.render(await self._fetcher.fetch_page(url))
        plain = await self._fetcher.fetch_page(url, conditional)
        if render == "never" or plain.not_modified or holds_policy is None or await holds_policy(plain):
            return plain
        if plain.media_type == "text/plain":
            return plain
        try:
            return await self._renderer.render(plain)
        except CaptureProblem as problem:
            return dataclasses.replace(plain, not_rendered=problem)
