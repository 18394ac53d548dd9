"""One answer of the publication: rendered once, compressed once, sent as it lies."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any, Final, NamedTuple

from pydantic import BaseModel

from .compression import compress


class Rendered(NamedTuple):
    """One answer, ready to be sent: gzip-compressed JSON and its entity tag (with quotes)."""

    etag: str
    body: bytes

    def plain(self) -> bytes:
        """The uncompressed body, for the rare client that does not take gzip."""
        return gzip.decompress(self.body)

    def sendable(self) -> bytes:
        """The answer as the hot path sends it behind the lines that all have in common: the last lines of its
        head, which name tag and length, and the body."""
        return b"ETag: %s\r\nContent-Length: %d\r\n\r\n%s" % (self.etag.encode(), len(self.body), self.body)

    @classmethod
    def of_sendable(cls, sendable: bytes) -> Rendered:
        """The inverse of `sendable`."""
        return cls(sendable[TAG].decode(), sendable[sendable.index(b"\r\n\r\n") + 4 :])


TAG: Final = slice(len("ETag: "), len("ETag: ") + 18)
"""Where the tag stands in what is sent: every tag has 16 digits and its quotes."""


def etag_of(content: bytes) -> str:
    """The entity tag of an answer: of its uncompressed bytes, so that it does not depend on zlib."""
    return f'"{hashlib.sha256(content).hexdigest()[:16]}"'


def to_json(answer: BaseModel | dict[str, Any]) -> bytes:
    """An answer as it is published: no spaces, nothing absent written as null."""
    if isinstance(answer, BaseModel):
        return answer.model_dump_json(exclude_none=True).encode()
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def render(answer: BaseModel | dict[str, Any]) -> Rendered:
    """Compress an answer once."""
    plain = to_json(answer)
    return Rendered(etag_of(plain), compress(plain))
