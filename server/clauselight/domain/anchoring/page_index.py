"""One index of a page's text, shared by all quotes of the page."""

from __future__ import annotations

from collections.abc import Sequence

from clauselight.domain.anchoring.normalise import normalise


class PageIndex:
    """``text``: raw page text; ``blocks``: sorted start offsets of its blocks, in code points."""

    def __init__(self, text: str, blocks: Sequence[int] = ()) -> None:
        self.text = text
        self.blocks = blocks
        self.normalised = normalise(text)
