"""What sort of policy a title speaks of."""

from __future__ import annotations

import pytest

from clauselight.contract.vocabulary import DocumentKind
from clauselight.domain.document_kind import kind_of


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Privacy Policy", DocumentKind.PRIVACY),
        ("Terms of Service | Murmurloft", DocumentKind.TERMS),
        ("Cookie notice", DocumentKind.COOKIES),
        ("Datenschutzerklärung", DocumentKind.PRIVACY),
        ("Nutzungsbedingungen", DocumentKind.TERMS),
        ("Termini e condizioni", DocumentKind.TERMS),
        ("Polityka prywatności", DocumentKind.PRIVACY),
        ("Impressum", DocumentKind.IMPRINT),
        ("Our story", DocumentKind.OTHER),
        ("", DocumentKind.OTHER),
    ],
)
def test_a_title_tells_the_kind(title: str, kind: DocumentKind) -> None:
    assert kind_of(title) is kind
