"""What the classifier sees of a sentence: words, their stems, and pairs of both, in three blocks.

Each block is a set (how often a word occurs says little in one sentence). The blocks are weighed apart, so
that the many pairs cannot drown the single words:

- *plain*: words, and pairs of neighbouring words, which carry negation ("not sell") and who acts ("we may");
- *stems*: words without their endings, and pairs of them with little words left out ("terminat account");
  those just after a "not", "never" or "without" are other stems than the same words without it; and who does
  what ("we may close", "you may close"), for the same words mean a risk or a right;
- *meaning*: words again, with weights learned from unlabelled policies (see `training.meaning`), so that a
  word no label was seen with is judged by the company it keeps.

Training and run time use this module alike; a change here needs `make model`.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[%$€£]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'"})
_ENDING = re.compile(r"(?:ations?|ments?|ings?|ities|ity|ions?|ers?|ors?|ies|ed|es|ly|al|s|e|y)$")

SHORTEST_STEM = 4
"""Letters a word keeps at least: shorter ones mean too many things."""

_LITTLE = (
    "the a an of to and in that is are be by for on with as this it its at from you your we our us or any"
    " such other"
)
LITTLE = frozenset(_LITTLE.split())
"""Left out of pairs of stems, which so reach across them."""

_DENIALS = "not no never without neither nor cannot don't doesn't won't can't isn't aren't didn't refuse"
DENIALS = frozenset(_DENIALS.split())
"""Words that turn what follows into its opposite."""
REACH = 4
"""Words after a denial that it covers: "do not sell, rent or share"."""
DENIED = "!"
"""Marks a stem in the reach of a denial."""

SUBJECTS = frozenset(("we", "you", "they"))
"""Who acts: "we may close your account" and "you may close your account" differ in nothing else."""
ANYBODY = "x"
"""Stands for every other subject, which is mostly the name of the service."""
MODALS = frozenset(["may", "can", "will", "shall", "must", "might", "could", "would", "should", "reserves"])
"""What stands between somebody and an act."""
_PASSED_OVER = (
    "do does did are is am be been have has had also only always hereby further then at any time times from"
    " generally automatically reserve reserves right rights the to in our its sole discretion absolute"
    " however therefore sometimes either be able entitled"
)
PASSED_OVER = MODALS | DENIALS | frozenset(_PASSED_OVER.split())
"""Words between the subject and its act."""
FARTHEST = 10
"""Words from a subject to its act at most."""
ACTS = ">"
"""Marks a subject in a feature of who does what."""

NUMBER = "0"
"""Stands for every number: that there is one matters, which one does not."""


def words(text: str) -> list[str]:
    """Words of a sentence in order, lower case; numbers are all alike."""
    found: list[str] = _WORD.findall(text.lower().translate(_APOSTROPHES))
    return [NUMBER if word[0].isdigit() else word for word in found]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without its ending; crude, but the same everywhere."""
    if len(word) <= SHORTEST_STEM:
        return word
    cut = _ENDING.sub("", word)
    return cut if len(cut) >= SHORTEST_STEM else word[:SHORTEST_STEM]


def plain_features(found: list[str]) -> set[str]:
    """Words and pairs of neighbours."""
    return {*found, *map(" ".join, itertools.pairwise(found))}


def stems(found: list[str]) -> list[str]:
    """Stems of the words in order, marked where a denial reaches them."""
    marked = []
    reach = 0
    for word in found:
        if word in DENIALS:
            reach = REACH
            marked.append(stem(word))
        else:
            marked.append(DENIED + stem(word) if reach > 0 else stem(word))
            reach -= 1
    return marked


def acts(found: list[str], marked: list[str]) -> list[str]:
    """Who does what: each subject with the stem of its act, "we> clos"."""
    told = []
    for i, word in enumerate(found):
        if word in SUBJECTS:
            subject = word
        elif word in MODALS and i and found[i - 1] not in SUBJECTS:
            subject = ANYBODY
        else:
            continue
        for act, stemmed in zip(found[i + 1 : i + 1 + FARTHEST], marked[i + 1 :], strict=False):
            if act not in PASSED_OVER:
                told.append(f"{subject}{ACTS} {stemmed}")
                break
    return told


def stem_features(found: list[str]) -> set[str]:
    """Stems, pairs of the stems that are no little words, and who does what."""
    marked = stems(found)
    telling = [one for one, word in zip(marked, found, strict=True) if word not in LITTLE]
    return {*marked, *map(" ".join, itertools.pairwise(telling)), *acts(found, marked)}


def meaning_features(found: list[str]) -> set[str]:
    """Words alone."""
    return set(found)


BLOCKS = (plain_features, stem_features, meaning_features)
"""In the order of the model's file."""
