"""Citations survive hostile titles in every format that reference managers read."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauselight.contract.citation import Citation
from clauselight.domain.citation import cite
from records import a_document, a_record

LINK = "https://clauses.example/provisions/CL-P-000900/a-clause"
HOSTILE = [
    "Plain words",
    "100% of {your} data & $5 #1 _under_ ~tilde^ back\\slash",
    "Line\nbreak\r\nER  - \r\nTY  - BOOK",
    "„Größe“ – 大きさ 🔥",
    "}} @misc{evil, title = {x",
    "<script>alert(1)</script>",
]
TITLES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80).filter(
    lambda text: any(character.isalnum() for character in text)
)


def citation(title: str) -> Citation:
    return cite(a_record(title=title), a_document(), LINK)


@pytest.mark.parametrize("title", HOSTILE)
def test_every_form_names_record_and_link(title: str) -> None:
    made = citation(title)
    assert made.permalink == LINK
    for form in (made.text, made.bibtex, made.ris, json.dumps(made.csl_json)):
        assert LINK in form
        assert "CL-P-000900" in form
    assert "2026-10-01" in made.text
    assert title in made.text
    assert "A)" in made.text or "(A)" in made.text


@settings(max_examples=200)
@given(TITLES | st.sampled_from(HOSTILE))
def test_bibtex_is_one_entry_with_balanced_braces(title: str) -> None:
    made = citation(title).bibtex
    # What stands behind a backslash is text; the rest are braces that open and close.
    depth = 0
    for brace in re.findall(r"[{}]", re.sub(r"\\[\\{}$&%#_]", "", made)):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0
    assert made.startswith("@misc{CL-P-000900,\n")
    assert made.endswith("\n}\n")
    assert not re.search(r"(?<!\\)[$&%#]", made.partition("title = ")[2].partition("\n")[0])


@settings(max_examples=200)
@given(TITLES | st.sampled_from(HOSTILE))
def test_ris_is_one_record_of_tagged_lines(title: str) -> None:
    made = citation(title).ris
    assert made.endswith("\r\n")
    lines = made.removesuffix("\r\n").split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n]*", line) for line in lines)
    tags = [line[:2] for line in lines]
    assert tags[0] == "TY"
    assert tags[-1] == "ER"
    assert len(tags) == len(set(tags))
    assert "DA  - 2026/10/01" in lines


def test_csl_json_has_what_a_webpage_needs() -> None:
    made = citation("A title").csl_json
    assert made["type"] == "webpage"
    assert made["URL"] == LINK
    assert made["title"] == "A title (Privacy Policy 900)"
    assert made["issued"] == {"date-parts": [[2026, 10, 1]]}
    assert made["author"] == [{"literal": "Clauselight"}]
    assert made["container-title"] == "A"


def test_the_same_record_is_cited_alike() -> None:
    assert citation("A title") == citation("A title")
