"""A snapshot as a value: the bytes of one address at one time, with what is known of the answer."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Self

from .fetched import Fetched, Headers


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Bytes that were at `url` (the final one) at `taken_at` (with its zone).

    `status` and `headers` are those of the answer, None and empty where they are not known: rendered pages,
    pages sent by readers, imported ones. `sent` are the headers of the request, when known. `method` says
    how the bytes came: `fetched`, `rendered`, `sent` or `imported`.
    """

    url: str
    taken_at: dt.datetime
    media_type: str
    body: bytes = field(repr=False)
    status: int | None = None
    headers: Headers = ()
    sent: Headers = ()
    method: str = "fetched"

    @property
    def sha256(self) -> str:
        """Recomputed from the bytes at every call, never copied."""
        return hashlib.sha256(self.body).hexdigest()

    @classmethod
    def of(cls, fetched: Fetched) -> Self:
        """The snapshot of a page that was just captured. ValueError for an unchanged one, which has none."""
        if fetched.not_modified:
            raise ValueError("an unchanged page was not sent again")
        plain = fetched.method == "fetched"
        charset = f"; charset={fetched.charset}" if fetched.charset else ""
        return cls(
            url=fetched.final_url,
            taken_at=fetched.started_at,
            media_type=fetched.media_type + charset,
            body=fetched.body,
            status=fetched.status if plain else None,
            headers=fetched.headers if plain else (),
            sent=fetched.sent if plain else (),
            method=fetched.method,
        )
