"""A snapshot as the reader shows it: parts, marks, and nothing of the page's markup."""

from __future__ import annotations

import pytest

from clauselight.analysis.page_text import UnreadablePage
from clauselight.analysis.reading import Part, reading
from clauselight.domain.anchoring import QuoteToAnchor

FILLER = "This policy explains which information we handle when you use our service and why we do so. "
PAGE = f"""<!doctype html><title>Privacy policy</title><main><h1>Privacy policy</h1><p>{FILLER * 5}</p>
<h4>Sharing</h4><p>We <b>sell</b> your data to <a href="javascript:alert(1)">partners</a>. {FILLER}</p>
<ul><li>Your name and address.</li><li>Your photos.</li></ul>
<table><tr><th>What</th><th>Why</th></tr><tr><td>Your name</td><td>To greet you</td></tr></table>
<script>alert(1)</script><p>&lt;img src=x onerror=alert(1)&gt; is text. {FILLER}</p></main>"""


def words(part: Part) -> list[list[str]]:
    return [["".join(piece.text for piece in cell).strip() for cell in row] for row in part.rows]


def test_headings_lists_and_tables_are_parts_without_markup() -> None:
    parts = reading(PAGE.encode(), "text/html; charset=utf-8", None, [])
    headings = [(part.level, words(part)[0][0]) for part in parts if part.kind == "heading"]
    assert headings == [(2, "Privacy policy"), (3, "Sharing")], "no level is left out"
    assert [words(part) for part in parts if part.kind == "list"] == [
        [["Your name and address."], ["Your photos."]]
    ]
    assert ["Your name", "To greet you"] in next(words(part) for part in parts if part.kind == "table")
    text = " ".join(cell for part in parts for row in words(part) for cell in row)
    assert "<img src=x onerror=alert(1)> is text." in text
    assert "alert(1)</script>" not in text
    assert "javascript:" not in text


def test_quotes_are_marked_once_and_end_once() -> None:
    quotes = [
        QuoteToAnchor("a", "We sell your data to partners."),
        QuoteToAnchor("b", "your data to partners"),
        QuoteToAnchor("c", "We never said this about anything."),
    ]
    pieces = [
        piece
        for part in reading(PAGE.encode(), "text/html", None, quotes)
        for row in part.rows
        for cell in row
        for piece in cell
        if piece.marks is not None
    ]
    assert [(piece.text, piece.marks, piece.ends) for piece in pieces] == [
        ("We sell your data to partners.", 0, True)
    ]


def test_the_text_of_the_version_wins_over_what_is_read_today() -> None:
    text = "Privacy policy\nAn older way of reading.\nYour photos."
    parts = reading(PAGE.encode(), "text/html", text, [])
    assert [(part.kind, words(part)[0][0]) for part in parts] == [
        ("heading", "Privacy policy"),
        ("paragraph", "An older way of reading."),
        ("list", "Your photos."),
    ]


def test_what_holds_no_text_is_refused() -> None:
    with pytest.raises(UnreadablePage):
        reading(b"<html></html>", "text/html", None, [])
