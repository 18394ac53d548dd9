"""A quote in the words of a page: what the search needs to know about it, worked out once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import category

from clauselight.domain.anchoring.characters import is_word_character
from clauselight.domain.anchoring.normalise import normalised_text
from clauselight.domain.anchoring.page_index import PageIndex
from clauselight.domain.anchoring.types import QuoteToAnchor

#: A context of no more words is kept whole; a longer one loses the outermost word, often cut in two.
WHOLE_CONTEXT = 2
#: Words of context looked at on each side; recorders store 32 characters, about six words.
MAX_CONTEXT = 12

#: Characters of a context that are read; recorders store 32.
MAX_CONTEXT_CHARACTERS = 256
#: Characters at an edge of a text that are looked at for punctuation.
EDGE = 64

#: Ends a sentence or a list item, perhaps with the "and" or "or" that leads to the next item.
_TERMINAL = re.compile(r"""(?:[.!?:;…。]["'’”»)\]]*|[;,]\s+[^\W\d_]{1,3})\s*\Z""")
_PAUSE = re.compile(r"[,(]\s*\Z")
_SPACE = re.compile(r"\s")


@dataclass(slots=True)
class PreparedQuote:
    """See the fields; ``words``, ``prefix`` and ``suffix`` are word numbers of the page."""

    words: list[int]
    prefix: list[int]
    suffix: list[int]
    #: Recorded raw offset, or -1 when unknown.
    position: int
    #: It began, and it ended, where a sentence does.
    whole_sentences: bool
    #: The recorded context shows as much on that side; where it does not, a verbatim quote keeps
    #: its own words.
    start_shown: bool
    end_shown: bool
    #: The punctuation it ends with when that ends a sentence; else empty.
    stop: str
    #: What stood between it and the words next to it, without white space.
    gap_before: str
    gap_after: str
    starts_with_punctuation: bool
    ends_with_punctuation: bool
    raw: QuoteToAnchor


def marks(text: str) -> str:
    """Punctuation as it counts: look-alikes folded, white space left out."""
    return normalised_text(text).replace(" ", "")


def _head(text: str) -> int:
    """Offset of the first letter or digit."""
    for i, character in enumerate(text):
        if is_word_character(character):
            return i
    return len(text)


def _tail(text: str) -> int:
    """Offset after the last letter or digit."""
    for i in range(len(text), 0, -1):
        if is_word_character(text[i - 1]):
            return i
    return 0


def _starts_small(text: str, head: int) -> bool:
    return head < len(text) and category(text[head]) == "Ll"


def _ends_line(text: str) -> bool:
    """Ends with a line break, perhaps with spaces around it: a block ends there."""
    return "\n" in text[len(text.rstrip()) :]


def _prepared(quote: QuoteToAnchor, words: list[int], prefix: list[int], suffix: list[int]) -> PreparedQuote:
    if len(prefix) > WHOLE_CONTEXT:
        prefix = prefix[max(1, len(prefix) - MAX_CONTEXT) :]
    if len(suffix) > WHOLE_CONTEXT:
        suffix = suffix[: min(len(suffix) - 1, MAX_CONTEXT)]
    before, head = quote.prefix[-EDGE:], quote.exact[:EDGE]
    tail, after = quote.exact[-EDGE:], quote.suffix[:EDGE]
    into_head, into_after = _head(head), _head(after)
    starts = (not _starts_small(head, into_head) and not _PAUSE.search(before)) or _TERMINAL.search(
        before
    ) is not None
    ends = _TERMINAL.search(tail) is not None or (
        _SPACE.match(after) is not None and not _starts_small(after, into_after) and not _PAUSE.search(tail)
    )
    shown = _TERMINAL.search(before) is not None or _ends_line(before)
    first, last = head.lstrip()[:1], tail.rstrip()[-1:]
    return PreparedQuote(
        words,
        prefix,
        suffix,
        quote.start if quote.start is not None and quote.start >= 0 else -1,
        starts and ends,
        quote.start == 0 or (bool(before.strip()) and shown),
        bool(after.strip()),
        marks(tail[_tail(tail) :]) if _TERMINAL.search(tail) else "",
        marks(before[_tail(before) :] + head[:into_head]),
        marks(tail[_tail(tail) :] + after[:into_after]),
        bool(first) and not is_word_character(first),
        bool(last) and not is_word_character(last),
        quote,
    )


def prepare(page: PageIndex, quotes: Sequence[QuoteToAnchor]) -> list[PreparedQuote]:
    """All quotes of a page, in order."""
    texts = []
    for quote in quotes:
        texts.append(quote.exact)
        texts.append(quote.prefix[-MAX_CONTEXT_CHARACTERS:])
        texts.append(quote.suffix[:MAX_CONTEXT_CHARACTERS])
    words = page.look_up(texts)
    return [
        _prepared(quote, words[3 * i], words[3 * i + 1], words[3 * i + 2]) for i, quote in enumerate(quotes)
    ]
