"""Where a public web archive may hold the same address at the same time: a second witness, which is not ours.

The address is that of the Internet Archive's Wayback Machine, which leads to the capture nearest to the
moment, if it has one (https://archive.org/help/wayback_api.php). Nobody asks it before a reader follows the
link.
"""

from __future__ import annotations

import datetime as dt
from typing import Final
from urllib.parse import urlsplit

_RESERVED: Final = (".example", ".test", ".invalid", ".localhost", "localhost")
"""Names that lead nowhere (RFC 2606): no archive knows them."""


def web_archive_url(url: str | None, moment: dt.datetime | None) -> str | None:
    """The link; None without an address or moment, and for addresses that no archive can know."""
    if url is None or moment is None:
        return None
    host = (urlsplit(url).hostname or "").rstrip(".")
    if not host or "." not in host or host.endswith(_RESERVED):
        return None
    return f"https://web.archive.org/web/{moment.astimezone(dt.UTC):%Y%m%d%H%M%S}/{url}"
