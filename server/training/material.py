"""All rows that training may see, by what they are for, in the order in which they stand in the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training import corpus
from training.corpus import Row
from training.heads import FOLDS, folds_of


@dataclass(frozen=True, slots=True)
class Material:
    """Rows by what they are for. `documents` are whole policies of ours, `terms` those of UNFAIR-ToS,
    `denials` sentences that we wrote which have no type, though they sound like one. `paraphrases` are those
    that we wrote for the cases of ToS;DR: quotes are judged by them, sentences of policies only by those of
    types without a case; `written_terms` those in the manner of UNFAIR-ToS's documents, which its criteria
    are learned from."""

    documents: list[Row]
    quotes: list[Row]
    terms: list[Row]
    denials: list[Row]
    paraphrases: list[Row]
    written_terms: list[Row]
    unlabelled: list[str]

    @property
    def told(self) -> list[Row]:
        """Rows that say which features there are."""
        return [*self.documents, *self.quotes, *self.terms, *self.denials]

    @property
    def rows(self) -> list[Row]:
        """Every row, those of `told` first."""
        return [*self.told, *self.paraphrases, *self.written_terms]

    @property
    def places(self) -> dict[str, slice]:
        """Which of the rows are what."""
        found, start = {}, 0
        for name in ("documents", "quotes", "terms", "denials", "paraphrases", "written_terms"):
            size = len(getattr(self, name))
            found[name] = slice(start, start + size)
            start += size
        return found

    def folds(self) -> np.ndarray:
        """A fold for every row. Sentences that we wrote for nobody's service are dealt out in turn."""
        told = folds_of([row.service for row in self.told])
        rest = len(self.paraphrases) + len(self.written_terms)
        return np.concatenate([told, np.arange(rest) % FOLDS])


def load(data: Path, severities: dict[str, str]) -> Material:
    """Everything that training may see; nothing of the dev services' labels."""
    labels = data / "labels"
    documents = corpus.our_labels("background", data, severities)
    documents += corpus.our_extraction_labels(data, severities)
    written = corpus.written()
    quotes = [*corpus.quotes(labels / "train.jsonl.gz"), *(row for row in written if row.types)]
    denials = [row for row in written if not row.types]
    terms = corpus.unfair_documents(labels / "unfair_docs.jsonl.gz", "train")
    pages = corpus.read(data / "extraction" / "pages_dev.jsonl.gz")
    unlabelled = [row["text"] for row in corpus.read(data / "anchoring" / "texts.jsonl.gz")]
    unlabelled += [page["truth_text"] for page in pages if page["lang"] == "en"]
    unlabelled += [row["text"] for row in corpus.read(labels / "background.jsonl.gz")]
    unlabelled += [row.text for row in (*quotes, *terms)]
    paraphrases, written_terms = corpus.paraphrases(severities), corpus.written_terms()
    # Their own choice of words is their worth: they too tell which words keep the same company.
    unlabelled += [row.text for row in (*paraphrases, *written_terms)]
    return Material(
        documents=corpus.without_headings(documents),
        quotes=quotes,
        terms=terms,
        denials=denials,
        paraphrases=paraphrases,
        written_terms=written_terms,
        unlabelled=unlabelled,
    )
