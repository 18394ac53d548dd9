"""Citations are read back by the parsers that reference managers are built on."""

from __future__ import annotations

import json

import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string
from pybtex.database.output.bibtex import Writer

from clauselight.exporters.citation_file import bibtex_file, csl_file, ris_file, whole_citation
from published_records import AWKWARD, a_published

HERE = "http://127.0.0.1:8787"
LINK = f"{HERE}/provisions/CL-P-000900/a-clause"
TITLES = ["A clause", AWKWARD, "Line\nbreak and\ttab", "@misc{evil,", "TY  - BOOK", "ER  - ", "x" * 290]


@pytest.mark.parametrize("title", TITLES)
def test_bibtex_is_read_by_pybtex(title: str) -> None:
    read = parse_string(bibtex_file(a_published(title=title), HERE), "bibtex")
    (key,) = read.entries
    entry = read.entries[key]
    assert key == "CL-P-000900"
    assert entry.type == "misc"
    assert entry.fields["url"] == LINK
    assert entry.fields["howpublished"] == rf"\url{{{LINK}}}"
    assert entry.fields["year"] == "2026"
    assert [str(person) for person in entry.persons["author"]] == ["{Clauselight}"]
    # Braces are balanced: what was read can be written and read again.
    assert parse_string(Writer().to_string(read), "bibtex").entries[key].fields["title"]


def test_bibtex_keeps_signs_of_tex_as_text() -> None:
    title = parse_string(bibtex_file(a_published(title=AWKWARD), HERE), "bibtex").entries["CL-P-000900"]
    for sign in (r"\&", r"\%", r"\_", r"\#", r"\$", r"\textbraceleft{}", r"\textbackslash{}", "Łódź"):
        assert sign in title.fields["title"]


@pytest.mark.parametrize("title", TITLES)
def test_ris_is_read_by_rispy(title: str) -> None:
    (read,) = rispy.loads(ris_file(a_published(title=title), HERE))
    assert read["type_of_reference"] == "ELEC"
    assert read["id"] == "CL-P-000900"
    assert read["title"] == f"{' '.join(title.split())} (Privacy Policy 900)"
    assert read["urls"] == [LINK]
    assert read["year"] == "2026"


@pytest.mark.parametrize("title", TITLES)
def test_csl_json_is_set_by_citeproc(title: str) -> None:
    text = csl_file(a_published(title=title), HERE)
    (item,) = json.loads(text)
    assert item["URL"] == LINK
    assert item["issued"] == {"date-parts": [[2026, 10, 1]]}
    source = CiteProcJSON(json.loads(text))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem("CL-P-000900")]))
    (line,) = ["".join(part) for part in bibliography.bibliography()]
    assert "Clauselight" in line
    assert "2026" in line
    assert " ".join(title.split())[:20] in " ".join(line.split())


def test_a_public_permalink_stays_as_it_is() -> None:
    public = a_published(permalink="https://clauses.example/provisions/CL-P-000900/a-clause")
    assert whole_citation(public.citation, HERE) == public.citation


def test_the_text_has_a_whole_link_too() -> None:
    assert LINK in whole_citation(a_published().citation, HERE).text
