"""The verbatim words of a clause, in the W3C Web Annotation Data Model's selectors.

Source: https://www.w3.org/TR/annotation-model/ (TextQuoteSelector, TextPositionSelector).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Day, Model, Text

Context = Annotated[str, Field(max_length=500)]
"""Text just before or after a quote; empty at the edge of a document."""


class TextQuoteSelector(Model):
    """The quote and a little of what stands around it."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: Text
    """The clause's words as a reader sees them, white space collapsed."""
    prefix: Context = ""
    """About 32 characters that stand before it."""
    suffix: Context = ""
    """About 32 characters that stand after it."""


class TextPositionSelector(Model):
    """Where the quote stood in the version's text, in Unicode code points; a hint, never a proof."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]


class Quote(Model):
    """Original clause language."""

    selector: TextQuoteSelector
    position: TextPositionSelector | None = None
    recorded: Day | None = None
    """Day of the version the words were taken from."""
