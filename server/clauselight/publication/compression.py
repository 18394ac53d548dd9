"""Compressed once, at rendering; public buckets are padded, so that their length does not name them.

Who listens on the line sees no path (TLS) but the length of what is answered. A padded body has one of a few
lengths: every power of two has `STEPS` of them. The padding lies inside the gzip stream and changes nothing
of what is decompressed: empty stored blocks of 5 bytes (RFC 1951, 3.2.4) and, for the last 0 to 4 bytes, an
extra field in the header (RFC 1952, 2.3.1.1), both of which every decompressor passes over.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from typing import Final

LEVEL: Final = 6
"""zlib's usual one; others were not compared."""

STEPS: Final = 4
"""Lengths in each power of two: at most a quarter is wasted."""

SHORTEST: Final = 4_096
"""Length in bytes of the smallest padded body: an empty bucket looks like a small one."""

_HEADER: Final = b"\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff"
_FIELD: Final = b"Pd"  # name of the extra field
_OVERHEAD: Final = len(_HEADER) + 6 + 5 + 8  # with the extra field, the final block and the trailer
_EMPTY_BLOCK: Final = b"\x00\x00\x00\xff\xff"
_FINAL_BLOCK: Final = b"\x01\x00\x00\xff\xff"


def compress(plain: bytes) -> bytes:
    """gzip without a time: the same answer is the same bytes."""
    return gzip.compress(plain, LEVEL, mtime=0)


def coded_compressor() -> zlib._Compress:
    """gzip for base64 of bytes that are dense already: only the quarter that base64 adds can be saved, and
    Huffman codes alone save it in a fifth of the time."""
    return zlib.compressobj(LEVEL, zlib.DEFLATED, 31, 9, zlib.Z_HUFFMAN_ONLY)


def compress_padded(plain: bytes) -> bytes:
    """gzip, padded to the next of a few lengths."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    blocks = packer.compress(plain) + packer.flush(zlib.Z_SYNC_FLUSH)
    least = _OVERHEAD + len(blocks)
    missing = padded_length(least) - least
    rest = missing % len(_EMPTY_BLOCK)
    return b"".join(
        (
            _HEADER,
            struct.pack("<H2sH", 4 + rest, _FIELD, rest),
            bytes(rest),
            blocks,
            _EMPTY_BLOCK * (missing // len(_EMPTY_BLOCK)),
            _FINAL_BLOCK,
            struct.pack("<II", zlib.crc32(plain), len(plain) & 0xFFFFFFFF),
        )
    )


def padded_length(length: int) -> int:
    """The next of the lengths that padded bodies have."""
    if length <= SHORTEST:
        return SHORTEST
    step = (1 << (length - 1).bit_length() - 1) // STEPS
    return -(-length // step) * step
