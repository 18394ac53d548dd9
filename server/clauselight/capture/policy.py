"""How pages are fetched: who asks, whom, how gently, and how much is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from clauselight import __version__

from .addresses import AddressRules, read_address

PRODUCT: Final = "Clauselight"
"""The name that robots.txt files address us by, and the start of what we send as User-Agent."""
SYSTEM_PROXY: Final = "system"
"""As `FetchPolicy.proxy`: what the computer's own settings name (HTTPS_PROXY and the like)."""


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """Limits and manners of a fetcher. The defaults are for a server that captures on its own.

    `proxy`: None asks the sites directly, so that the address rules are enforced on every connection. Through
    a proxy ("system", or its http address) it is the proxy that looks names up and connects: names of the
    inside and odd ports are still refused, but where a name leads is then the proxy's to judge.
    """

    agent: str = f"{PRODUCT}/{__version__}"
    """User-Agent; says who asks."""
    rules: AddressRules = field(default_factory=AddressRules)
    proxy: str | None = None
    robots: bool = True
    """Ask robots.txt; False only for the one page that a person at the terminal named."""
    delay: float = 2.0
    """Seconds between the end of a request and the start of the next to the same host."""
    concurrent: int = 8
    """Hosts that are asked at the same time."""
    most_bytes: int = 8 * 1024 * 1024
    """Largest page, both as it comes and unpacked; the same as an analysis takes."""
    seconds: float = 30.0
    """For one page with its redirects; waiting for one's turn is not counted."""
    connect_seconds: float = 10.0
    """For a name's look-up, the connection and TLS together."""
    idle_seconds: float = 10.0
    """Longest silence within an answer."""
    most_redirects: int = 5
    """Browsers follow 20; policies are one or two redirects away from an old address (RFC 9309 wants 5)."""
    chromium: Path | None = None
    """The browser that renders; None looks for an installed one."""
    render_seconds: float = 30.0
    """For one rendered page with everything that it loads."""


class CaptureSettings(Protocol):
    """What `policy_of` reads of the settings."""

    @property
    def capture_contact(self) -> str | None:
        """Address or e-mail of who runs this server."""

    @property
    def public_url(self) -> str | None:
        """Where this server is found, for want of a contact."""

    @property
    def capture_allow(self) -> Sequence[str]:
        """Exceptions to the address rules."""

    @property
    def capture_proxy(self) -> str | None:
        """Proxy, "system" or None."""

    @property
    def capture_delay(self) -> float:
        """Seconds between requests to one host."""

    @property
    def capture_concurrent(self) -> int:
        """Hosts asked at the same time."""

    @property
    def capture_seconds(self) -> float:
        """Longest time for one page."""

    @property
    def capture_bytes(self) -> int:
        """Largest page."""

    @property
    def chromium(self) -> Path | None:
        """The browser that renders."""


def policy_of(settings: CaptureSettings) -> FetchPolicy:
    """The policy of a server with these settings. Raises ValueError for a list of exceptions that is none."""
    return FetchPolicy(
        agent=agent_of(settings.capture_contact or settings.public_url),
        rules=AddressRules.of(settings.capture_allow),
        proxy=settings.capture_proxy,
        delay=settings.capture_delay,
        concurrent=settings.capture_concurrent,
        seconds=settings.capture_seconds,
        render_seconds=settings.capture_seconds,
        most_bytes=settings.capture_bytes,
        chromium=settings.chromium,
    )


def policy_for_typed(url: str, *, agent: str, most_bytes: int) -> FetchPolicy:
    """The policy for the one page that the person at the terminal named: asked at once, as a browser would,
    also when it lies on their own computer or network, and through the proxy of the computer's settings. What
    it leads on to is judged like any other. Raises FetchRefused for what is no plain address."""
    return FetchPolicy(
        agent=agent,
        rules=AddressRules().with_host(read_address(url).host),
        proxy=SYSTEM_PROXY,
        robots=False,
        delay=0.0,
        most_bytes=most_bytes,
    )


def agent_of(contact: str | None) -> str:
    """The User-Agent, with where to complain, when that is known."""
    where = f"; +{contact}" if contact else ""
    return f"{PRODUCT}/{__version__} (archives public policies and terms{where})"
