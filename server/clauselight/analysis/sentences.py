"""Splits a block's text into sentences. Made for English policies, harmless in other languages.

A full stop ends a sentence unless something speaks against it: an abbreviation, a list number, an initial,
a lower-case letter after it. One sentence too many costs context, one too few blurs a clause.
"""

from __future__ import annotations

import re

MAX_SENTENCE = 1_500
"""Characters; what runs on longer has no punctuation and is cut between two words."""
LONG_LIST = 200
"""A sentence that enumerates (a), (b), (c) is split at its semicolons when it is longer than this."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER = _words(
    """e.g i.e eg ie mr mrs ms dr prof st art arts sec sect secs cf vs v viz fig ca approx para
    paras pp vol ch cl incl excl esp tel attn jan feb mar apr jun jul aug sep sept oct nov
    dec nr bzw z.b d.h u.a ggf inkl gem vgl abs rn ziff lit evtl sog mme mlle p.ex env n° av bd
    núm sr sra srta pág dott sig ecc.ti"""
)
"""Abbreviations that more words of the same sentence follow."""

_BEFORE_NUMBERS = _words("no nos ext ref reg m al lit rn abs nr fig vol")
"""Abbreviations before a number, and otherwise often words that end a sentence."""

_MAYBE = _words(
    """inc ltd corp co llc llp plc gmbh ag s.a b.v n.v pty pte etc u.s u.k u.s.a e.u u.n d.c a.m p.m jr sr
    ph.d usw u.s.w ecc bv nv sa"""
)
"""Abbreviations that also end sentences: they do before a word that begins sentences."""

_STARTERS = _words(
    """a additionally after again all although an and any as at because before below both but by
    consequently depending despite do during each either even every except for from further furthermore
    generally he her however if in instead it its like likewise many moreover most neither no nothing on
    once only or other our please rather regardless she should similarly since so some such that the
    their then there therefore these they this those though thus to under unless unlike until upon we
    what whatever when where whether which while who why with within without you your"""
)
"""Words that begin English sentences; a name after "Inc." does not."""

_END = re.compile(r"""(?<![.!?…])([.!?…]++["'”’»)\]]*+)(?=\s)|[。！？]["'”’」』）]*+""")
_TOKEN = re.compile(r"\S+$")
_NUMBER = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[)\]]?\.?$")
_INITIAL = re.compile(r"(?:^|[\s.(])[A-Z]$")
_NEXT = re.compile(r"""\s+["'“‘«(\[]*(\S)([\w’']*)""")
_ITEM = re.compile(r";\s+(?=(?:and|or|and/or|und|et|ou|oder)?\s*\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[).]\s)")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Start and end offsets of the sentences of a block, in order, without the white space between them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if match.group(1) is not None and not _ends(text, start, match):
            continue
        start = _add(spans, text, start, end)
    if start < len(text):
        _add(spans, text, start, len(text))
    return spans


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the punctuation ends the sentence that began at `start`."""
    following = _NEXT.match(text, match.end())
    if following is None:
        return True
    first = following.group(1)
    if first.islower():
        return False
    if match.group(1)[0] != ".":
        return True
    before = text[max(start, match.start() - 24) : match.start()]
    token = _TOKEN.search(before)
    if token is None:
        return False
    word = token.group().lower().replace("’", "'").rpartition("'")[2].lstrip('"“‘«([')
    if start + len(token.group()) >= match.start() - 1 and _NUMBER.match(token.group()):
        return False
    if word in _NEVER or (word in _BEFORE_NUMBERS and first.isdigit()):
        return False
    if word in _MAYBE or _INITIAL.search(before):
        return (first + following.group(2)).lower() in _STARTERS
    return True


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> int:
    """Notes the sentence, in parts when it is a long list or endless; the start of the next one."""
    while start < end and text[start].isspace():
        start += 1
    following = end
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start > LONG_LIST:
        for item in _ITEM.finditer(text, start, end):
            if item.start() + 1 - start > 0:
                _cut(spans, text, start, item.start() + 1)
                start = item.end()
    if start < end:
        _cut(spans, text, start, end)
    return following


def _cut(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while end - start > MAX_SENTENCE:
        at = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        if at < 0:
            at = start + MAX_SENTENCE
        spans.append((start, at))
        start = at
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        spans.append((start, end))
