"""Collects the body of an answer, unpacking it piece by piece, and stops at the limit.

A kilobyte of gzip can become a megabyte, and a megabyte a gigabyte; the library's own unpacking would do so
before anybody counts.
"""

from __future__ import annotations

import zlib
from typing import Final

from .problems import FetchFailed, FetchRefused

ACCEPTED: Final = "gzip, deflate"
"""As sent in Accept-Encoding. Brotli and zstd would need libraries for little: pages are asked for one a
second."""
_PIECE: Final = 256 * 1024
_GZIP: Final = 16 + zlib.MAX_WBITS
MOST_MEMBERS: Final = 1_000
"""Parts of a gzip file. A megabyte holds 50,000 empty ones, each of which costs time and gives nothing."""


class Body:
    """The body of one answer. `most` bytes are taken, packed and unpacked; with `cut` the rest is dropped
    silently, else it is refused.

    Raises FetchRefused (`encoding-unknown`, `too-large`) and FetchFailed (`encoding-broken`).
    """

    def __init__(self, encoding: str, most: int, *, cut: bool = False) -> None:
        names = [
            name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")
        ]
        if len(names) > 1 or not set(names) <= {"gzip", "x-gzip", "deflate"}:
            raise FetchRefused(
                "encoding-unknown",
                "The site packed the page in a way that nobody asked for; it was not read.",
            )
        self._packing = names[0].removeprefix("x-") if names else None
        self._most = most
        self._cut = cut
        self._taken = 0
        self._body = bytearray()
        self._stream: zlib._Decompress | None = None
        self._members = 1
        self.full = False
        """Whether the limit is reached and the rest need not be read (only with `cut`)."""

    def add(self, piece: bytes) -> None:
        """Take the next bytes of the answer as they came."""
        if self.full:
            return
        self._taken += len(piece)
        if self._taken > self._most and not self._cut:
            raise self._too_large()
        if self._packing is None:
            self._keep(piece)
        else:
            self._unpack(piece)

    def done(self) -> bytes:
        """The whole body, unpacked. A packed body that ends too early is no body."""
        if self._stream is not None and not self._stream.eof and not self.full:
            raise self._broken()
        return bytes(self._body)

    def _unpack(self, piece: bytes) -> None:
        while piece and not self.full:
            if self._stream is None:
                self._stream = zlib.decompressobj(_GZIP if self._packing == "gzip" else _window(piece))
            if self._stream.eof:  # gzip may come in several members; what follows zlib's end is dropped
                if self._packing != "gzip" or not piece.startswith(b"\x1f"):
                    return
                self._members += 1
                if self._members > MOST_MEMBERS:
                    raise self._broken()
                self._stream = zlib.decompressobj(_GZIP)
            try:
                unpacked = self._stream.decompress(piece, _PIECE)
            except zlib.error:
                raise self._broken() from None
            self._keep(unpacked)
            piece = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
            if not piece and len(unpacked) == _PIECE:
                self._drain()

    def _drain(self) -> None:
        """What the unpacker still holds after its input was used up."""
        while self._stream is not None and not self._stream.eof and not self.full:
            try:
                unpacked = self._stream.decompress(b"", _PIECE)
            except zlib.error:
                raise self._broken() from None
            if not unpacked:
                return
            self._keep(unpacked)

    def _keep(self, piece: bytes) -> None:
        room = self._most - len(self._body)
        if len(piece) > room:
            if not self._cut:
                raise self._too_large()
            self.full = True
        self._body += piece[:room]

    def _too_large(self) -> FetchRefused:
        return FetchRefused("too-large", f"The page has more than {self._most:,} bytes.")

    @staticmethod
    def _broken() -> FetchFailed:
        return FetchFailed("encoding-broken", "The page came packed and could not be unpacked to its end.")


def _window(start: bytes) -> int:
    """`deflate` means zlib's form (RFC 9110), but some servers send it bare: zlib's starts with 8 in the low
    bits of a first byte, and a checksum."""
    zlib_form = len(start) < 2 or (start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0)
    return zlib.MAX_WBITS if zlib_form else -zlib.MAX_WBITS
