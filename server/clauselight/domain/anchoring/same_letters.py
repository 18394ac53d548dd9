"""Is it the same text but for list numbers, spaces and punctuation?"""

from __future__ import annotations

import re

from clauselight.domain.anchoring.normalise import normalised_text

#: "3.", "(a)", "iv)": what a renderer may put before a list item, or leave out.
_LIST_NUMBER = re.compile(r"(^|\s)\(?(?:[0-9]{1,3}|[a-z]|[ivx]{1,5})[.)](?=\s|\Z)", re.IGNORECASE | re.ASCII)
_OTHER = re.compile(r"[\W_]")


def _letters(text: str) -> str:
    return _OTHER.sub("", _LIST_NUMBER.sub(r"\1", normalised_text(text)).lower())


def same_letters(a: str, b: str) -> bool:
    """Whether letters and digits agree, without case and without list numbers."""
    return _letters(a) == _letters(b)
