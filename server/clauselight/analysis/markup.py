"""The bytes of a page as UTF-8, whatever they came as; refused when they are no text or too many.

Order of belief: a byte order mark; valid UTF-8 (other encodings hardly ever form it by chance); what the
server said; what the page says; Windows-1252, in which every browser reads the undeclared rest.
"""

from __future__ import annotations

import codecs
import re

from clauselight.analysis.refusal import Refused

MAX_BYTES = 8 * 1024 * 1024
"""Largest page that is read: four times the largest of our collection. Parsing and reading stay below two
seconds for any content of that size, and libxml2 cuts single texts off at ten megabytes."""
SNIFFED = 4096
"""Bytes looked at for an encoding and for signs of a binary file."""
MOST_CONTROLS = 0.02
"""Share of control characters above which bytes are no text."""
MOST_GARBLED = 0.05
"""Share of undecodable characters above which the text is of no use."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\x7fELF", b"MZ\x90",
    b"RIFF", b"OggS", b"ID3", b"\xfd7zXZ", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"wOF", b"\x00asm", b"{\\rtf",
)  # fmt: skip
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I
)
_KNOWN = re.compile(
    r"utf-?8|utf-?16(?:-?[lb]e)?|cp125\d|iso8859-\d+|latin|ascii|koi8-[ru]|gb18030|gbk|gb2312|big5(?:hkscs)?|"
    r"shift_jis|cp932|euc_jp|iso2022_jp|euc_kr|cp949|cp874|cp866|mac-(?:roman|cyrillic)|tis-620"
)
"""Codecs of Python that read text of the web; others (zip, idna, escapes) are not for strangers' bytes."""
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\f\x1b") + b"\x7f"


def utf8(html: bytes | str, encoding: str | None = None) -> bytes:
    """The page as UTF-8. `encoding` is what the server said. Raises Refused."""
    if isinstance(html, str):
        if len(html) > MAX_BYTES:
            raise Refused("too-large")
        markup = html.encode("utf-8", "replace")
        if len(markup) > 2 * MAX_BYTES:
            raise Refused("too-large")
        return _checked(markup)
    if len(html) > MAX_BYTES:
        raise Refused("too-large")
    if html.startswith(_MAGIC):
        raise Refused("not-text")
    return _checked(_decoded(html, encoding).encode("utf-8", "replace"))


def _checked(markup: bytes) -> bytes:
    if not markup.strip():
        raise Refused("empty")
    head = markup[:SNIFFED]
    if len(head) - len(head.translate(None, _CONTROLS)) > MOST_CONTROLS * len(head):
        raise Refused("not-text")
    return markup


def _decoded(body: bytes, encoding: str | None) -> str:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    head = body[:SNIFFED]
    if head.count(0) > len(head) // 4:
        # Every other byte is zero: UTF-16 without its mark. Anything else with so many is no text.
        return body.decode(
            "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be", "replace"
        )
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(head)
    names = [encoding, declared.group(1).decode("ascii") if declared else None]
    codecs_named = [codec for codec in map(_codec, names) if codec]
    for codec in codecs_named:
        if codec != "utf-8":
            return _soundly(body, codec)
    if codecs_named:
        # It says UTF-8 and nearly is: a few broken characters are cheaper than guessing another.
        text = body.decode("utf-8", "replace")
        if text.count("\ufffd") <= MOST_GARBLED * len(text) / 10:
            return text
    return body.decode("cp1252", "replace")


def _soundly(body: bytes, codec: str) -> str:
    text = body.decode(codec, "replace")
    if text.count("\ufffd") > MOST_GARBLED * len(text):
        raise Refused(
            "not-text", "The text could not be read: its characters are not in the encoding it names."
        )
    return text


def _codec(name: str | None) -> str | None:
    """Python's name of an encoding of the web, None for what is none."""
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    if not _KNOWN.fullmatch(found):
        return None
    # Browsers read what calls itself Latin-1 or ASCII as Windows-1252.
    return "cp1252" if found in ("iso8859-1", "ascii") else found
