"""Writes snapshots as WARC/1.1 (ISO 28500:2017), the format of web archives, one gzip member a record.

A page whose answer is known becomes a `response` record, with a `request` record when what was sent is known;
bytes without one, such as a rendered page, become a `resource`. Bodies are stored unpacked and only some of
the headers are kept, so headers about the transfer are renamed, and `Content-Length` is ours. The same
snapshots at the same `moment` give the same file, to the byte.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import uuid
from collections.abc import Iterable
from http import HTTPStatus
from typing import BinaryIO, Final
from urllib.parse import urlsplit

from .snapshot import Snapshot

_IDS: Final = uuid.UUID("5d0ab5f6-2f8b-5c0e-9a53-6f6f6a1f1c55")
_TRANSFER: Final = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_SHA256: Final = "Clauselight-Payload-SHA256"
"""The hash that our records cite, in a field of our own: WARC-Payload-Digest may stand once, and other
programs look for SHA-1 in base 32 there."""


def write_warc(
    file: BinaryIO,
    snapshots: Iterable[Snapshot],
    *,
    software: str,
    moment: dt.datetime,
    operator: str | None = None,
) -> int:
    """Write an archive; returns the number of its records. `moment` is when it is written, with its zone."""
    about = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    if operator:
        about["operator"] = operator
    body = "".join(f"{name}: {_line(value)}\r\n" for name, value in about.items()).encode()
    info = _id("warcinfo", _date(moment), body)
    _record(
        file,
        {
            "WARC-Type": "warcinfo",
            "WARC-Record-ID": info,
            "WARC-Date": _date(moment),
            "Content-Type": "application/warc-fields",
        },
        body,
    )
    return 1 + sum(_snapshot(file, snapshot, info) for snapshot in snapshots)


def _snapshot(file: BinaryIO, snapshot: Snapshot, info: str) -> int:
    shared = {
        "WARC-Target-URI": _line(snapshot.url),
        "WARC-Date": _date(snapshot.taken_at),
        "WARC-Warcinfo-ID": info,
    }
    digests = {"WARC-Payload-Digest": _digest(snapshot.body), _SHA256: snapshot.sha256}
    number = _id(shared["WARC-Date"], snapshot.url, snapshot.body, snapshot.method.encode())
    if snapshot.status is None:
        head = {"WARC-Type": "resource", "WARC-Record-ID": number, **shared, **digests}
        head["Clauselight-Method"] = _line(snapshot.method)
        _record(file, {**head, "Content-Type": _line(snapshot.media_type)}, snapshot.body)
        return 1
    block = _response(snapshot)
    head = {"WARC-Type": "response", "WARC-Record-ID": number, **shared, **digests}
    _record(file, {**head, "Content-Type": "application/http; msgtype=response"}, block)
    if not snapshot.sent:
        return 1
    asked = _request(snapshot)
    head = {"WARC-Type": "request", "WARC-Record-ID": _id("request", number, asked), **shared}
    head["WARC-Concurrent-To"] = number
    _record(file, {**head, "Content-Type": "application/http; msgtype=request"}, asked)
    return 2


def _response(snapshot: Snapshot) -> bytes:
    status = snapshot.status or 200
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"
    lines = [f"HTTP/1.1 {status} {phrase}"]
    for name, value in snapshot.headers:
        shown = f"X-Archive-Orig-{name}" if name.lower() in _TRANSFER else name
        lines.append(f"{_line(shown)}: {_line(value)}")
    lines.append(f"Content-Length: {len(snapshot.body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + snapshot.body


def _request(snapshot: Snapshot) -> bytes:
    parts = urlsplit(snapshot.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {path} HTTP/1.1", *(f"{_line(name)}: {_line(value)}" for name, value in snapshot.sent)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def _record(file: BinaryIO, head: dict[str, str], block: bytes) -> None:
    head = {**head, "WARC-Block-Digest": _digest(block), "Content-Length": str(len(block))}
    lines = ["WARC/1.1", *(f"{name}: {value}" for name, value in head.items())]
    record = "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
    file.write(gzip.compress(record, mtime=0))


def _digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode("ascii")


def _id(*parts: str | bytes) -> str:
    """The same parts give the same id (RFC 9562, version 5)."""
    told = hashlib.sha256()
    for part in parts:
        told.update(hashlib.sha256(part.encode() if isinstance(part, str) else part).digest())
    return f"<urn:uuid:{uuid.uuid5(_IDS, told.hexdigest())}>"


def _date(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _line(value: str) -> str:
    """One line: what is not printable would begin a header of its own."""
    return "".join(c if c.isprintable() else "\ufffd" for c in value)
