"""What on a page is not the document: navigation, header, footer, consent boxes, dialogs, related links.

An element is dropped for what it says it is (its tag, role or name) and only when the page can spare it:
an element that holds much of the page's prose is the document, whatever it is called.
"""

from __future__ import annotations

import re
from itertools import accumulate

from clauselight.analysis.elements import HEADINGS
from clauselight.analysis.page import Element, Page, PageBlock, copies

MOST_LINKED = 0.5
"""A block with a greater share of its characters in links is a list of links, not prose."""
PROSE_WORDS = 10
"""Blocks of so many words are prose; menu entries and headings are shorter."""
SENTENCE_WORDS = 6
"""So are shorter ones that end as a sentence does."""
LETTERS_A_WORD = 12
"""Text with more letters between two spaces is written without spaces between words (Chinese, Thai);"""
UNSPACED_LETTERS = 2
"""there so many letters count as a word."""

SPARED = 0.3
"""Share of the page's prose above which an element is not dropped for its role: it is the document."""
SPARED_BY_NAME = 0.15
"""The same for elements that only a class or id speaks against."""
SPARED_OF_TOOLS = 0.9
"""The same for the boxes of consent tools: they may say more than a short policy."""
LONGEST_NAME = 300
SHORTEST_NAME = 4
"""Characters of a class or id that are looked at, and fewest that say anything."""
AT_THE_EDGE = 0.05
"""Share of the page's prose that may stand before a header or after a footer."""

_TAGS = frozenset(("nav", "footer", "aside", "dialog", "search"))
_ROLES = frozenset(
    (
        "alert", "alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "menubar",
        "navigation", "search", "status", "toolbar", "tooltip",
    )
)  # fmt: skip

_CONSENT_TOOL = re.compile(
    r"onetrust-(?:consent-sdk|banner|pc)|cybotcookiebot|cookiebotwidget|didomi-(?:host|popup|notice)|usercentrics-|"
    r"cky-(?:consent|modal|overlay)|cmplz-|iubenda-cs|truste-consent|osano-cm|qc-cmp|sp_message|borlabs-?cookie|"
    r"tarteaucitron|cc-window|cc-banner|cmp(?:box|wrapper)|klaro|moove_gdpr|cookie-law-info|wt-cli",
    re.IGNORECASE,
)
"""Names of the tools that make consent boxes, never of what they embed in a policy (lists of cookies)."""

_CONSENT = re.compile(
    r"cookies?[-_]?(?:banner|consent|notice|bar|popup|modal|dialog|overlay|message|law|alert|settings|prefs|"
    r"preferences|manager|wall|control)|consent[-_]?(?:banner|manager|modal|popup|bar|box|dialog|overlay)|"
    r"gdpr[-_]?(?:banner|popup|modal|notice|bar|overlay)",
    re.IGNORECASE,
)
"""What consent boxes are usually called."""

_NAMED = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|submenu|megamenu|breadcrumbs?|sidebar|sidenav|sidemenu|topbar|"
    r"share|sharing|social|newsletter|subscribe|signup|related|recommended|modal|modals|popup|toast|offcanvas|"
    r"skip|skip-link|skiplink|lang|langs|language|languages|locale|locales|pagination|pager|backtotop|"
    r"drawer|dropdown|login|search)(?:$|[-_\s])",
    re.IGNORECASE,
)
"""Names of what surrounds a document."""

_HEADER = re.compile(
    r"(?:^|[-_\s])(?:site|page|main|global|app)?[-_]?(?:header|masthead)(?:$|[-_\s])", re.IGNORECASE
)
_FOOTER = re.compile(
    r"(?:^|[-_\s])(?:site|page|main|global|app)?[-_]?(?:footer|colophon)(?:$|[-_\s])", re.IGNORECASE
)

LASTING = frozenset(("html", "body", "main", "article", *HEADINGS, "p", "td", "th", "tr", "tbody", "table"))
"""Elements that are not dropped for their names: these name a style, or the whole page's state."""


def weigh(text: str) -> int:
    """Words of a text, as a measure of its length in any script."""
    words = text.count(" ") + 1
    return len(text) // UNSPACED_LETTERS if len(text) > LETTERS_A_WORD * words else words


def prose(block: PageBlock) -> int:
    """Words of a block that reads like a document's text; 0 for menus, links, labels."""
    if block.linked > MOST_LINKED * len(block.text):
        return 0
    words = weigh(block.text)
    sentence = words >= SENTENCE_WORDS and block.text[-1] in ".:;!?。；：！？"
    return words if words >= PROSE_WORDS or sentence else 0


def sums(weights: list[int]) -> list[int]:
    """Running sums, so that the weight of blocks a to b is `sums[b] - sums[a]`."""
    return list(accumulate(weights, initial=0))


def kept_blocks(page: Page, by_name: bool = True) -> bytearray:
    """For each block of the page 1 when it may be of the document, 0 when it surely is not.

    Without `by_name` classes and ids are not looked at.
    """
    running = sums([prose(block) for block in page.blocks])
    kept = bytearray(b"\x01" * len(page.blocks))
    for element in page.elements:
        first, last = element.first, element.last
        if first < last and kept[first] and _is_boilerplate(element, running, by_name):
            kept[first:last] = bytes(last - first)
    for i in copies(page):
        kept[i] = 0
    return kept


def _is_boilerplate(element: Element, running: list[int], by_name: bool) -> bool:
    attributes, tag = element.attributes, element.tag
    total = running[-1]
    share = (running[element.last] - running[element.first]) / total if total else 0.0
    before = running[element.first] / total if total else 0.0
    after = 1 - before - share
    if tag in _TAGS or attributes.get("role") in _ROLES or attributes.get("aria-modal") == "true":
        return share <= SPARED
    if tag == "header":
        return share <= SPARED_BY_NAME and before <= AT_THE_EDGE and not _holds_title(element)
    if not by_name or tag in LASTING:
        return False
    name = f"{attributes.get('id', '')[:LONGEST_NAME]} {attributes.get('class', '')[:LONGEST_NAME]}"
    if len(name) < SHORTEST_NAME:
        return False
    if _CONSENT_TOOL.search(name):
        return share <= SPARED_OF_TOOLS
    if _CONSENT.search(name):
        return share <= SPARED
    if share > SPARED_BY_NAME:
        return False
    if _NAMED.search(name):
        return True
    if _HEADER.search(name):
        return before <= AT_THE_EDGE and not _holds_title(element)
    return after <= AT_THE_EDGE and bool(_FOOTER.search(name))


def _holds_title(element: Element) -> bool:
    """Whether the header is the document's own: it stands within the content."""
    above = element.parent
    while above is not None:
        if above.tag in ("main", "article") or above.attributes.get("role") == "main":
            return True
        above = above.parent
    return False
