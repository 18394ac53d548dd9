"""Guesses a text's language from its commonest words, or its script. Good for whole pages, not for a line."""

from __future__ import annotations

import re
from collections import Counter

SAMPLE = 12_000
"""Characters looked at: some two thousand words tell languages apart many times over."""
LEAST_SHARE = 0.06
"""Share of a text's words that a language's commonest words make up at least; real prose has 0.2 to 0.4."""

MOST_OF_ONE = 0.06
"""Share of the text that one word counts at most: "com" is Portuguese, and part of addresses."""

_COMMON = {
    "en": "the and of to you your we or our any in for that with is are this not by may as be on if",
    "de": "die der und sie das den von zu wir ist mit für oder auf nicht ihre werden eine ein im des dem",
    "fr": "les des et vous la le de nous pour que vos par une sur est dans ou votre nos du en un ces",
    "es": "los las el la de que en por para con su una usted nuestros se del al sus este es un",
    "it": "il di che la per del le nostri con gli dei un una della non sono alla dati nel si da",
    "nl": "de het en van wij een voor op te met dat uw is in onze of niet door kunnen om deze",
    "pt": "os de que para da em com você sua não ou por uma dos nos ao seus seu das se um",
    "pl": "na oraz nie lub się przez jest dla danych że od po które to jak",
    "sv": "och att för som vi det är av till om med på en du eller den har kan inte ditt din",
    "da": "og at for som vi det er af til om med på en du eller den har kan ikke dine din",
    "cs": "na se že které údajů nebo pro je jako jsou může vaše",
    "tr": "ve bir bu için ile veya olarak da kişisel olan size sizin tarafından bilgileri",
}  # fmt: skip
# Words of one letter, and those that are English too, tell nothing.
_WORDS = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]{2,}")
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
SCRIPT_SHARE = 0.1
"""Share of a text's characters in one script that decides; Japanese has few beside Chinese ones."""


def guess_language(text: str) -> str:
    """Two-letter code (ISO 639-1) of the text's language, empty when none fits."""
    sample = text[:SAMPLE]
    if len(text) > 2 * SAMPLE:
        # Tables of contents and addresses stand at the start; the middle is prose.
        middle = len(text) // 2
        sample = text[: SAMPLE // 2] + " " + text[middle : middle + SAMPLE // 2]
    if not sample.isascii():
        for code, pattern in _SCRIPTS:
            if len(pattern.findall(sample)) > SCRIPT_SHARE * len(sample):
                return code
    counts = Counter(_WORD.findall(sample.lower()))
    total = sum(counts.values())
    if not total:
        return ""
    most = max(1, int(MOST_OF_ONE * total))
    scores = {code: sum(min(counts[word], most) for word in words) for code, words in _WORDS.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= LEAST_SHARE * total else ""
