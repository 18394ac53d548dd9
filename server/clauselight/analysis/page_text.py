"""The text that a reader can see in an HTML page, with the starts of its blocks.

What is collapsed (`details`, closed tabs, `hidden`) counts as text, since a reader can open it, unless it
only repeats what is shown; scripts, styles, form fields and templates do not. It is the server's counterpart
of the overlay's walk through the live page, so that a quote found here is found there.
"""

from __future__ import annotations

from dataclasses import dataclass

from clauselight.analysis.markup import utf8
from clauselight.analysis.page import TooMuch, copies, read_page
from clauselight.analysis.refusal import Refused


@dataclass(frozen=True, slots=True)
class PageText:
    """Text with blocks separated by one line break; `blocks` are their start offsets in code points."""

    text: str
    blocks: tuple[int, ...]


class UnreadablePage(ValueError):
    """The bytes are no HTML page with text."""


def page_text(body: bytes, encoding: str | None = "utf-8") -> PageText:
    """Read the visible text of an HTML page. Raises UnreadablePage when there is none."""
    try:
        page = read_page(utf8(body, encoding))
    except Refused as refused:
        raise UnreadablePage(refused.sentence) from refused
    except TooMuch as limit:
        raise UnreadablePage(f"the page is beyond the limit of {limit}") from limit
    repeated = copies(page)
    texts = [block.text for i, block in enumerate(page.blocks) if i not in repeated]
    if not texts:
        raise UnreadablePage("the page holds no text")
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    return PageText("\n".join(texts), tuple(starts))
