"""How two versions of a document differ: not at all, only in looks, in the order of their passages, or in
what they say; and a sentence about it that a person understands.

A passage is a line of a version's text: a paragraph, a heading, a list item, a table row. Passages are
compared by their words alone, so that punctuation, letter case, list marks and footnote numbers are looks.
Dates and counters ("our 842 partners") are looks too: pages change them every day, and nobody wants to be
told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from clauselight.contract.vocabulary import DiffKind, VersionKind

from .common_runs import Match, matches
from .word_diff import changed_words, similarity, word_diff

ALIKE: Final = 0.5
"""Share of common words from which a passage that went and one that came in its place are one that was
reworded. Chosen by hand: below it, two sentences of policies mostly share their little words only."""

MOST_PAIRED: Final = 400
"""Passages of one gap that are paired with each other; in larger gaps whole sections were replaced."""

MOST_QUOTED: Final = 160
"""Characters of a passage in a summary."""

CONTEXT_WORDS: Final = 4
"""Words that stand before a change in a summary, so that it can be understood."""

# Repetitions of what may also stand behind them are bounded: a page can be one line of a million "1,1,1", and
# without a bound the time would grow with its square.
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|januar|februar|märz|mai|juni|juli|okt|dez"
    r"|january|february|march|april|june|july|august|september|october|november|december|oktober|dezember)"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH}\.?,?\s+\d{{4}}|{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?"
    rf"\s+\d{{4}}|{_MONTH}\.?,?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})\b"
    r"(?:,?\s+(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?)?",
    re.IGNORECASE,
)
_COUNTED = (
    "partners|vendors|third[- ]parties|companies|suppliers|providers|views|likes|comments|reviews|followers|"
    "users|members|results|articles|votes|ratings|minutes? read|min read|minutes? ago|hours? ago|days? ago"
)
_COUNTER = re.compile(rf"\b\d[\d,.]{{0,30}}(?=\s+(?:\w+\s+)?(?:{_COUNTED})\b)", re.IGNORECASE)
_METER = re.compile(
    r"\b(views|likes|comments|shares|followers|reviews|downloads)\s*:\s*\d[\d.,]*\s?[KMB]?", re.IGNORECASE
)
_ONLY_NUMBER = re.compile(r"^\W*\d[\d.,]{0,30}\s?[KMB]?\W*$")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_LIST_MARK = re.compile(
    r"^\s*(?:[•●▪◦‣·*–—-]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,5})[.)])\s+", re.IGNORECASE
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*(?:\d{4}\s*[-–]\s*)?\d{4}", re.IGNORECASE)
_WORD = re.compile(r"\w+|[%$€£]")
_JOINERS = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff'’‘")


@dataclass(frozen=True, slots=True)
class Reworded:
    """A passage before and after."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the passages. `same` holds pairs of line numbers that are equal in words and in the same
    order, `moved` those of passages that now stand elsewhere. `kind` is None when nothing differs at all."""

    kind: VersionKind | None
    summary: str
    same: tuple[Match, ...]
    moved: tuple[tuple[int, int], ...] = ()
    reworded: tuple[Reworded, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    words_added: int = 0
    words_removed: int = 0


@lru_cache(maxsize=50_000)
def words_key(line: str) -> str:
    """The words of a passage without its looks; equal keys say the same. Empty for a mere number, which
    counts or points at something."""
    plain = _FOOTNOTE.sub("", line.translate(_JOINERS))
    if _ONLY_NUMBER.match(plain):
        return ""
    return " ".join(_WORD.findall(_LIST_MARK.sub("", plain, count=1).casefold()))


@lru_cache(maxsize=10_000)
def timeless_key(line: str) -> str:
    """The same without dates and counters either."""
    plain = _COPYRIGHT.sub("copyright", _DATE.sub(" adate ", line.translate(_JOINERS)))
    return words_key(_METER.sub(r"\1 acounter ", _COUNTER.sub(" acounter ", plain)))


def only_looks(before: str, after: str) -> bool:
    """Whether two passages differ in nothing but punctuation, letter case, marks, dates and counters."""
    return closed(words_key(before)) == closed(words_key(after)) or timeless_key(before) == timeless_key(
        after
    )


def closed(key: str) -> str:
    """A key without spaces: where a page's markup puts none between two words, or too many, nobody wrote
    that."""
    return key.replace(" ", "")


def compare(before: str, after: str) -> Comparison:
    """Compare two versions' texts, one passage a line."""
    old, new = before.split("\n"), after.split("\n")
    old_keys, new_keys = [words_key(line) for line in old], [words_key(line) for line in new]
    same = tuple(matches(old_keys, new_keys))
    if before == after:
        return Comparison(None, "Nothing changed.", same)
    gone, came, looks = _gaps(old, new, same)
    moved, gone, came = _moved(old_keys, new_keys, gone, came)
    old_said, new_said = set(old_keys), set(new_keys)
    repeated = [place for place in came if new_keys[place] in old_said]
    no_longer = [place for place in gone if old_keys[place] in new_said]
    came = [place for place in came if new_keys[place] and new_keys[place] not in old_said]
    gone = [place for place in gone if old_keys[place] and old_keys[place] not in new_said]
    if not gone and not came:
        if moved or repeated or no_longer:
            return Comparison(
                VersionKind.MOVED, _order(len(moved), len(repeated), len(no_longer)), same, moved
            )
        return Comparison(VersionKind.COSMETIC, looks, same)
    reworded, gone, came = _reworded(old, new, gone, came, same)
    counts = [changed_words(pair.before, pair.after) for pair in reworded]
    added, removed = tuple(new[place] for place in came), tuple(old[place] for place in gone)
    words_added = sum(one.inserted for one in counts) + sum(len(text.split()) for text in added)
    words_removed = sum(one.deleted for one in counts) + sum(len(text.split()) for text in removed)
    return Comparison(
        VersionKind.SUBSTANTIVE,
        _said(reworded, added, removed, len(moved), words_added, words_removed),
        same,
        moved,
        tuple(reworded),
        added,
        removed,
        words_added,
        words_removed,
    )


def _gaps(old: list[str], new: list[str], same: Sequence[Match]) -> tuple[list[int], list[int], str]:
    """Lines that went and that came, but for gaps that differ in looks only (a paragraph split in two,
    another date); and what those looks are."""
    gone: list[int] = []
    came: list[int] = []
    dates = layout = False
    i = j = 0
    for a, b, size in [*same, (len(old), len(new), 0)]:
        left, right = "\n".join(old[i:a]), "\n".join(new[j:b])
        if a > i or b > j:
            if closed(words_key(left)) == closed(words_key(right)) or closed(
                _stream(old[i:a], words_key)
            ) == closed(_stream(new[j:b], words_key)):
                layout = True
            elif _stream(old[i:a], timeless_key) == _stream(new[j:b], timeless_key):
                dates = True
            else:
                gone += range(i, a)
                came += range(j, b)
        i, j = a + size, b + size
    if dates:
        return gone, came, "Only a date or a counter changed."
    return gone, came, "Only the layout changed." if layout else "Only punctuation or spelling marks changed."


def _stream(lines: Sequence[str], key: object) -> str:
    assert callable(key)
    return " ".join(filter(None, (key(line) for line in lines)))


def _moved(
    old_keys: list[str], new_keys: list[str], gone: list[int], came: list[int]
) -> tuple[tuple[tuple[int, int], ...], list[int], list[int]]:
    """Pairs of a passage that went here and came there, and what is left of both."""
    places: dict[str, list[int]] = {}
    for place in reversed(came):
        if new_keys[place]:
            places.setdefault(new_keys[place], []).append(place)
    pairs: list[tuple[int, int]] = []
    rest: list[int] = []
    for place in gone:
        there = places.get(old_keys[place])
        if there:
            pairs.append((place, there.pop()))
        else:
            rest.append(place)
    taken = {there for _, there in pairs}
    return tuple(pairs), rest, [place for place in came if place not in taken]


def _reworded(
    old: list[str], new: list[str], gone: list[int], came: list[int], same: Sequence[Match]
) -> tuple[list[Reworded], list[int], list[int]]:
    """Pairs what went with what came in the same gap, the most alike first."""

    begun = [[match[side] for match in same] for side in (0, 1)]

    def gap_of(place: int, side: int) -> int:
        return bisect_right(begun[side], place)

    left: dict[int, list[int]] = {}
    right: dict[int, list[int]] = {}
    for place in gone:
        left.setdefault(gap_of(place, 0), []).append(place)
    for place in came:
        right.setdefault(gap_of(place, 1), []).append(place)
    pairs: list[tuple[int, int]] = []
    for gap, places in left.items():
        others = right.get(gap, [])
        if len(places) * len(others) > MOST_PAIRED:
            ordered = sorted(zip(places, others, strict=False))
            scored = [(similarity(old[i], new[j]), i, j) for i, j in ordered]
        else:
            scored = [(_likely(old[i], new[j]), i, j) for i in places for j in others]
        used: set[tuple[str, int]] = set()
        for score, i, j in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
            if score >= ALIKE and ("old", i) not in used and ("new", j) not in used:
                used |= {("old", i), ("new", j)}
                pairs.append((i, j))
    pairs.sort()
    took_old, took_new = {i for i, _ in pairs}, {j for _, j in pairs}
    reworded = [Reworded(old[i], new[j]) for i, j in pairs if not only_looks(old[i], new[j])]
    return reworded, [i for i in gone if i not in took_old], [j for j in came if j not in took_new]


def _likely(before: str, after: str) -> float:
    """`similarity`, but 0 without looking closely when the words in common cannot suffice."""
    old, new = words_key(before).split(), words_key(after).split()
    shared = sum((Counter(old) & Counter(new)).values())
    if not old or not new or 2 * shared < ALIKE * (len(old) + len(new)):
        return 0.0
    return similarity(before, after)


def _order(moved: int, repeated: int, no_longer: int) -> str:
    said = []
    if moved:
        said.append(f"{_count(moved, 'passage')} now {'stands' if moved == 1 else 'stand'} elsewhere")
    if repeated:
        said.append(f"{_count(repeated, 'passage')} now {'stands' if repeated == 1 else 'stand'} there twice")
    if no_longer:
        said.append(f"{_count(no_longer, 'repetition')} went")
    return f"The same words in another order: {', '.join(said)}."


def _said(
    reworded: Sequence[Reworded],
    added: Sequence[str],
    removed: Sequence[str],
    moved: int,
    words_added: int,
    words_removed: int,
) -> str:
    parts: list[str] = []
    for many, did in ((len(reworded), "reworded"), (len(added), "added"), (len(removed), "removed")):
        if many:
            parts.append(f"{_count(many, 'passage')} {did}" if not parts else f"{many:,} {did}")
    if moved:
        parts.append(f"{moved:,} moved")
    words = f"{_count(words_added, 'word')} came and {words_removed:,} went"
    sentence = f"{', '.join(parts)} ({words})."
    if added:
        longest = max(added, key=len)
        sentence += f" New: “{_short(longest)}”."
    elif removed:
        longest = max(removed, key=len)
        sentence += f" Gone: “{_short(longest)}”."
    elif reworded:
        sentence += f" {_example(reworded)}"
    return sentence


def _example(reworded: Sequence[Reworded]) -> str:
    """The first change of the passage that changed most, with a little of what stands before it."""
    runs_of = [word_diff(pair.before, pair.after) for pair in reworded]
    runs = max(runs_of, key=lambda runs: sum(len(run.text) for run in runs if run.kind is not DiffKind.EQUAL))
    at = next(number for number, run in enumerate(runs) if run.kind is not DiffKind.EQUAL)
    lead = " ".join(runs[at - 1].text.split()[-CONTEXT_WORDS:]) if at else ""
    pair = {run.kind: run.text for run in runs[at : at + 2] if run.kind is not DiffKind.EQUAL}
    old, new = (_short(f"{lead} {pair.get(kind, '')}") for kind in (DiffKind.DELETE, DiffKind.INSERT))
    return f"“{old}” became “{new}”."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _short(text: str) -> str:
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= MOST_QUOTED else line[:MOST_QUOTED].rsplit(" ", 1)[0] + " …"
