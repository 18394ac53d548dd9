"""Which parts of a URL name a language or region version of a document.

A path segment is a locale when it is
  strong  a code of two or three parts of which one is a language (`en-us`, `de-en`, `fr_FR`,
          `zh-hant-tw`), a language written out (`deutsch`), or a language code that is hardly ever
          anything else (`en`, `de`): believed anywhere in the path;
  weak    a country (`us`) or a language code that is a word or a country too (`id`): believed at
          the start of the path, or beside a locale.
The locales are taken out of the neutral form. Being too generous here is harmless: it can only
lead to "another language version of", never to "the same".
"""

import re
from functools import lru_cache
from typing import Final

from clauselight.domain import url_rules as rules

STRONG: Final = 2
WEAK: Final = 1
NONE: Final = 0

_SHAPE: Final = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,5}){0,2}|[a-z]{6,10}")
_PARTS: Final = re.compile(r"[-_]")
_CODES: Final = rules.LANGUAGES | rules.REGIONS | rules.SCRIPTS
_MEMO: Final = 4096  # distinct segments remembered; real paths share a few hundred


@lru_cache(maxsize=_MEMO)
def strength(segment: str) -> int:
    """How surely a path segment names a locale: `STRONG`, `WEAK` or `NONE`."""
    text = segment.lower()
    if not _SHAPE.fullmatch(text):
        return NONE
    parts = _PARTS.split(text)
    if len(parts) > 1:
        known = all(part in _CODES for part in parts)
        return STRONG if known and any(part in rules.LANGUAGES for part in parts) else NONE
    if text in rules.LANGUAGE_WORDS:
        return STRONG
    if text in rules.NEVER_ALONE:
        return NONE
    if text in rules.WEAK_ALONE:
        return WEAK
    if text in rules.LANGUAGES:
        return STRONG
    return WEAK if text in rules.REGIONS else NONE


@lru_cache(maxsize=_MEMO)
def is_locale_value(value: str) -> bool:
    """Whether a parameter's value is a language or region (`en`, `en_GB`, `gb`, `pt-BR`)."""
    text = value.lower()
    if not _SHAPE.fullmatch(text):
        return False
    return text in rules.LANGUAGE_WORDS or all(part in _CODES for part in _PARTS.split(text))


@lru_cache(maxsize=_MEMO)
def is_locale_label(label: str) -> bool:
    """Whether a host label (lower case) names a language or region version (`de`, `fr-fr`)."""
    if label in rules.NEVER_HOST:
        return False
    return strength(label) == STRONG or label in rules.HOST_REGIONS


def normal_locale(text: str) -> str:
    """One spelling for a locale: lower case with hyphens (`en_GB` -> `en-gb`)."""
    return text.lower().replace("_", "-")


def split_path(path: str) -> tuple[str, str | None]:
    """The path without its locale segments, and the locale it names.

    `path` is canonical and empty or starts with a slash. The locale is that of the last strong
    segment, or of the last weak one, spelled as by `normal_locale`; None when there is none.
    """
    segments = path.split("/")
    for segment in segments:
        if strength(segment):
            break
    else:  # most paths
        return path, None
    grades = [strength(segment) for segment in segments]  # the empty one before the first slash: 0
    strongest = max(grades)
    if strongest == WEAK and grades[1] == NONE:
        return path, None
    # Every strong one, and the weak ones in an unbroken row with a strong one or the start.
    taken = [grade == STRONG for grade in grades]
    if WEAK in grades:
        for index in range(1, len(grades)):
            if grades[index] == WEAK and (index == 1 or taken[index - 1]):
                taken[index] = True
        for index in range(len(grades) - 2, 0, -1):
            if grades[index] == WEAK and taken[index + 1]:
                taken[index] = True
    best = max(i for i, take in enumerate(taken) if take and grades[i] == strongest)
    kept = [segment for segment, take in zip(segments, taken, strict=True) if not take]
    return "/".join(kept), normal_locale(segments[best])


@lru_cache(maxsize=_MEMO)
def closeness(wanted: str | None, offered: str | None) -> tuple[bool, bool, bool, bool, bool]:
    """How well another version suits a reader of the version `wanted`: larger is better.

    In order: the same language; a code of the same make (`fr` for `it`, `fr-fr` for `it-it`); then,
    since most sites write their documents in it first, English; of that the plain or the US one;
    a language rather than a mere region.
    """
    parts = _PARTS.split(offered) if offered else []
    asked = _PARTS.split(wanted) if wanted else []
    first = parts[0] if parts else ""
    return (
        bool(asked) and first == asked[0],
        len(parts) == len(asked),
        not parts or "en" in parts,
        len(parts) < 2 or "us" in parts,
        first in rules.LANGUAGES,
    )
