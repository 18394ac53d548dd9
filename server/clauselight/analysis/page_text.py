"""The text that a reader can see in an HTML page, with the starts of its blocks.

What is collapsed (`details`, `hidden=until-found`) counts as text, since a reader can open it; scripts,
styles, form fields and templates do not. It is the server's counterpart of the overlay's walk through
the live page, so that a quote found here is found there.
"""

from __future__ import annotations

from dataclasses import dataclass

from clauselight.analysis.markup import utf8
from clauselight.analysis.page import TooMuch, read_page
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
    if not page.blocks:
        raise UnreadablePage("the page holds no text")
    return PageText(page.text, tuple(block.start for block in page.blocks))
