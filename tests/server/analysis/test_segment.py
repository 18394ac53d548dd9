"""Clauses: where sentences end, what they must be read with, and that each can be found again."""

from __future__ import annotations

import itertools
import time

import pytest

from analysis_pages import page, real_pages
from clauselight.analysis.blocks import BlockKind
from clauselight.analysis.extract import Extracted, blocks_of_text, extract
from clauselight.analysis.page_text import page_text
from clauselight.analysis.segment import Clause, quote_of, segment
from clauselight.analysis.sentences import MAX_SENTENCE, split_sentences
from clauselight.domain.anchoring import Anchor, PageIndex, QuoteToAnchor, anchor_quotes


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["We sell data.", "You may object!", "Why?", "Because we can."],
        ["We act under Art. 6 and Sec. 12(b) of the law, e.g. for ads, i.e. for money.", "You may object."],
        ["This is between you and Larkmoor Inc. and its affiliates.", "Read it."],
        ["You contract with Larkmoor, Inc.", "We may change that."],
        ["It applies in the U.S. Virgin Islands and the U.K. as well.", "It applies to all."],
        ["Mr. J. Smith is our officer.", "Write to him."],
        ["1. Your data is ours.", "2. You agree."],
        ["2.3. Your data is ours."],
        ["Visit https://larkmoor.test/a.b?c=d.e for more.", "Or do not."],
        ['They said "We sell it."', "Then they did."],
        ["We keep it for 3.5 years.", "Then we delete it."],
        ["It costs $9.99 a month.", "No refunds."],
        ["We use Yahoo! services and others.", "You agree."],
        [
            "Wir verarbeiten Daten gem. Art. 6 Abs. 1 lit. f DSGVO, z.B. für Werbung.",
            "Sie können widersprechen.",
        ],
        ["Nous vendons vos données, cf. l'art. 4.", "Vous pouvez vous opposer."],
        ["我们会收集您的信息。", "您可以拒绝。"],
        ["We hold it until 2021.", "After that we do not."],
        ["See No. 5 of the list.", "The answer is no.", "We do not."],
        ["Really?!", "Yes..."],
        ["We collect your name, address, etc.", "We also sell it."],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_a_long_enumeration_is_split_at_its_semicolons() -> None:
    text = (
        "You agree not to (a) copy, lend, sell or publish any part of the service or what others put there; "
        "(b) look at how it works, or let anybody else look at how it works; and (c) say anything bad of it, "
        "in public or in private, for as long as you live."
    )
    assert [part[:11] for part in split(text)] == ["You agree n", "(b) look at", "and (c) say"]


@pytest.mark.parametrize("unit", ["a", "word ", ".", "a.", ". ", "'\""])
def test_text_without_sentences_is_cut_and_nothing_is_lost(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    parts = split(text)
    assert all(len(part) <= MAX_SENTENCE for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")


def test_ten_thousand_words_take_milliseconds() -> None:
    text = "\n".join(
        ["We may share your data, e.g. with Larkmoor Inc. and others. You may object at any time."] * 600
    )
    extracted = blocks_of_text(text)
    assert len(text.split()) > 10_000
    best = min(_timed(extracted) for _ in range(5))
    assert best < 0.05


def _timed(extracted: Extracted) -> float:
    before = time.process_time()
    segment(extracted)
    return time.process_time() - before


def test_clauses_carry_their_context() -> None:
    clauses = segment(extract(page("policy")))
    item = next(one for one in clauses if "time each point" in one.text)
    assert item.kind is BlockKind.LIST_ITEM
    assert item.heading_path == ("Privacy Policy", "1. What we collect")
    assert item.lead_in.startswith("When you use the map, we collect:")
    row = next(one for one in clauses if "Hill Insurance" in one.text)
    assert row.kind is BlockKind.TABLE_ROW
    assert row.lead_in == "Partner What they get Why"
    assert "Your device." in [one.text for one in clauses]


def test_a_long_row_is_split_at_its_cells() -> None:
    cell = "We share it with partners in many countries, who may use it for their own ends as they see fit."
    rows = f"<tr><td>{cell}</td><td>{cell} {cell}</td><td>For as long as we exist.</td></tr>" * 3
    clauses = segment(extract(f"<main><h1>Sharing</h1><table>{rows}</table></main>"))
    assert [one.text for one in clauses[1:5]] == [cell, cell, cell, "For as long as we exist."]


def anchors(html: bytes) -> tuple[list[Clause], list[Anchor]]:
    """Each clause of a page as a quote, anchored in the page as a reader sees it."""
    extracted = extract(html)
    clauses = segment(extracted)
    quotes = []
    for number, clause in enumerate(clauses):
        assert extracted.text[clause.start : clause.end] == clause.text
        quote = quote_of(clause, extracted.text)
        selector, position = quote.selector, quote.position
        assert position is not None
        quotes.append(
            QuoteToAnchor(
                str(number), selector.exact, selector.prefix, selector.suffix, position.start, position.end
            )
        )
    seen = page_text(html)
    return clauses, anchor_quotes(PageIndex(seen.text, seen.blocks), quotes)


def assert_all_found(html: bytes) -> int:
    """Every quote is found, and in the order of the document: none was moved to a place like its own."""
    clauses, found = anchors(html)
    lost = [
        (clause.text, anchor.outcome)
        for clause, anchor in zip(clauses, found, strict=True)
        if anchor.outcome != "found"
    ]
    assert not lost, lost[:3]
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    return len(clauses)


@pytest.mark.parametrize("name", ["policy", "fragment"])
def test_every_quote_anchors_on_its_page(name: str) -> None:
    assert assert_all_found(page(name)) > 2


@pytest.mark.parametrize("row", real_pages(), ids=lambda row: str(row["id"]))
def test_every_quote_of_a_real_page_anchors(row: dict[str, str]) -> None:
    assert assert_all_found(row["html"].encode()) > 5
