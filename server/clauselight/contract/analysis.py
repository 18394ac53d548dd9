"""Analysing a text that no record is known of: what is sent, and what comes back.

The answer carries the same annotation set as a bucket does, so that a reader needs one way to show both.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from .annotation import AnnotationSet, CategoryInfo
from .base import HttpsUrl, LanguageTag, Model, ShortText, Slug
from .vocabulary import BlockKind

MOST_CONTENT = 8 * 1024 * 1024
"""Longest text or HTML in characters, four times the longest of 236 collected policy pages. A server may
accept less, and says so."""

MOST_BLOCKS = 20_000
"""Most blocks; the longest of the same pages has 4,449."""

ONE_CONTENT: dict[str, Any] = {
    "oneOf": [
        {"required": [name], "properties": {name: {"not": {"type": "null"}}}}
        for name in ("text", "html", "blocks")
    ]
}
"""JSON Schema form of the rule that a request holds the page in one form."""


class AnalysisBlock(Model):
    """One block of a page as a reader sees it: a heading, a paragraph, a list item, a table row."""

    text: Annotated[str, Field(max_length=MOST_CONTENT)]
    """White space counts as one space; the cells of a table row are joined by a space, or ` | `."""
    kind: BlockKind = BlockKind.PARAGRAPH
    level: Annotated[int, Field(ge=1, le=20)] | None = None
    """Of a heading 1 to 6, as in HTML; of a list item how deep its list is nested, from 1."""


class AnalysisRequest(Model):
    """A page to analyse, in exactly one of three forms, and whether the server shall keep it."""

    model_config = ConfigDict(json_schema_extra=ONE_CONTENT)

    text: Annotated[str, Field(max_length=MOST_CONTENT)] | None = None
    """Plain text; a line break ends a block."""
    html: Annotated[str, Field(max_length=MOST_CONTENT)] | None = None
    """A whole page, or a piece of one; the server finds the policy in it."""
    blocks: Annotated[list[AnalysisBlock], Field(max_length=MOST_BLOCKS, fail_fast=True)] | None = None
    """What the reader sees, in reading order."""
    url: HttpsUrl | None = None
    """The page's address. Needed for keeping; without it the answer names no source."""
    title: Annotated[str, Field(max_length=2_000)] | None = None
    """The page's title; only its first line is used."""
    language: LanguageTag | None = None
    """What the page says of itself; without it the text is judged."""
    keep: bool | None = None
    """Keep the page as a document, so that the next visit is a match; needs `url`. None leaves it to the
    server: one on the reader's own computer keeps a page whose address it is told, others do not. A server
    that keeps nothing of readers answers all the same; `kept` in the answer says what was done."""

    @model_validator(mode="after")
    def _one_content(self) -> AnalysisRequest:
        if sum(content is not None for content in (self.text, self.html, self.blocks)) != 1:
            raise ValueError("exactly one of text, html and blocks is needed")
        return self


class AnalysisSummary(Model):
    """How much was read, and how long it took."""

    words: Annotated[int, Field(ge=0)]
    clauses: Annotated[int, Field(ge=0)]
    """Clauses that were judged; most of them say nothing that is worth a label."""
    seconds: Annotated[float, Field(ge=0)]
    """From the request's arrival at the analyser to its result, waiting not counted."""


class AnalysisAnswer(Model):
    """What the classifier finds in a page, in the shape of curated records.

    When it was kept, the set is the document's as it is published from now on, with the curated records that
    it may have. When it was not, ids begin with CL-A, permalinks lead to the clause type, and counts are as
    they would be if it were kept.
    """

    contract_version: Literal["1"]
    kept: bool
    method_version: ShortText
    """Version of the classifier."""
    types_known: list[Slug] | None = None
    """Clause types that were looked for, where few are known in the page's language: that no other was found
    says nothing there. Absent when all were looked for."""
    summary: AnalysisSummary
    categories: list[CategoryInfo]
    set: AnnotationSet
