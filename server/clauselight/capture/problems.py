"""Why a page was not captured: a kind for programs, and one sentence for people."""

from __future__ import annotations

from typing import Literal, get_args

ProblemKind = Literal[
    # Refused: we decline, whatever the site would answer.
    "address-malformed",
    "address-scheme",
    "address-credentials",
    "address-disguised",
    "address-port",
    "address-inside",
    "robots-disallowed",
    "robots-unreachable",
    "redirect-loop",
    "redirect-limit",
    "redirect-insecure",
    "headers-too-large",
    "too-large",
    "encoding-unknown",
    "pdf",
    "not-a-page",
    "host-on-hold",
    # Failed: it may work another time.
    "name-unknown",
    "unreachable",
    "proxy",
    "certificate",
    "connection-broken",
    "not-http",
    "encoding-broken",
    "timeout",
    "not-found",
    "denied",
    "busy",
    "http-status",
    "browser-missing",
    "render-failed",
]
"""Stable slugs. `not-found` is 404 and 410; `denied` 401, 403, 407 and 451; `busy` 429 and 503."""

KINDS: tuple[ProblemKind, ...] = get_args(ProblemKind)

_LONGEST = 400


class CaptureProblem(Exception):
    """A page that was not captured.

    `kind` is stable, `sentence` is for people and holds nothing that could command a terminal. `status` is
    what the site answered, if it did; `retry_after` the seconds it asked to be left alone; `url` the address
    that the problem is about, which after redirects is not the one asked for.
    """

    def __init__(
        self,
        kind: ProblemKind,
        sentence: str,
        *,
        url: str | None = None,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        self.kind: ProblemKind = kind
        self.sentence = "".join(c if c.isprintable() else "\ufffd" for c in sentence[:_LONGEST])
        self.url = url
        self.status = status
        self.retry_after = retry_after
        super().__init__(self.sentence)


class FetchRefused(CaptureProblem):
    """We decline to ask for the page, or to read the answer. The same address is refused the next time too,
    until the site, the settings or robots.txt change."""


class FetchFailed(CaptureProblem):
    """The page could not be had this time: the name, the network, the site or the browser failed."""
