"""PDFs read back: pages, text, links, outline, fonts; whatever the record holds."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from clauselight.exporters.pdf import record_pdf
from published_records import AWKWARD, a_published

HERE = "http://127.0.0.1:8787"


def read(body: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(body))


def text_of(reader: PdfReader) -> str:
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


def test_the_record_is_in_it() -> None:
    record = a_published(title=AWKWARD)
    reader = read(record_pdf(record, HERE))
    text = text_of(reader)
    for expected in (
        "Łódź & Søn’s",
        "€",
        "We sell your data to anybody who asks.",
        "What you can do",
        "3 of 10 organisations",
        "We trade what we know about you.",
        "Regulatory landscape",
        "First seen.",
        f"Page 1 of {len(reader.pages)}",
        record.provenance.sha256 or "",
    ):
        assert expected in text, expected
    assert reader.metadata is not None
    assert reader.metadata.title == f"{AWKWARD} (Privacy Policy 900)"
    assert reader.trailer["/Root"]["/Lang"] == "en"


def test_pages_are_a4_and_numbered() -> None:
    reader = read(record_pdf(a_published(explanation__what_it_is="Many words. " * 400), HERE))
    assert len(reader.pages) > 1
    for number, page in enumerate(reader.pages, 1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        assert f"Page {number} of {len(reader.pages)}" in page.extract_text()


def headings(outline: list[Any]) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from headings(item)
        else:
            yield item.title


def test_headings_are_an_outline_and_links_are_links() -> None:
    reader = read(record_pdf(a_published(), HERE))
    titles = list(headings(reader.outline))
    assert {"What it is", "What you can do", "Evidence", "Cite"} <= set(titles)
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    }
    assert {f"{HERE}/provisions/CL-P-000900/a-clause", "https://a.example/privacy"} <= links


def test_fonts_are_embedded_and_the_file_is_small() -> None:
    body = record_pdf(a_published(), HERE)
    assert len(body) < 100_000
    for page in read(body).pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in inner.get_object()["/FontDescriptor"]


def test_letters_that_the_font_lacks_are_boxes_and_said() -> None:
    text = text_of(read(record_pdf(a_published(quote__selector__exact="我们出售数据 to anybody"), HERE)))
    assert "□□□□□□ to anybody" in text
    assert "Characters that the font lacks" in text


@pytest.mark.parametrize(
    "hostile",
    ["\x00\x01\x1b[31m", "**bold** __under__ [link](https://evil.example)", "<b>x</b>" * 500, "w" * 19_000],
)
def test_any_text_is_only_text(hostile: str) -> None:
    body = record_pdf(a_published(explanation__what_it_is=f"Begins {hostile} ends"), HERE)
    assert "Begins" in text_of(read(body))
    assert b"evil.example" not in body
    assert len(read(body).pages) < 12


def test_the_same_record_gives_the_same_file() -> None:
    assert record_pdf(a_published(), HERE) == record_pdf(a_published(), HERE)


def test_the_worker_makes_it_in_a_process_of_its_own() -> None:
    given = f"{HERE}\n{a_published().model_dump_json(exclude_none=True)}".encode()
    made = subprocess.run(
        [sys.executable, "-m", "clauselight.exporters.pdf_worker"],
        input=given,
        capture_output=True,
        check=True,
    )
    assert made.stdout.startswith(b"%PDF-")
    assert made.stderr == b""
