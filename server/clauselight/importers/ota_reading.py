"""Reads one version of a document as Open Terms Archive keeps it, and judges what is new in it.

Versions of one document are nearly alike, so what the classifier's first stage made of a sentence is kept for
the next version; its second stage looks at the whole document every time. The result is the same as without.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from clauselight.analysis.analyse import analyse
from clauselight.analysis.classify import UnknownLanguage, load_classifier
from clauselight.analysis.found import Analysis
from clauselight.analysis.markdown import extract_markdown
from clauselight.analysis.refusal import SENTENCES, Refused
from clauselight.knowledge.clause_types import clause_types


class Reading:
    """Reads the versions of one document in order."""

    def read(self, body: bytes | None, before: str | None) -> tuple[Analysis | None, tuple[str, str] | None]:
        """The analysis of a version, or why it is none. `body` is None for a file that was too large;
        `before` is the newest version's text: what equals it is not judged again."""
        if body is None:
            return None, ("too-large", SENTENCES["too-large"])
        try:
            page = extract_markdown(body.decode("utf-8", "replace"))
        except Refused as refused:
            return None, (refused.kind, refused.sentence)
        judge = load_classifier()
        words = len(page.text.split())
        nothing = Analysis(page.title, page.language, words, 0, judge.version, (), text=page.text)
        if page.text == before:
            return nothing, None
        try:
            analysis = analyse(page, judge, self._categories, language=page.language)
        except UnknownLanguage:
            return nothing, None
        # The snapshot is the Markdown itself: its text is the version's.
        found = tuple(replace(one, position=(one.start, one.end)) for one in analysis.found)
        return replace(analysis, found=found, text=page.text), None

    @cached_property
    def _categories(self) -> dict[str, str]:
        return {one.id: one.category.value for one in clause_types().values()}
