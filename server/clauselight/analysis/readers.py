"""Which part of the page is the document? Several readers answer, cheap ones first; the loss decides.

`main`: the element that the page itself calls main or article. `density`: the deepest element that holds
nearly all of the page's prose. `readability`: readability-lxml's answer. `body`: all that is no boilerplate.
"""

from __future__ import annotations

from dataclasses import dataclass

from clauselight.analysis.boilerplate import MOST_LINKED, kept_blocks, prose, sums, weigh
from clauselight.analysis.page import Element, Page, heading_level
from clauselight.analysis.readability_reader import readability_blocks
from clauselight.analysis.surroundings import drop_surroundings

MAIN_COVERS = 0.9
"""Share of the page's prose that a main element must hold: else it is only a part of the document."""
PART_COVERS = 0.6
"""With so much in a main element, and readability-lxml of the same opinion, the rest is no document."""
READABILITY_COVERS = 0.97
"""The same for the stretch from the first to the last block that readability-lxml keeps."""
DENSITY_COVERS = 0.99
"""The same for the deepest element that holds nearly all."""
PRUNED_TOO_MUCH = 0.5
"""When names alone dropped more than this share of the prose, they mean something else on this page."""
LINES_COVERED = 0.5
"""Share of all words outside links that the deepest element must hold: a document may be one paragraph and a
long list of short lines."""
TITLE_REACH = 60
"""Words between a title and the prose it belongs to: dates, a subtitle, an author."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The reader chosen and the blocks of the page that it reads, in order."""

    reader: str
    blocks: list[int]


def choose(page: Page) -> Choice:
    """The blocks of the document, by the reader that loses the least."""
    weights = [prose(block) for block in page.blocks]
    total = sum(weights)
    kept = kept_blocks(page)
    left = sum(weight for weight, keep in zip(weights, kept, strict=True) if keep)
    if left < PRUNED_TOO_MUCH * total:
        kept = kept_blocks(page, by_name=False)
    drop_surroundings(page, kept, sums(weights))
    running = sums([weight if keep else 0 for weight, keep in zip(weights, kept, strict=True)])
    reader, first, last = _range(page, kept, running)
    first = _with_title(page, kept, first)
    return Choice(reader, [i for i in range(first, last) if kept[i]])


def _range(page: Page, kept: bytearray, running: list[int]) -> tuple[str, int, int]:
    total = running[-1]
    everything = ("body", 0, len(page.blocks))
    if not total:
        return everything
    lines = sums(
        [
            0 if not keep or block.linked > MOST_LINKED * len(block.text) else weigh(block.text)
            for block, keep in zip(page.blocks, kept, strict=True)
        ]
    )
    least_lines = LINES_COVERED * lines[-1]
    main: Element | None = None
    dense: Element | None = None
    most = 0
    for element in page.elements:
        held = running[element.last] - running[element.first]
        if held > most and _is_main(element):
            main, most = element, held
        if held >= DENSITY_COVERS * total and lines[element.last] - lines[element.first] >= least_lines:
            dense = element
    if main is not None and most >= MAIN_COVERS * total:
        return "main", main.first, main.last
    if dense is not None and dense.tag not in ("html", "body"):
        return "density", dense.first, dense.last
    # The cheap readers disagree: text stands in several places. Another opinion.
    chosen = readability_blocks(page, kept)
    if not chosen:
        return everything
    first, last = chosen[0], chosen[-1] + 1
    if main is not None and most >= PART_COVERS * total:
        within = sum(running[i + 1] - running[i] for i in chosen if main.first <= i < main.last)
        if within >= MAIN_COVERS * sum(running[i + 1] - running[i] for i in chosen):
            return "main", main.first, main.last
    if running[last] - running[first] >= READABILITY_COVERS * total:
        return "readability", first, last
    return everything


def _is_main(element: Element) -> bool:
    return (
        element.tag in ("main", "article")
        or element.attributes.get("role") in ("main", "article")
        or element.attributes.get("itemprop") in ("articleBody", "mainContentOfPage")
    )


def _with_title(page: Page, kept: bytearray, first: int) -> int:
    """The start of the document with its title, which often stands just before the element with the text."""
    words = 0
    for i in range(first - 1, -1, -1):
        if not kept[i]:
            continue
        block = page.blocks[i]
        words += weigh(block.text)
        if words > TITLE_REACH:
            break
        level = heading_level(block.owner)
        if level in (1, 2):
            first = i
        if level == 1:
            break
    return first
