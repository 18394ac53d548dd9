"""The starter catalogue's files: every quote stands on its page once, and every record keeps the rules.

The text of the demo pages is extracted here anew, in a few lines of lxml, so that a fault in the
product's own extractor cannot hide a wrong quote.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from lxml import etree

import clauselight

PACKAGE = Path(clauselight.__file__).parent
DATA = PACKAGE / "knowledge" / "data"
FILES = sorted((DATA / "catalogue" / "provisions").glob("*.toml"))
PAGES = {"privacy": DATA / "demo" / "privacy.html", "terms": DATA / "demo" / "terms.html"}

REPORTED = {"CL-P-000001", "CL-P-000002", "CL-P-000003", "CL-P-000004"}
DEMO_DOCUMENTS = {"CL-D-000001": "privacy", "CL-D-000002": "terms"}
WANTED_SEVERITIES = {"critical": 2, "high": 5, "medium": 5, "low": 3, "protective": 3}

# Elements that begin and end a line for a reader, so that words on both sides are apart.
BLOCKS = frozenset(
    {
        *("address", "aside", "blockquote", "body", "br", "caption", "details", "div", "footer"),
        *("h1", "h2", "h3", "h4", "header", "html", "main", "nav", "p", "section", "summary"),
        *("dd", "dl", "dt", "li", "ol", "ul", "table", "tbody", "td", "th", "thead", "tr"),
    }
)
UNREAD = frozenset({"head", "script", "style"})
SOFT_HYPHEN = "\N{SOFT HYPHEN}"

LAYOUTS = {
    "table cell": ("CL-P-000006", "ancestor-or-self::td"),
    "third list level": ("CL-P-000007", "ancestor-or-self::li/ancestor::li/ancestor::li"),
    "closed section in a closed section": (
        "CL-P-000009",
        "ancestor::details[not(@open)]/ancestor::details[not(@open)]",
    ),
    "hidden until found": ("CL-P-000012", "ancestor::*[@hidden='until-found']"),
    "definition list": ("CL-P-000014", "ancestor-or-self::dd"),
    "broken over links and emphasis": ("CL-P-000005", "self::*[a and em and strong/span and span/a]"),
    "broken over lines": ("CL-P-000018", "self::*[br and em and a]"),
    "numbered by the renderer": ("CL-P-000020", "ancestor-or-self::li/parent::ol/ancestor::ol/ancestor::ol"),
}


def load(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


RECORDS = {record["id"]: record for record in map(load, FILES)}
DOCUMENTS = {entry["id"]: entry for entry in load(DATA / "catalogue" / "documents.toml")["document"]}
DEMO = {key: record for key, record in RECORDS.items() if record["document"] in DEMO_DOCUMENTS}
QUOTED = sorted(key for key, record in DEMO.items() if "quote" in record)


@cache
def tree(page: str) -> Any:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True)
    return etree.fromstring(PAGES[page].read_bytes(), parser)


def visible_text(element: Any) -> str:
    """All text nodes in document order, blocks apart, white space collapsed, soft hyphens gone."""
    pieces: list[str] = []

    def walk(node: Any) -> None:
        if node.tag in UNREAD:
            return
        edge = " " if node.tag in BLOCKS else ""
        pieces.append(edge + (node.text or ""))
        for child in node:
            walk(child)
            pieces.append(child.tail or "")
        pieces.append(edge)

    walk(element)
    return " ".join("".join(pieces).replace(SOFT_HYPHEN, "").split())


@cache
def page_text(page: str) -> str:
    return visible_text(tree(page))


def collapse(text: str) -> str:
    return " ".join(text.split())


def smallest_with(page: str, words: str) -> Any:
    """The innermost element that holds all of `words`."""
    holders = [node for node in tree(page).iter(etree.Element) if words in visible_text(node)]
    return holders[-1]


# --- quotes ---


@pytest.mark.parametrize("key", QUOTED)
def test_quote_stands_on_its_page_exactly_once(key: str) -> None:
    quote, text = DEMO[key]["quote"], page_text(DEMO_DOCUMENTS[DEMO[key]["document"]])
    assert quote["exact"] == collapse(quote["exact"])
    assert text.count(quote["exact"]) == 1
    # Prefix and suffix are what stands before and after, in this very place.
    start = text.index(quote["exact"])
    assert text[:start].rstrip().endswith(collapse(quote["prefix"]))
    assert text[start + len(quote["exact"]) :].lstrip().startswith(collapse(quote["suffix"]))
    assert 15 <= len(quote["prefix"]) <= 40
    assert 15 <= len(quote["suffix"]) <= 40


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_quote_stands_in_every_messy_layout(layout: str) -> None:
    key, path = LAYOUTS[layout]
    holder = smallest_with(DEMO_DOCUMENTS[DEMO[key]["document"]], DEMO[key]["quote"]["exact"])
    assert holder.xpath(path), f"{key} is not in a {layout}"


def test_quotes_carry_the_typography_of_real_pages() -> None:
    words = " ".join(DEMO[key]["quote"]["exact"] for key in QUOTED)
    for sign in "\N{LEFT DOUBLE QUOTATION MARK}’—–›€\N{NON-BREAKING HYPHEN}":
        assert sign in words, f"no quote has {sign!r}"
    assert any(re.search(r"[a-z]\. [A-Z]", DEMO[key]["quote"]["exact"]) for key in QUOTED), "two sentences"
    raw = PAGES["privacy"].read_text(encoding="utf-8")
    assert "&shy;" in raw
    assert "&nbsp;" in raw


def test_quotes_do_not_overlap() -> None:
    for page in PAGES:
        text = page_text(page)
        quotes = [
            DEMO[key]["quote"]["exact"] for key in QUOTED if DEMO_DOCUMENTS[DEMO[key]["document"]] == page
        ]
        spans = sorted((text.index(quote), text.index(quote) + len(quote)) for quote in quotes)
        assert all(left[1] < right[0] for left, right in pairwise(spans))


# --- records ---


def test_ids_and_slugs_are_unique_and_files_are_named_after_their_record() -> None:
    assert len(RECORDS) == len(FILES)
    assert [path.stem for path in FILES] == [load(path)["id"] for path in FILES]
    assert len({record["slug"] for record in RECORDS.values()}) == len(RECORDS)
    assert {record["document"] for record in RECORDS.values()} == set(DOCUMENTS)


def test_demo_provisions_cover_all_severities() -> None:
    assert len(DEMO) >= 20
    counted = Counter(record["severity"] for record in DEMO.values())
    assert all(counted[severity] >= least for severity, least in WANTED_SEVERITIES.items()), counted
    assert {record["document"] for record in DEMO.values()} == set(DEMO_DOCUMENTS)
    assert any("quote" not in record for record in DEMO.values())


@pytest.mark.parametrize("key", sorted(RECORDS))
def test_record_keeps_the_rules(key: str) -> None:
    record = RECORDS[key]
    history, changes = record["history"], record["history"]["changes"]
    assert changes[0]["kind"] == "added"
    assert changes[-1]["severity_to"] == record["severity"]
    for before, after in pairwise(changes):
        assert before["date"] <= after["date"]
        assert after["severity_from"] == before["severity_to"]
    assert history["first_seen"] == changes[0]["date"]
    assert history["first_seen"] <= history["last_seen"] <= history["last_verified"]
    today = dt.datetime.now(dt.UTC)
    assert record["provenance"]["captured_at"] <= record["provenance"]["analysed_at"] <= today
    assert all(day <= today.date() for day in [history["last_verified"], *(c["date"] for c in changes)])
    if "quote" not in record:
        assert record["evidence_basis"] == "inferred_from_context"
        assert record["explanation"]["interpretive_note"]
    for listed, entry_key in (("agencies", "agency"), ("regulations", "regulation")):
        known = {entry["id"] for entry in load(DATA / f"{listed}.toml")[entry_key]}
        ids = [entry["id"] for entry in record[listed]]
        assert ids
        assert len(ids) == len(set(ids))
        assert set(ids) <= known


@pytest.mark.parametrize("key", sorted(RECORDS))
def test_record_tells_people_what_to_do(key: str) -> None:
    record = RECORDS[key]
    assert all(
        len(record["explanation"][part].split()) >= 15 for part in ("what_it_is", "how_it_affects_you")
    )
    assert len(record["actions"]) >= 2
    for action in record["actions"]:
        assert action["steps"] or "url" in action
        assert action["effect_note"]
        assert action.get("url", "https://").startswith("https://")
        letter = action.get("letter")
        assert (letter is None) or "email" in action or "url" in action
        if letter:
            assert set(re.findall(r"\{(\w*)\}", letter["subject"] + letter["body"])) == {"name"}
    assert any("letter" in action for action in record["actions"])
    if key in DEMO:
        own = [a for a in record["actions"] if "murmurloft" in a.get("url", "")]
        assert all(a["url"].startswith("https://www.murmurloft.example/") for a in own)


def test_no_explanation_is_used_twice() -> None:
    parts = Counter(text for record in RECORDS.values() for text in record["explanation"].values())
    assert parts.most_common(1)[0][1] == 1


@pytest.mark.parametrize("key", sorted(REPORTED))
def test_reported_records_claim_no_more_than_was_reported(key: str) -> None:
    provenance = RECORDS[key]["provenance"]
    assert provenance["sha256_basis"] == "reported"
    assert provenance["reported_by"] == "ConductAtlas"
    assert "snapshot is not held here" in provenance["note"]
    assert "not verified" in provenance["note"]
    assert provenance["source_url"] in DOCUMENTS[RECORDS[key]["document"]]["urls"]
    assert "snapshot" not in DOCUMENTS[RECORDS[key]["document"]]


def test_the_record_without_a_quote_shows_where_its_history_ends() -> None:
    leonardo = RECORDS["CL-P-000004"]
    assert "quote" not in leonardo
    assert (leonardo["severity"], leonardo["confidence"]) == ("high", "low")


def test_demo_hashes_are_left_to_the_loader() -> None:
    for record in DEMO.values():
        assert "sha256" not in record["provenance"]
        assert record["provenance"]["sha256_basis"] == "computed"


# --- pages ---


@pytest.mark.parametrize("page", PAGES)
def test_demo_page_stands_on_its_own(page: str) -> None:
    root = tree(page)
    assert PAGES[page].read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert root.get("lang") == "en"
    assert 1_800 <= len(page_text(page).split()) <= 3_000
    # The strict content security policy forbids these.
    assert not root.xpath("//script | //style | //@style | //@*[starts-with(name(), 'on')]")
    # Nothing is loaded from elsewhere; the style sheet is our own.
    assert root.xpath("//link/@href") == ["/static/demo.css"]
    assert (PACKAGE / "web" / "static" / "demo.css").is_file()
    assert not root.xpath("//img | //iframe | //@src")
    assert "Murmurloft does not exist." in page_text(page)


@pytest.mark.parametrize("page", PAGES)
def test_demo_page_links_lead_somewhere(page: str) -> None:
    ids = {name: set(tree(name).xpath("//@id")) for name in PAGES}
    assert len(tree(page).xpath("//@id")) == len(ids[page])
    for link in tree(page).xpath("//a/@href"):
        target, fragment = urldefrag(link)
        if target.startswith("mailto:"):
            assert target.endswith("@murmurloft.example")
            continue
        assert target in {"", "/", "/demo/", *PAGES}
        assert not fragment or fragment in ids[target or page]


@pytest.mark.parametrize("page", PAGES)
def test_demo_page_is_as_messy_as_real_ones(page: str) -> None:
    root = tree(page)
    for path in (
        "//header//nav", "//section[@aria-label='Cookie notice']", "//nav[@aria-label='On this page']",
        "//li//li", "//table[count(thead/tr/th) >= 4]", "//details//details",
        "//*[@hidden='until-found']", "//dl", "//footer",
    ):  # fmt: skip
        assert root.xpath(path), path
