"""Feeds of changes in Atom (RFC 4287): permanent ids, and the words that differ in every entry.

What comes from documents is put in as text nodes; no markup of a stranger can become markup of a feed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from clauselight.contract.archive import DiffOperation
from clauselight.contract.news import ChangeNews, ClauseNews
from clauselight.contract.vocabulary import ChangeKind, DiffKind

if TYPE_CHECKING:
    from lxml import etree

ATOM: Final = "http://www.w3.org/2005/Atom"
XHTML: Final = "http://www.w3.org/1999/xhtml"
_NAMES: Final[dict[Any, str]] = {None: ATOM}
_HTML_NAMES: Final[dict[Any, str]] = {None: XHTML}

MEDIA_TYPE: Final = "application/atom+xml"

KIND_NAMES: Final = {
    ChangeKind.ADDED: "New",
    ChangeKind.MODIFIED: "Changed",
    ChangeKind.MOVED: "Moved",
    ChangeKind.REMOVED: "Removed",
    ChangeKind.RESTORED: "Back again",
    ChangeKind.VERIFIED: "Unchanged",
}
"""How a change record's kind is called where people read it."""

_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

LONGEST_EQUAL: Final = 160
"""Characters of unchanged words that are shown between two differences; the middle of more is left out."""


def feed(
    news: Sequence[ChangeNews],
    *,
    identity: str,
    title: str,
    address: str,
    page: str,
    origin: str,
    empty_since: dt.datetime,
) -> bytes:
    """An Atom document in UTF-8.

    `identity`: the feed's permanent id; `address`: its own; `page`: the page for people; `origin`: of links
    to documents; `empty_since`: the date of a feed without entries.
    """
    # Here and below: a server that is asked for no feed does without its 4 MB.
    from lxml import etree

    root = etree.Element(f"{{{ATOM}}}feed", nsmap=_NAMES)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    _text(root, "id", identity)
    _text(root, "title", title)
    _text(root, "updated", _moment(max((one.captured_at for one in news), default=empty_since)))
    _link(root, "self", address, MEDIA_TYPE)
    _link(root, "alternate", page, "text/html")
    _text(etree.SubElement(root, f"{{{ATOM}}}author"), "name", "Clauselight")
    _text(root, "generator", "Clauselight")
    for one in news:
        root.append(_entry(one, origin))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def headline(news: ChangeNews) -> str:
    """What a news is called in a list: whose document, which, and what happened."""
    return f"{news.entity.name}: {news.title} ({counted(news)})"


def counted(news: ChangeNews) -> str:
    """How many clauses came, changed and went, in words."""
    names = (
        (ChangeKind.ADDED, "new"),
        (ChangeKind.MODIFIED, "changed"),
        (ChangeKind.REMOVED, "removed"),
        (ChangeKind.RESTORED, "back again"),
    )
    parts = [
        f"{count} {name}"
        for kind, name in names
        if (count := sum(clause.change.kind is kind for clause in news.clauses))
    ]
    if not parts:
        return "no clause that we know changed"
    known = sum(int(part.split()[0]) for part in parts)
    return f"{', '.join(parts)} {'clause' if known == 1 else 'clauses'}"


def severity_words(clause: ClauseNews) -> str:
    """A clause's severity, or from which to which it went."""
    before, after = clause.change.severity_from, clause.change.severity_to
    return f"{before} → {after}" if before not in (None, after) else str(after)


def shortened(words: Sequence[DiffOperation]) -> list[DiffOperation]:
    """A diff with the middle of long unchanged runs left out."""
    kept = []
    for part in words:
        if part.op is DiffKind.EQUAL and len(part.text) > LONGEST_EQUAL:
            half = LONGEST_EQUAL // 2
            part = DiffOperation(op=part.op, text=f"{part.text[:half]} […] {part.text[-half:]}")
        kept.append(part)
    return kept


def _entry(news: ChangeNews, origin: str) -> etree._Element:
    from lxml import etree

    entry = etree.Element(f"{{{ATOM}}}entry")
    _text(entry, "id", news.id)
    _text(entry, "title", headline(news))
    _text(entry, "updated", _moment(news.captured_at))
    _text(entry, "published", _moment(news.captured_at))
    _link(entry, "alternate", f"{origin}/documents/{news.document}/versions/{news.version}", "text/html")
    _link(entry, "via", news.url, "text/html")
    for clause_type in sorted({clause.clause_type for clause in news.clauses}):
        etree.SubElement(entry, f"{{{ATOM}}}category").set("term", clause_type)
    _text(entry, "summary", news.summary)
    content = etree.SubElement(entry, f"{{{ATOM}}}content")
    content.set("type", "xhtml")
    box = etree.SubElement(content, f"{{{XHTML}}}div", nsmap=_HTML_NAMES)
    _html(box, "p", news.summary)
    for clause in news.clauses:
        name = f"{KIND_NAMES[clause.change.kind]}: {clause.title} ({severity_words(clause)})"
        heading = _html(box, "h2", "")
        _html(heading, "a", name).set("href", f"{origin}/provisions/{clause.provision}")
        _html(box, "p", clause.change.summary)
        if clause.words:
            quote = _html(box, "blockquote", "")
            _differences(_html(quote, "p", ""), shortened(clause.words))
    return entry


def _differences(parent: etree._Element, words: Sequence[DiffOperation]) -> None:
    """Inserted and deleted words as `ins` and `del`, which readers show and read aloud as such."""
    names = {DiffKind.EQUAL: "span", DiffKind.INSERT: "ins", DiffKind.DELETE: "del"}
    for part in words:
        _html(parent, names[part.op], part.text).tail = " "


def _text(parent: etree._Element, name: str, text: str) -> None:
    from lxml import etree

    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = legal(text)


def _html(parent: etree._Element, name: str, text: str) -> etree._Element:
    from lxml import etree

    made = etree.SubElement(parent, f"{{{XHTML}}}{name}")
    made.text = legal(text)
    return made


def _link(parent: etree._Element, relation: str, address: str, media_type: str) -> None:
    from lxml import etree

    made = etree.SubElement(parent, f"{{{ATOM}}}link")
    made.set("rel", relation)
    made.set("type", media_type)
    made.set("href", legal(address))


def legal(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold (section 2.2)."""
    return _ILLEGAL.sub("", text)


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
