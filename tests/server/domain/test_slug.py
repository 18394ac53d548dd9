"""Names for addresses and ids."""

from __future__ import annotations

import re

import pytest

from clauselight.domain.slug import slug


@pytest.mark.parametrize(
    ("text", "made"),
    [("Privacy Policy", "privacy-policy"), ("Größe & Co.", "groe-co"), ("shop.co.uk", "shop-co-uk")],
)
def test_words_are_joined_by_hyphens(text: str, made: str) -> None:
    assert slug(text) == made


@pytest.mark.parametrize("text", ["利用規約", "…", "a" * 500, "-x-"])
def test_whatever_it_is_called_it_gets_a_name_that_fits(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))
    assert len(slug(text)) <= 120
