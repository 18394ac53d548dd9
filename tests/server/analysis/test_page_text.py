"""The page's text as its reader sees it, which quotes are looked for in."""

from __future__ import annotations

import pytest

from analysis_pages import page
from clauselight.analysis.page_text import UnreadablePage, page_text


def test_blocks_are_lines() -> None:
    text = page_text(page("policy"))
    lines = text.text.split("\n")
    assert [
        text.text[start : start + len(line)] for start, line in zip(text.blocks, lines, strict=True)
    ] == lines


def test_all_that_can_be_seen_is_there() -> None:
    text = page_text(page("policy")).text
    for words in (
        "Maps",
        "Accept all",
        "Deutsch",
        "seven years",
        "forty-five days",
        "All rights reserved",
        "Jobs",
    ):
        assert words in text


@pytest.mark.parametrize("words", ["sell your soul", "margin", "opens in a new tab"])
def test_what_nobody_sees_is_not(words: str) -> None:
    assert words not in page_text(page("policy")).text


def test_a_hidden_copy_counts_once() -> None:
    assert page_text(page("policy")).text.count("unless you opt out in your settings") == 1


def test_words_keep_together_over_inline_elements_and_apart_over_others() -> None:
    html = b"<p>un<b>break</b>able<br>Next<x-tag>one</x-tag><img>two<script>x</script>three</p>"
    assert page_text(html).text == "unbreakable\nNext\none\ntwothree"


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"%PDF-1.7", b"<div>" * 5000 + b"deep"])
def test_what_cannot_be_read_says_so(body: bytes) -> None:
    with pytest.raises(UnreadablePage):
        page_text(body)


@pytest.mark.parametrize("tag", ["main", "article", "section", "div", "p", "custom-policy"])
def test_a_page_whose_head_and_body_are_not_written_is_read_like_a_browser_does(tag: str) -> None:
    """The tags may be left out (HTML standard, 13.1.2.4)."""
    head = "<!doctype html><title>T</title><meta charset=utf-8>"
    page = f"{head}<{tag}>One.</{tag}><div>Two.</div><p>Three.</p>"
    assert page_text(page.encode()).text.split() == ["One.", "Two.", "Three."]
