"""What came of a fetch: the bytes, and all that is known of how they came."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Final, Literal

from multidict import CIMultiDictProxy

from .problems import CaptureProblem

Method = Literal["fetched", "rendered"]
Headers = tuple[tuple[str, str], ...]

KEPT: Final = (
    *("Content-Type", "Content-Language", "Content-Location", "Content-Disposition", "Date", "Last-Modified"),
    *("ETag", "Expires", "Cache-Control", "Vary", "Link", "Server", "X-Robots-Tag", "Content-Encoding"),
)
"""Headers of an answer that are kept: what they say is about the page. Cookies and the like are about us."""
LONGEST_HEADER: Final = 1_000

_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_VALIDATOR: Final = re.compile(r"[\x20-\x7e]{1,1000}")


@dataclass(frozen=True, slots=True)
class Conditional:
    """What is known from the last time, so that an unchanged page need not be sent again.

    `url` is where that answer came from; only there are the validators sent, for elsewhere they mean nothing,
    and would tell that we came before. None: the address asked for.
    """

    etag: str | None = None
    last_modified: str | None = None
    url: str | None = None

    def headers(self) -> dict[str, str]:
        """The request headers; what could not be a validator is left out."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value and _VALIDATOR.fullmatch(value)}


@dataclass(frozen=True, slots=True)
class Fetched:
    """One page as it came.

    `url` was asked for, `final_url` answered; `redirects` are the addresses in between that led on, `url`
    first. `media_type` and `charset` are what the server said (lower case, None when it said nothing).
    `body` is unpacked, and empty when `not_modified`. `headers` are those in `KEPT`; `sent` those of the
    request. `started_at` is when the last request was made, by this computer's clock in UTC; `milliseconds`
    what all requests took together, without waiting for turns. `not_rendered` says why a page that should
    have been rendered was not.
    """

    url: str
    final_url: str
    status: int
    started_at: dt.datetime
    milliseconds: int
    media_type: str
    charset: str | None
    body: bytes = field(repr=False)
    headers: Headers = ()
    sent: Headers = ()
    redirects: tuple[str, ...] = ()
    not_modified: bool = False
    method: Method = "fetched"
    not_rendered: CaptureProblem | None = field(default=None, compare=False)

    @property
    def sha256(self) -> str:
        """Of the body; recomputed at every call, never copied."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def etag(self) -> str | None:
        """The page's validator, for the next `Conditional`."""
        return self.header("ETag")

    @property
    def last_modified(self) -> str | None:
        """When the server says the page was changed, as it wrote it."""
        return self.header("Last-Modified")

    def header(self, name: str) -> str | None:
        """A kept header of the answer, by its name in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def kept_headers(headers: CIMultiDictProxy[str]) -> Headers:
    """The headers that are kept, in our order, as printable text of bounded length."""
    return tuple(
        (name, "".join(c if c.isprintable() else "\ufffd" for c in value)[:LONGEST_HEADER])
        for name in KEPT
        for value in headers.getall(name, ())[:4]
    )


def media_type_of(headers: CIMultiDictProxy[str]) -> tuple[str, str | None]:
    """Media type, empty when the server named none, and charset of an answer."""
    stated = headers.get("Content-Type", "")
    found = _CHARSET.search(stated)
    return stated.partition(";")[0].strip().lower(), found and found.group(1).lower()


def retry_after_of(headers: CIMultiDictProxy[str], now: dt.datetime) -> float | None:
    """Seconds that a site asks to be left alone (RFC 9110, 10.2.3: a number, or a date)."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # years and zones may have any number of digits
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - now).total_seconds())
