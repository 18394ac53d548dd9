"""Reads one version of a document as Open Terms Archive keeps it, and judges what is new in it.

Most commits of a versions repository change a link or a date: what says the same as before is not judged.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from clauselight.analysis.analyse import analyse
from clauselight.analysis.classify import UnknownLanguage, load_classifier
from clauselight.analysis.found import Analysis
from clauselight.analysis.markdown import extract_markdown, passages_of
from clauselight.analysis.refusal import SENTENCES, Refused
from clauselight.knowledge.clause_types import clause_types


class Reading:
    """Reads the versions of one document in order."""

    def read(self, body: bytes | None, before: str | None) -> tuple[Analysis | None, tuple[str, str] | None]:
        """The analysis of a version, or why it is none. `body` is None for a file that was too large;
        `before` is the newest version's text: what equals it is not judged again."""
        if body is None:
            return None, ("too-large", SENTENCES["too-large"])
        judge = load_classifier()
        text = body.decode("utf-8", "replace")
        try:
            raws = passages_of(text)
            if before is not None and "\n".join(raw.text for raw in raws) == before:
                return Analysis("", "", len(before.split()), 0, judge.version, (), text=before), None
            page = extract_markdown(text, raws)
        except Refused as refused:
            return None, (refused.kind, refused.sentence)
        words = len(page.text.split())
        nothing = Analysis(page.title, page.language, words, 0, judge.version, (), text=page.text)
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
