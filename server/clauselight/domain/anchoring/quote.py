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


def _prepared(quote: QuoteToAnchor, words: list[int], prefix: list[int], suffix: list[int]) -> PreparedQuote:
    if len(prefix) > WHOLE_CONTEXT:
        prefix = prefix[max(1, len(prefix) - MAX_CONTEXT) :]
    if len(suffix) > WHOLE_CONTEXT:
        suffix = suffix[: min(len(suffix) - 1, MAX_CONTEXT)]
    exact = quote.exact
    head, tail = _head(exact), _tail(exact)
    after = _head(quote.suffix)
    starts = (not _starts_small(exact, head) and not _PAUSE.search(quote.prefix)) or _TERMINAL.search(
        quote.prefix
    ) is not None
    ends = _TERMINAL.search(exact) is not None or (
        _SPACE.match(quote.suffix) is not None
        and not _starts_small(quote.suffix, after)
        and not _PAUSE.search(exact)
    )
    bare = exact.strip()
    return PreparedQuote(
        words,
        prefix,
        suffix,
        quote.start if quote.start is not None and quote.start >= 0 else -1,
        starts and ends,
        marks(quote.prefix[_tail(quote.prefix) :] + exact[:head]),
        marks(exact[tail:] + quote.suffix[:after]),
        bool(bare) and not is_word_character(bare[0]),
        bool(bare) and not is_word_character(bare[-1]),
        quote,
    )


def prepare(page: PageIndex, quotes: Sequence[QuoteToAnchor]) -> list[PreparedQuote]:
    """All quotes of a page, in order."""
    texts = [text for quote in quotes for text in (quote.exact, quote.prefix, quote.suffix)]
    words = page.look_up(texts)
    return [
        _prepared(quote, words[3 * i], words[3 * i + 1], words[3 * i + 2]) for i, quote in enumerate(quotes)
    ]
