"""A record as a PDF to print, file or send: A4, numbered, with an outline, links and the font it needs.

Made with fpdf2. The font lies beside this file, since the fonts that every PDF reader has know no "š". What
it does not know either (Chinese, Arabic ...) is shown as a box, and the page says so. Headings are marked as
such in the structure; fpdf2 has no tags for paragraphs and lists (2.8).
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any, Final

from fontTools.ttLib import TTFont
from fpdf import FPDF, XPos, YPos

from clauselight.contract.provision import Provision
from clauselight.contract.vocabulary import Method, Severity

from .citation_file import whole_address, whole_citation

_FONTS: Final = Path(__file__).parent / "fonts"
_FAMILY: Final = "DejaVu"
_STYLES: Final = {"": "regular", "B": "bold", "I": "italic"}

_LONGEST: Final = 6_000
"""Characters of one text that are printed: two pages. The permalink has the rest."""

_MOST: Final = 20
"""Items of one list that are printed."""

_TEXT: Final = (27, 29, 34)
_QUIET: Final = (85, 91, 102)
_LINE: Final = (211, 215, 223)
_LINK: Final = (51, 69, 184)
_COLOURS: Final = {
    Severity.CRITICAL: (168, 18, 58),
    Severity.HIGH: (163, 66, 0),
    Severity.MEDIUM: (117, 86, 0),
    Severity.LOW: (31, 84, 168),
    Severity.PROTECTIVE: (17, 105, 61),
}
_BOX: Final = "□"


class _Sheet(FPDF):
    """A4 with a foot on every page."""

    def __init__(self, record: Provision, link: str) -> None:
        super().__init__(format="A4")
        for style, name in _STYLES.items():
            self.add_font(_FAMILY, style, _FONTS / f"dejavu-sans-{name}.ttf")
        self.set_margins(22, 20, 22)
        self.set_auto_page_break(True, margin=24)
        self.foot = f"{record.id} · {link}"
        self.missing = False

    def footer(self) -> None:
        """The record's address and the page's number."""
        self.set_y(-16)
        self.set_font(_FAMILY, "", 7.5)
        self.set_text_color(*_QUIET)
        self.cell(0, 5, _fitting(self.foot, 85), align="L", new_x=XPos.LMARGIN, new_y=YPos.TOP)
        self.cell(0, 5, f"Page {self.page_no()} of {{nb}}", align="R")

    def known(self, text: str) -> str:
        """A text in characters that the font has; long ones are cut."""
        if len(text) > _LONGEST:
            text = text[:_LONGEST].rstrip() + " …"
        shown = "".join(
            one if ord(one) in _characters() or one == "\n" else ("" if one < " " else _BOX) for one in text
        )
        self.missing = self.missing or _BOX in shown
        return shown

    def title_line(self, text: str) -> None:
        """The first heading."""
        self.set_font(_FAMILY, "B", 18)
        self.start_section(self.known(_fitting(text, 120)))
        self._write(text, 8.5)

    def heading(self, text: str, level: int = 1) -> None:
        """A heading, in the outline too; never alone at the foot of a page."""
        if self.will_page_break(26):
            self.add_page()
        self.ln(4 if level == 1 else 2)
        self.set_font(_FAMILY, "B", 12.5 if level == 1 else 10)
        self.set_text_color(*_TEXT)
        self.start_section(self.known(_fitting(text, 120)), level=level)
        self._write(text, 6.5 if level == 1 else 5.5)
        self.ln(0.8)

    def paragraph(self, text: str, *, quiet: bool = False, style: str = "", link: str = "") -> None:
        """A paragraph; `link` makes it one."""
        self.set_font(_FAMILY, style, 8.5 if quiet else 10)
        self.set_text_color(*(_LINK if link else _QUIET if quiet else _TEXT))
        self._write(text, 4.6 if quiet else 5.4, link=link)
        self.ln(1.4)

    def quoted(self, text: str) -> None:
        """The document's own words, set apart by a line at their left."""
        self.set_font(_FAMILY, "I", 10)
        self.set_text_color(*_TEXT)
        top, page = self.get_y(), self.page
        self.set_left_margin(28)
        self.set_x(28)
        self._write(f"“{text}”", 5.4)
        self.set_left_margin(22)
        if self.page == page:
            self.set_draw_color(*_LINE)
            self.set_line_width(0.8)
            self.line(24, top, 24, self.get_y())
        self.ln(1.6)

    def item(self, text: str, mark: str = "•") -> None:
        """A list's item."""
        self.set_font(_FAMILY, "", 10)
        self.set_text_color(*_TEXT)
        self.cell(6, 5.4, mark)
        self.set_left_margin(28)
        self._write(text, 5.4)
        self.set_left_margin(22)
        self.ln(0.6)

    def _write(self, text: str, height: float, *, link: str = "") -> None:
        self.multi_cell(
            0, height, self.known(text), align="L", link=link, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )


def record_pdf(record: Provision, origin: str) -> bytes:
    """A record as PDF; `origin` as in `citation_file`."""
    link = whole_address(record.permalink, origin)
    sheet = _Sheet(record, link)
    sheet.set_lang("en")
    sheet.set_title(sheet.known(f"{record.title} ({record.document.title})"))
    sheet.set_author("Clauselight")
    sheet.set_subject(f"Provision {record.id}")
    sheet.set_creator("Clauselight")
    # Of the record and not of the clock: the same record gives the same file.
    sheet.set_creation_date(dt.datetime.combine(record.history.last_verified, dt.time(), tzinfo=dt.UTC))
    sheet.add_page()
    _head(sheet, record, link)
    _explanation(sheet, record)
    _actions(sheet, record)
    _context(sheet, record)
    _institutions(sheet, record)
    _evidence(sheet, record)
    sheet.heading("Cite")
    sheet.paragraph(whole_citation(record.citation, origin).text)
    if sheet.missing:
        sheet.paragraph(
            f"Characters that the font lacks are shown as {_BOX}; the page at the address above has them.",
            quiet=True,
        )
    return bytes(sheet.output())


def _head(sheet: _Sheet, record: Provision, link: str) -> None:
    sheet.paragraph(f"{record.entity.name} · {record.document.title}", quiet=True)
    sheet.set_text_color(*_TEXT)
    sheet.title_line(record.title)
    sheet.ln(1)
    sheet.set_font(_FAMILY, "B", 10)
    sheet.set_text_color(*_COLOURS[record.severity])
    grave = "" if record.severity is Severity.PROTECTIVE else " severity"
    sheet.cell(0, 6, f"{record.severity.value.capitalize()}{grave}", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    by = "a person" if record.method is Method.CURATED else f"the classifier ({record.method_version})"
    sheet.paragraph(
        f"{record.clause_type.title}. Labelled by {by}, confidence {record.confidence.value}. "
        f"First seen {record.history.first_seen}, last verified {record.history.last_verified}.",
        quiet=True,
    )
    sheet.paragraph(link, quiet=True, link=link)


def _explanation(sheet: _Sheet, record: Provision) -> None:
    told = record.explanation
    for name, text in (
        ("What it is", told.what_it_is),
        ("How it affects you", told.how_it_affects_you),
        ("Why it matters", told.why_it_matters),
    ):
        sheet.heading(name)
        sheet.paragraph(text)
    if told.interpretive_note:
        sheet.paragraph(told.interpretive_note, quiet=True)
    sheet.heading("The original words")
    if record.quote is None:
        sheet.paragraph("No words are quoted: the label is about the whole document.")
    else:
        sheet.quoted(record.quote.selector.exact)
    sheet.paragraph(record.source, quiet=True, link=record.source)


def _actions(sheet: _Sheet, record: Provision) -> None:
    sheet.heading("What you can do")
    if not record.actions:
        sheet.paragraph("Nothing in particular is known to help against this clause.")
    for action in record.actions[:_MOST]:
        sheet.heading(action.title, level=2)
        for place, step in enumerate(action.steps, 1):
            sheet.item(step, f"{place}.")
        if action.url:
            sheet.paragraph(action.url, link=action.url)
        if action.email:
            sheet.paragraph(f"Write to {action.email}", link=f"mailto:{action.email}")
        if action.effect_note:
            sheet.paragraph(action.effect_note, quiet=True)
        if action.letter:
            sheet.paragraph(f"Ready letter: {action.letter.subject}", style="B")
            sheet.paragraph(action.letter.body.strip(), quiet=True)


def _context(sheet: _Sheet, record: Provision) -> None:
    shown = record.context
    sheet.heading("How others handle it")
    sheet.paragraph(
        f"{shown.prevalence.entities_with} of {shown.prevalence.entities_tracked} organisations with a "
        "document read here have a clause of this type."
    )
    for example in shown.examples:
        sheet.quoted(example.quote)
        sheet.paragraph(f"{example.entity}, {example.document} ({example.severity.value})", quiet=True)


def _institutions(sheet: _Sheet, record: Provision) -> None:
    if record.agencies:
        sheet.heading("Who can help")
        for agency in record.agencies[:_MOST]:
            sheet.item(f"{agency.name}: {agency.why}")
            sheet.paragraph(agency.complaint_url, quiet=True, link=agency.complaint_url)
    if record.regulations:
        sheet.heading("Laws that bear on it")
        for law in record.regulations[:_MOST]:
            articles = f" ({', '.join(law.articles)})" if law.articles else ""
            sheet.item(f"{law.name}{articles}{': ' + law.why if law.why else ''}")
            sheet.paragraph(law.url, quiet=True, link=law.url)
    sheet.heading("For organisations")
    told = record.institutional
    for name, text in (
        ("Regulatory landscape", told.regulatory_landscape),
        ("Governance exposure", told.governance_exposure),
        ("What it means for vendors", told.vendor_implications),
        ("Compliance considerations", told.compliance_considerations),
    ):
        sheet.heading(name, level=2)
        sheet.paragraph(text)
    for flag in told.jurisdiction_flags[:_MOST]:
        sheet.item(flag)


def _evidence(sheet: _Sheet, record: Provision) -> None:
    sheet.heading("History")
    for change in record.history.changes[-_MOST:]:
        sheet.item(f"{change.date}: {change.summary} ({change.severity_to.value})")
    proof = record.provenance
    sheet.heading("Evidence")
    yes = {True: "yes", False: "no"}
    sheet.item(f"Snapshot held here: {yes[proof.snapshot_stored]}")
    sheet.item(f"Hash computed from the stored bytes: {yes[proof.hash_verified]}")
    sheet.item(f"Quote found in the snapshot: {yes[proof.quote_verified]}")
    if proof.captured_at:
        sheet.item(f"Captured {proof.captured_at:%Y-%m-%d %H:%M} UTC")
    if proof.sha256:
        sheet.item(f"SHA-256 ({proof.sha256_basis}): {proof.sha256}")
    if proof.note:
        sheet.paragraph(proof.note, quiet=True)
    counts = record.disputes
    sheet.paragraph(
        f"Reports that the label is wrong: {counts.open} open, {counts.upheld} upheld, {counts.rejected} "
        "rejected.",
        quiet=True,
    )


@cache
def _characters() -> frozenset[int]:
    """Characters that every style of the font has."""
    sets: list[set[Any]] = []
    for name in _STYLES.values():
        with TTFont(_FONTS / f"dejavu-sans-{name}.ttf", lazy=True) as font:
            sets.append(set(font.getBestCmap()))
    return frozenset(set.intersection(*sets))


def _fitting(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
