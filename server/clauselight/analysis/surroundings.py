"""What surrounds a document and is known by what it says: consent boxes, language switches, related links."""

from __future__ import annotations

import re

from clauselight.analysis.boilerplate import LASTING, SPARED, sums
from clauselight.analysis.page import Element, Page

SHORT_LINE = 60
"""Characters of the longest button, label or heading that is looked at."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CONSENT_BUTTON = re.compile(
    r"(?:accept|allow|reject|decline|refuse|deny|agree|confirm|save|manage|customi[sz]e|got it|ok\b|"
    r"j['’]a|je |"
    r"tout |alle |akzeptier|ablehn|aceptar|rechazar|accetta|rifiuta|akceptuj|odrzuć|accepteer|weiger)",
    re.IGNORECASE,
)
_COOKIES = re.compile(r"cookie|consent|traceur|einwilligung|tracking technolog", re.IGNORECASE)
CONSENT_WORDS = 150
CONSENT_CHARACTERS = 3_000
"""A consent box without a telling name has no more prose and text than this."""

_LANGUAGE_NAMES = _words(
    """العربية azərbaycan bahasa беларуская български català čeština cymraeg dansk deutsch eesti ελληνικά
    english español esperanto euskara فارسی filipino français gaeilge galego hrvatski עברית हिन्दी magyar
    indonesia íslenska italiano 日本語 한국어 latviešu lietuvių македонски melayu nederlands norsk polski
    português română русский shqip slovenčina slovenščina српски srpski suomi svenska ไทย tiếng türkçe
    українська اردو 中文 简体中文 繁體中文 简体 繁體"""
)
"""First words of languages' own names."""
LANGUAGE_RUN = 4
"""So many languages in a row are a switch."""

_RELATED = re.compile(
    r"(?:related|more|other|recommended|popular|similar) (?:articles?|posts?|topics?|reading|news|stories)|"
    r"you (?:may|might) also like|was this (?:article|page)? ?helpful|did this answer your question|"
    r"share this(?: article| page| post)?|follow us.{0,12}|leave a (?:reply|comment)|related content|"
    r"(?:subscribe|sign up)(?: to| for)?(?: our)? newsletter|still have questions",
    re.IGNORECASE,
)
"""Headings of what comes after a document."""
RELATED_SHARE = 0.1
RELATED_WORDS = 150
"""Share and words of the page's prose that may follow such a heading; else it is one of the document."""


def drop_surroundings(page: Page, kept: bytearray, running: list[int]) -> None:
    """Sets `kept` to 0 for their blocks. `running` are running sums of the blocks' words in prose."""
    _drop_consent(page, kept, running)
    _drop_languages(page, kept)
    _drop_related(page, kept, running)


def _drop_consent(page: Page, kept: bytearray, running: list[int]) -> None:
    """Consent boxes that no name gives away: small, with a button to accept, about cookies."""
    length = sums([len(block.text) for block in page.blocks])
    for i, block in enumerate(page.blocks):
        if not kept[i] or len(block.text) > SHORT_LINE or not _is_button(block.owner):
            continue
        if not _CONSENT_BUTTON.match(block.text):
            continue
        box: Element | None = None
        element = block.owner.parent
        while element is not None and element.tag not in LASTING:
            held = running[element.last] - running[element.first]
            most = length[element.last] - length[element.first]
            if held > min(CONSENT_WORDS, SPARED * running[-1]) or most > CONSENT_CHARACTERS:
                break
            box, element = element, element.parent
        if box is None:
            continue
        text = " ".join(one.text for one in page.blocks[box.first : box.last])
        if _COOKIES.search(text):
            kept[box.first : box.last] = bytes(box.last - box.first)


def _is_button(element: Element | None) -> bool:
    for _ in range(3):
        if element is None:
            return False
        if element.tag == "button" or element.attributes.get("role") == "button":
            return True
        element = element.parent
    return False


def _drop_languages(page: Page, kept: bytearray) -> None:
    run: list[int] = []
    for i, block in enumerate([*page.blocks, None]):
        if block is not None and not kept[i]:
            continue
        if block is not None and len(block.text) <= SHORT_LINE:
            first = block.text.split(" ", 1)[0].lower().strip("()/,-")
            if first in _LANGUAGE_NAMES:
                run.append(i)
                continue
        if len(run) >= LANGUAGE_RUN:
            for j in run:
                kept[j] = 0
        run = []


def _drop_related(page: Page, kept: bytearray, running: list[int]) -> None:
    """From a heading such as "Related articles" to the end, when little follows it."""
    for i, block in enumerate(page.blocks):
        if not kept[i] or len(block.text) > SHORT_LINE or not _RELATED.fullmatch(block.text.strip(" :?…")):
            continue
        if running[-1] - running[i] <= min(RELATED_WORDS, RELATED_SHARE * running[-1]):
            kept[i:] = bytes(len(kept) - i)
            return
