"""What sort of policy a document is, from its title."""

from __future__ import annotations

import re

from clauselight.contract.vocabulary import DocumentKind

KIND_WORDS: tuple[tuple[str, DocumentKind], ...] = (
    ("processor|controller agreement|data processing", DocumentKind.DATA_PROCESSING),
    ("cookie|tracker", DocumentKind.COOKIES),
    ("law enforcement|subpoena|transparency", DocumentKind.LAW_ENFORCEMENT),
    ("imprint", DocumentKind.IMPRINT),
    ("copyright|dmca|intellectual|trademark|piracy", DocumentKind.COPYRIGHT),
    ("developer|api|twitter kit|display requirements", DocumentKind.DEVELOPER),
    ("advertis|ad publishing|ads ", DocumentKind.ADVERTISING),
    ("communit|etiquette|content policy|brand|review guidelines|quality|editorial", DocumentKind.COMMUNITY),
    ("acceptable|fair usage|restricted use|user consent", DocumentKind.ACCEPTABLE_USE),
    ("sale|seller|commercial|marketplace|payment|carriage|monetisation|refund", DocumentKind.COMMERCE),
    (
        "privacy|privay|personal data|data use|data policy|retains data|anonymi|location|interest.based",
        DocumentKind.PRIVACY,
    ),
    ("terms|tos|agreement|conditions|eula|legal", DocumentKind.TERMS),
    ("datenschutz|privatsph|riservatezza|prywatno|ochron. danych", DocumentKind.PRIVACY),
    ("bedingungen|agb |termini|condizioni|regulamin|warunki", DocumentKind.TERMS),
    ("impressum", DocumentKind.IMPRINT),
)
"""Words in a document's title and the kind they tell, first match wins; read through on all 250 titles of the
starter catalogue, which are English. The last three rows are for the other languages that are analysed."""


def kind_of(title: str) -> DocumentKind:
    """The kind of document that a title speaks of; `other` when it tells nothing."""
    lowered = title.lower() + " "
    for words, kind in KIND_WORDS:
        if re.search(words, lowered):
            return kind
    return DocumentKind.OTHER
