"""readability-lxml's answer to what a page's document is.

It scores the elements of an lxml tree by their text, commas and names. It gets a page written anew from what
was read, with one paragraph a block and nothing else, so that it meets no more elements, attributes and depth
than passed our limits, and so that its answer leads back to the blocks.
"""

from __future__ import annotations

import html
import logging
import re

from clauselight.analysis.page import Element, Page

MAX_BLOCKS = 3_000
"""It takes some 0.1 ms for a block. On larger pages the cheap readers must do."""
MAX_DEPTH = 100
"""It walks the tree by recursion."""

_PLACE = re.compile(r'data-block="(\d+)"')
_KEPT_TAGS = frozenset(
    ("article", "aside", "div", "footer", "header", "main", "nav", "section", "table", "td", "tr", "ul")
)


def readability_blocks(page: Page, kept: bytearray) -> list[int]:
    """Numbers of the kept blocks that readability-lxml takes for the document; none when it fails."""
    if not 0 < sum(kept) <= MAX_BLOCKS:
        return []
    from readability import Document

    logging.getLogger("readability.readability").setLevel(logging.CRITICAL)
    try:
        summary = Document(_written(page, kept)).summary(html_partial=True)
    except Exception:
        # It raises its own Unparseable and, on odd trees, whatever lxml or its own assumptions raise.
        return []
    return sorted({int(number) for number in _PLACE.findall(summary)})


def _written(page: Page, kept: bytearray) -> str:
    out = ["<html><body>"]
    open_elements: list[Element] = []
    for i, block in enumerate(page.blocks):
        if not kept[i]:
            continue
        path: list[Element] = []
        element: Element | None = block.owner
        while element is not None and len(path) < MAX_DEPTH:
            if element.tag in _KEPT_TAGS:
                path.append(element)
            element = element.parent
        path.reverse()
        same = 0
        while same < min(len(path), len(open_elements)) and path[same] is open_elements[same]:
            same += 1
        out.extend("</div>" for _ in open_elements[same:])
        for opened in path[same:]:
            names = html.escape(
                " ".join([opened.tag, *(opened.attributes.get(n, "")[:100] for n in ("id", "class"))])
            )
            out.append(f'<div class="{names}">')
        open_elements = path
        out.append(f'<p data-block="{i}">{html.escape(block.text)}</p>')
    return "".join(out) + "</div>" * len(open_elements) + "</body></html>"
