"""Reads one version of a document as Open Terms Archive keeps it, and judges what is new in it.

Most commits of a versions repository change a link or a date: what says the same as before is not judged. In
another version the classifier reads everything, since a sentence is judged with its neighbours, but tells
only about passages that the version before did not have: the others keep the labels that they have.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from clauselight.analysis.analyse import analyse
from clauselight.analysis.classify import Classifier, Finding, UnknownLanguage, load_classifier
from clauselight.analysis.extract import Extracted
from clauselight.analysis.found import Analysis
from clauselight.analysis.markdown import extract_markdown, passages_of
from clauselight.analysis.refusal import SENTENCES, Refused
from clauselight.analysis.segment import Clause
from clauselight.knowledge.clause_types import clause_types


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of the version before: its text and language, and which classifiers judged it."""

    text: str | None
    language: str
    judged_by: frozenset[str]


class Reading:
    """Reads versions of documents."""

    def read(self, body: bytes | None, before: Before) -> tuple[Analysis | None, tuple[str, str] | None]:
        """The analysis of a version, or why it is none. `body` is None for a file that was too large."""
        if body is None:
            return None, ("too-large", SENTENCES["too-large"])
        judge = load_classifier()
        text = body.decode("utf-8", "replace")
        try:
            raws = passages_of(text)
            if before.text is not None and "\n".join(raw.text for raw in raws) == before.text:
                words = len(before.text.split())
                return Analysis("", "", words, 0, judge.version, (), text=before.text), None
            page = extract_markdown(text, raws)
        except Refused as refused:
            return None, (refused.kind, refused.sentence)
        words = len(page.text.split())
        nothing = Analysis(page.title, page.language, words, 0, judge.version, (), text=page.text)
        old = frozenset((before.text or "").split("\n"))
        if page.language != before.language or before.judged_by - {judge.version}:
            old = frozenset()
        try:
            analysis = analyse(page, _OfNew(judge, page, old), self._categories, language=page.language)
        except UnknownLanguage:
            return nothing, None
        # The snapshot is the Markdown itself: its text is the version's.
        found = tuple(replace(one, position=(one.start, one.end)) for one in analysis.found)
        return replace(analysis, found=found, text=page.text), None

    @cached_property
    def _categories(self) -> dict[str, str]:
        return {one.id: one.category.value for one in clause_types().values()}


class _OfNew:
    """The classifier, asked about clauses in passages that are not among the old ones."""

    def __init__(self, classifier: Classifier, page: Extracted, old: frozenset[str]) -> None:
        self._classifier = classifier
        self._starts = [block.start for block in page.blocks]
        self._new = [block.text not in old for block in page.blocks]

    @property
    def version(self) -> str:
        """Which classifier it is."""
        return self._classifier.version

    def judge(self, clauses: Sequence[Clause], *, language: str) -> list[list[Finding]]:
        """Findings of the clauses in new passages; none of the others. Raises UnknownLanguage."""
        told = {
            number
            for number, clause in enumerate(clauses)
            if self._new[bisect_right(self._starts, clause.start) - 1]
        }
        return self._classifier.judge(clauses, language=language, told=told)

    def types_known(self, language: str) -> tuple[str, ...] | None:
        """Clause types that are known in a language; None when all are."""
        return self._classifier.types_known(language)
