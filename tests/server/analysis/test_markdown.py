"""Markdown as Open Terms Archive keeps it, read as a page shows it."""

from __future__ import annotations

import time

import pytest

from clauselight.analysis.blocks import BlockKind
from clauselight.analysis.markdown import extract_markdown, inline, passages_of
from clauselight.analysis.refusal import Refused
from clauselight.analysis.snapshot_text import find_quote, snapshot_text

PROSE = "We keep what you tell us for as long as the law wants us to, and then we delete it for good. " * 3

PAGE = f"""Privacy Policy
==============

**Last updated:** _1 May 2024_

What we collect
---------------

We share your data with:

*   **Partners**: those listed [here](https://shop.example/partners?id=1_2).
    1.  Banks
    2.  Couriers\\[2\\]

| Data | Why |
| --- | --- |
| Name | To \\*ship\\* |

### 3\\. The rest

{PROSE}

[

A link around a paragraph

](https://shop.example/a_(b))

![a picture](https://shop.example/a.png)
"""


def test_a_page_reads_as_it_is_shown() -> None:
    read = extract_markdown(PAGE)
    assert read.text.split("\n") == [
        "Privacy Policy",
        "Last updated: 1 May 2024",
        "What we collect",
        "We share your data with:",
        "Partners: those listed here.",
        "Banks",
        "Couriers[2]",
        "Data Why",
        "Name To *ship*",
        "3. The rest",
        PROSE.strip(),
        "A link around a paragraph",
    ]
    assert (read.title, read.language) == ("Privacy Policy", "en")
    by_text = {block.text: block for block in read.blocks}
    assert by_text["What we collect"].level == 2
    assert by_text["Banks"].kind is BlockKind.LIST_ITEM
    assert by_text["Partners: those listed here."].lead_in == "We share your data with:"
    assert by_text["Name To *ship*"].kind is BlockKind.TABLE_ROW
    assert by_text[PROSE.strip()].heading_path == ("Privacy Policy", "What we collect", "3. The rest")
    assert "\n".join(raw.text for raw in passages_of(PAGE)) == read.text


def test_a_snapshot_of_markdown_holds_its_quotes() -> None:
    body = PAGE.encode()
    assert snapshot_text(body, "text/markdown; charset=utf-8").text == extract_markdown(PAGE).text
    place = find_quote("Partners: those listed here.", body, "text/markdown")
    assert place is not None and extract_markdown(PAGE).text[place[0] : place[1]].startswith("Partners")


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
        ("***both*** and __bold__", "both and bold"),
        (r'[\[1\] terms](https://a.example/x "title")', "[1] terms"),
        ("a &amp; b &lt;c&gt; <br> d", "a & b <c> d"),
        ("<https://a.example/>", "https://a.example/"),
        ("`code` \\[not a link\\](x)", "code [not a link](x)"),
        ("half [open](https://a.example", "half [open](https://a.example"),
    ],
)
def test_marks_are_left_out_and_words_are_not(markdown: str, shown: str) -> None:
    assert inline(markdown) == shown


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty"),
        ("---\n\n***", "empty"),
        ("404 error: page not found", "error-page"),
        ("Please log in to continue.", "too-short"),
    ],
)
def test_what_is_no_document_is_refused(text: str, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        extract_markdown(text)
    assert refused.value.kind in {kind, "login", "too-short"}


@pytest.mark.parametrize(
    "piece", ["[", "[a](", "*", "**a", "_", "![", "<", "\\", "|", "`", "[[", "](", "(((", "&", "# ", "* "]
)
def test_any_input_is_read_in_time(piece: str) -> None:
    started = time.process_time()
    for text in (piece * 20_000, (piece + "\n") * 20_000, (piece + "word ") * 10_000):
        try:
            passages_of(text)
        except Refused:
            continue
    assert time.process_time() - started < 8
