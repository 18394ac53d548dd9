"""The knowledge files are data that people rely on, so they are checked like code.

The loader checks shapes when the package starts; these tests check what a shape cannot say:
that references lead somewhere, that links are safe, that every clause type is explained on
its own terms and not with a sentence borrowed from its neighbour.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import clauselight
from clauselight.knowledge.places import expand

DATA = Path(clauselight.__file__).parent / "knowledge" / "data"
TYPE_FILES = sorted((DATA / "clause_types").glob("*.toml"))

SEVERITIES = {"critical", "high", "medium", "low", "protective"}
ACTION_KINDS = {"delete", "opt_out", "object", "access", "contact", "complain", "change_setting"}
EFFECTS = {"ends", "limits", "informs"}
CATEGORIES = {
    "ai", "collection", "tracking", "sharing", "retention-security", "rights",
    "content", "account", "terms", "liability", "disputes", "payment",
}  # fmt: skip
JURISDICTION = re.compile(r"^(worldwide|[A-Z]{2,3}(-[A-Z]{2})?)$")
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
PLACEHOLDERS = {"entity", "document", "clause"}

TYPE_TEXTS = (
    "title", "severity_reason", "definition", "what_it_is", "how_it_affects_you",
    "why_it_matters", "not_a_problem_when",
)  # fmt: skip
INSTITUTIONAL_TEXTS = (
    "regulatory_landscape", "governance_exposure", "vendor_implications",
    "compliance_considerations",
)  # fmt: skip
TYPE_KEYS = {
    "id", "category", "severity", "raises", "lowers", "highlight", "actions", "agencies",
    "regulations", "institutional", *TYPE_TEXTS,
}  # fmt: skip
ACTION_KEYS = {
    "kind", "title", "steps", "url", "effect", "effect_note", "jurisdictions", "minutes", "letter",
}  # fmt: skip

# A sentence this long in two clause types is boilerplate, not coincidence. Shorter ones
# ("Keep a copy of your request.") are ordinary language.
BOILERPLATE_WORDS = 12
# Below this an "explanation" is a label; found by reading the shortest texts we were happy with.
MIN_EXPLANATION_WORDS = 20


def load(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def strings(value: object) -> Iterator[str]:
    """Every string inside a parsed TOML value, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def sentences(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.?;:])\s+|\n+", text):
        yield " ".join(re.findall(r"[\w'§()-]+", sentence.lower()))


REGULATIONS = load(DATA / "regulations.toml")["regulation"]
AGENCIES = load(DATA / "agencies.toml")["agency"]
CATEGORY_ROWS = load(DATA / "categories.toml")["category"]
TYPES = {path.stem: load(path) for path in TYPE_FILES}
REGULATION_IDS = {row["id"] for row in REGULATIONS}
AGENCY_IDS = {row["id"] for row in AGENCIES}

each_type = pytest.mark.parametrize("type_id", sorted(TYPES))


def test_all_sixty_nine_clause_types_are_explained() -> None:
    assert len(TYPES) == 69


def test_every_category_is_there_once_and_has_clause_types() -> None:
    assert sorted(row["id"] for row in CATEGORY_ROWS) == sorted(CATEGORIES)
    assert {data["category"] for data in TYPES.values()} == CATEGORIES
    assert all(row["title"].strip() and row["about"].strip() for row in CATEGORY_ROWS)


@pytest.mark.parametrize("rows", [REGULATIONS, AGENCIES], ids=["regulations", "agencies"])
def test_nothing_is_listed_twice(rows: list[dict[str, Any]]) -> None:
    for key in ("id", "name"):
        repeated = [name for name, n in Counter(row[key] for row in rows).items() if n > 1]
        assert not repeated


def test_every_regulation_is_complete() -> None:
    for row in REGULATIONS:
        assert set(row) == {"id", "name", "short_name", "jurisdiction", "url", "about", "source"}
        assert all(value.strip() for value in row.values()), row["id"]
        assert SLUG.match(row["id"]), row["id"]
        assert JURISDICTION.match(row["jurisdiction"]), row["id"]


def test_every_agency_is_complete() -> None:
    for row in AGENCIES:
        assert set(row) == {"id", "name", "jurisdiction", "url", "complaint_url", "role"}
        assert all(value.strip() for value in row.values()), row["id"]
        assert SLUG.match(row["id"]), row["id"]
        assert JURISDICTION.match(row["jurisdiction"]), row["id"]


def test_every_regulation_and_agency_is_used() -> None:
    used_regulations = {r["id"] for data in TYPES.values() for r in data["regulations"]}
    groups = load(DATA / "places.toml")["group"]
    used_regulations |= {
        law for group in groups for one in (group, *group["members"]) for law in one.get("laws", [])
    }
    used_agencies = {a["id"] for data in TYPES.values() for a in data["agencies"]}
    assert REGULATION_IDS - used_regulations == set()
    assert AGENCY_IDS - used_agencies == set()


def test_every_link_is_https_and_without_spaces() -> None:
    tables = [REGULATIONS, AGENCIES, list(TYPES.values())]
    for text in strings(tables):
        for link in re.findall(r"\b\w+://\S*", text):
            assert link.startswith("https://"), link
    fields = [row[key] for row in AGENCIES for key in ("url", "complaint_url")]
    fields += [row[key] for row in REGULATIONS for key in ("url", "source")]
    fields += [a["url"] for data in TYPES.values() for a in data["actions"] if "url" in a]
    for link in fields:
        assert re.fullmatch(r"https://[^\s<>\"']+", link), link


@each_type
def test_clause_type_is_complete(type_id: str) -> None:
    data = TYPES[type_id]
    assert set(data) == TYPE_KEYS
    assert data["id"] == type_id
    assert SLUG.match(type_id)
    assert data["category"] in CATEGORIES
    assert data["severity"] in SEVERITIES
    assert isinstance(data["highlight"], bool)
    assert data["raises"] and data["lowers"]
    for field in TYPE_TEXTS:
        assert data[field].strip(), field
    for field in ("what_it_is", "how_it_affects_you", "why_it_matters", "not_a_problem_when"):
        assert len(data[field].split()) >= MIN_EXPLANATION_WORDS, field
    assert data["actions"] and data["agencies"] and data["regulations"]
    institutional = data["institutional"]
    assert set(institutional) == {*INSTITUTIONAL_TEXTS, "jurisdiction_flags"}
    for field in INSTITUTIONAL_TEXTS:
        assert institutional[field].strip(), field


@each_type
def test_actions_are_usable(type_id: str) -> None:
    data = TYPES[type_id]
    titles = [action["title"] for action in data["actions"]]
    assert len(titles) == len(set(titles))
    if data["severity"] in {"critical", "high", "medium"}:
        assert 2 <= len(titles) <= 4
    for action in data["actions"]:
        assert set(action) <= ACTION_KEYS
        assert action["kind"] in ACTION_KINDS
        assert action["effect"] in EFFECTS
        assert action["effect_note"].strip()
        assert action["steps"] and all(step.strip() for step in action["steps"])
        assert action["jurisdictions"]
        assert len(set(action["jurisdictions"])) == len(action["jurisdictions"])
        assert all(JURISDICTION.match(code) for code in expand(action["jurisdictions"]))
        assert 1 <= action.get("minutes", 1) <= 120
        letter = action.get("letter")
        if letter is not None:
            assert set(letter) == {"subject", "body"}
            used = set(re.findall(r"{(\w*)}", letter["subject"] + letter["body"]))
            assert used <= PLACEHOLDERS
            assert "entity" in used, "a letter names whom it is written to"


@each_type
def test_references_lead_somewhere(type_id: str) -> None:
    data = TYPES[type_id]
    agencies = [row["id"] for row in data["agencies"]]
    regulations = [row["id"] for row in data["regulations"]]
    assert set(agencies) <= AGENCY_IDS
    assert set(regulations) <= REGULATION_IDS
    assert len(agencies) == len(set(agencies))
    assert len(regulations) == len(set(regulations))
    for row in data["regulations"]:
        assert set(row) == {"id", "articles", "why"}
        assert row["articles"] and len(set(row["articles"])) == len(row["articles"])
        assert row["why"].strip()
    for row in data["agencies"]:
        assert set(row) == {"id", "why"}
        assert row["why"].strip()
    flags = data["institutional"]["jurisdiction_flags"]
    codes = [flag.split(":")[0] for flag in flags]
    assert flags and len(codes) == len(set(codes))
    assert all(JURISDICTION.match(code) for code in codes)


@each_type
def test_texts_keep_the_house_style(type_id: str) -> None:
    for text in strings(TYPES[type_id]):
        assert text == text.strip()
        assert "!" not in text
        assert not re.search(r"[‘’“”<>]", text), text
        assert not re.search(r"[^\n] {2,}", text), text


def test_no_long_sentence_serves_two_clause_types() -> None:
    seen: dict[str, str] = {}
    shared = []
    for type_id, data in TYPES.items():
        own = {s for text in strings(data) for s in sentences(text)}
        for sentence in own:
            if len(sentence.split()) < BOILERPLATE_WORDS:
                continue
            if sentence in seen:
                shared.append((seen[sentence], type_id, sentence))
            seen.setdefault(sentence, type_id)
    assert not shared
