"""Whatever comes in: an answer or a typed refusal, in bounded time and memory."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis_pages import page
from clauselight.analysis.extract import Extracted, Refused, blocks_of_text, extract
from clauselight.analysis.segment import quote_of, segment

LIMIT = 4.0
"""Seconds of processor time: twice what is promised for a quiet machine, since tests share theirs."""

START = (
    b"<html><body><p>We collect your personal data when you use the service, as this policy describes.</p>"
)
BOMB = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))

HOSTILE = {
    "50 MB": b"<p>a</p>" * 6_250_000,
    "a million nested tags": START + b"<div>" * 1_000_000,
    "a million paragraphs": START + b"<p>a" * 1_000_000,
    "many paragraphs, deep": START + b"<div>" * 400 + b"<p>we share data " * 140_000,
    "closing tags, deep": START + b"<div>" * 400 + b"</b>" * 1_800_000,
    "nested lists": START + b"<ul><li>we share" * 120 + b"<li>your data" * 100_000,
    "nested tables": START + b"<table><tr><td>a b</td><td>c d" * 80 + b"<p>text here" * 100_000,
    "a row of many cells": START + b"<table><tr>" + b"<td>ab" * 140_000,
    "buttons to accept": START
    + (b"<div>" * 90 + b"<button>accept cookies</button>" + b"</div>" * 90) * 1_500,
    "line breaks": START + b"<br>aaa bbb ccc" * 140_000,
    "a hundred thousand attributes": START
    + b"<p "
    + b" ".join(b"a%d=1" % n for n in range(100_000))
    + b">text",
    "a class of a megabyte": START + b"<p class='" + b"cookie-" * 150_000 + b"'>text",
    "entity bomb": b'<!DOCTYPE html [<!ENTITY a0 "lol">' + BOMB + b"]>" + START + b"&a9;",
    "entities": START + b"&amp;" * 1_500_000,
    "angle brackets": START + b"<" * 7_800_000,
    "one endless word": START + b"<p>" + b"a" * 2_000_000,
    "one endless line": START + b"<p>" + b"word " * 400_000,
    "full stops": START + b"<p>" + b"." * 2_000_000,
    "quotation marks": START + b"<p>a. " + b"\"'" * 900_000,
    "short sentences": START + b"<p>" + b"We a. " * 340_000,
    "list marks": START + b"<p>" + b"x; (a) " * 290_000,
    "a title of entities": b"<title>" + b"&amp;" * 1_500_000 + b"</title>" + START,
    "zeros": b"\0" * 5_000_000,
    "random bytes": START + random.Random(5).randbytes(3_000_000),
}


def analyse(html: bytes | str) -> Extracted | Refused:
    """Extract and split; any error but a refusal is the test's failure."""
    try:
        extracted = extract(html)
    except Refused as refused:
        assert refused.sentence
        return refused
    for clause in segment(extracted):
        assert extracted.text[clause.start : clause.end] == clause.text
    return extracted


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_bounded_time(name: str) -> None:
    before = time.process_time()
    analyse(HOSTILE[name])
    assert time.process_time() - before < LIMIT


@pytest.mark.parametrize("line", ["A b\n", "a b\n", "a", "\n ", "x; (a) ", "1. A\n"])
def test_hostile_texts_take_bounded_time(line: str) -> None:
    before = time.process_time()
    try:
        segment(blocks_of_text(line * (2_000_000 // len(line))))
    except Refused as refused:
        assert refused.kind in ("empty", "too-complex")
    assert time.process_time() - before < LIMIT


NAMES = (
    "p div span b a li ul ol table tr td th h1 h2 br pre nav main article footer script style title details "
    "select option template svg x-y form button"
)
TAGS = st.sampled_from(NAMES.split())
PIECES = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    TAGS.map(lambda tag: f"<{tag} class='cookie-banner nav' hidden style='display:none' role='main'>"),
    st.sampled_from(
        [
            "<!--",
            "-->",
            "<![CDATA[",
            "&nbsp;",
            "&#0;",
            "&#x110000;",
            "<",
            ">",
            "\0",
            "\ud800",
            "<!doctype html>",
        ]
    ),
    st.text(max_size=30),
    st.just(
        "We share your data with partners, e.g. with Larkmoor Inc., for money. Object; (a) now; (b) never. "
    ),
)


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_markup_is_answered_or_refused(markup: str) -> None:
    analyse(markup)
    analyse(markup + "We share your data with partners and others who pay us. " * 12)


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "utf-8", "utf-16", "shift_jis", "idna", "zip", "\0", "x" * 99]),
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_answered_or_refused(body: bytes, encoding: str | None) -> None:
    for html in (body, b"<p>" + body + b"We share your data with partners and others who pay us. " * 12):
        try:
            extract(html, encoding=encoding)
        except Refused as refused:
            assert refused.kind


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_page_is_answered_or_refused(data: st.DataObject) -> None:
    html = bytearray(page("policy"))
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(html) - 1))
        html[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    analyse(bytes(html))


@given(st.text(max_size=600))
@settings(max_examples=200, deadline=None)
def test_any_text_is_split_and_every_quote_is_sound(text: str) -> None:
    try:
        extracted = blocks_of_text(text)
    except Refused as refused:
        assert refused.kind == "empty"
        return
    for clause in segment(extracted):
        assert quote_of(clause, extracted.text).selector.exact == clause.text
