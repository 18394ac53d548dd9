"""Whether a quote stands in a snapshot."""

from __future__ import annotations

import pytest

from clauselight.analysis.content import HTML, PLAIN, snapshot_of
from clauselight.analysis.page_text import UnreadablePage
from clauselight.analysis.snapshot_text import find_quote, find_quotes, snapshot_text
from clauselight.domain.anchoring import QuoteToAnchor


def test_quotes_are_found_in_pages_and_in_plain_texts() -> None:
    page = b"<p>We <b>sell</b> your data.</p><p>Always.</p>"
    assert find_quote("We sell your data.", page, HTML) == (0, 18)
    assert find_quote("We sell your data.", b"Privacy\r\n\r\nWe  sell your data.\n", PLAIN) == (8, 26)
    assert find_quote("We never sell your data.", b"Privacy\n", PLAIN) is None
    assert find_quote(None, page) is None


def test_a_page_in_another_encoding_is_read_in_it() -> None:
    page = "<p>Wir prüfen täglich.</p>".encode("cp1252")
    assert find_quote("Wir prüfen täglich.", page, "text/html; charset=windows-1252") == (0, 19)


def test_a_text_without_words_is_no_text() -> None:
    for media_type in (HTML, PLAIN):
        with pytest.raises(UnreadablePage):
            snapshot_text(b" \n ", media_type)


def test_bytes_without_text_hold_no_quote() -> None:
    quotes = [QuoteToAnchor("a", "A."), QuoteToAnchor("b", "B.")]
    assert find_quotes(quotes, b"", PLAIN) == [None, None]
    assert find_quotes(quotes, b"", HTML) == [None, None]


def test_what_is_kept_is_what_was_sent() -> None:
    assert snapshot_of("<p>ü", None, None) == (HTML, "<p>ü".encode())
    assert snapshot_of(None, "a\nb", None) == (PLAIN, b"a\nb")
    assert snapshot_of(None, None, ["a  b", "c\nd"]) == (PLAIN, b"a b\nc d")
