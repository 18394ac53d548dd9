"""The starter catalogue in the archive: loads whole or not at all, and says only what is so."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

import clauselight.knowledge.catalogue as catalogue_files
from clauselight import __version__
from clauselight.contract.curation import ProvisionDraft
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.vocabulary import Confidence, EvidenceBasis, HashBasis, Severity
from clauselight.curation.acts import edit_provision, retire_provision
from clauselight.curation.changes import Actor
from clauselight.importers.catalogue import CatalogueRefused, catalogue_is_loaded, load_catalogue
from clauselight.knowledge.catalogue import known_documents
from clauselight.knowledge.files import KnowledgeBroken, data_folder
from clauselight.store.documents import all_documents
from clauselight.store.engine import write_alone
from clauselight.store.provision_state import stored_provision
from clauselight.store.provisions import live_provisions
from clauselight.store.snapshots import get_snapshot
from clauselight.store.tables import metadata

DEMO = ("CL-D-000001", "CL-D-000002")
REPORTED = {
    "CL-P-000001": ("CL-D-000003", Severity.HIGH, "c1bbcbcc"),
    "CL-P-000002": ("CL-D-000004", Severity.MEDIUM, "759b50c1"),
    "CL-P-000003": ("CL-D-000005", Severity.MEDIUM, "33f445f4"),
    "CL-P-000004": ("CL-D-000006", Severity.HIGH, "ac60ef26"),
}
"""Document, severity that the latest change record ends with, start of the SHA-256 as reported."""

WITHOUT_QUOTE = "CL-P-000004"


async def rows(engine: AsyncEngine, *, without: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """Everything in the archive but the documents' revisions, which count how often they were written."""
    async with engine.connect() as connection:
        return {
            name: sorted(
                tuple(map(repr, row))
                for row in await connection.execute(sa.select(*(c for c in table.c if c.name != "revision")))
            )
            for name, table in metadata.tables.items()
            if name not in without
        }


@pytest.fixture
async def records(archive: AsyncEngine) -> dict[str, ProvisionRecord]:
    async with archive.connect() as connection:
        return {record.id: record for record in await live_provisions(connection)}


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packaged data that the real reader reads instead, to break files in."""
    folder = Path(shutil.copytree(str(data_folder()), tmp_path / "knowledge"))
    monkeypatch.setattr(catalogue_files, "data_folder", lambda: folder)
    return folder


def rewrite(file: Path, pattern: str, replacement: str) -> None:
    """Replace the one place in a file that a pattern fits."""
    text, times = re.subn(pattern, replacement, file.read_text("utf-8"), count=1, flags=re.MULTILINE)
    assert times == 1, pattern
    file.write_text(text, "utf-8")


# --- loading ---


async def test_loading_twice_changes_nothing(archive: AsyncEngine, today: dt.date) -> None:
    before = await rows(archive, without=("note",))
    report = await load_catalogue(archive, version=__version__, today=today)
    assert await rows(archive, without=("note",)) == before
    assert report.documents == len(before["document"])
    assert report.provisions == len(before["provision"])


async def test_loading_again_undoes_nothing_that_people_decided(archive: AsyncEngine, today: dt.date) -> None:
    actor = Actor("Mo (token 1)", dt.datetime.now(dt.UTC))
    async with archive.begin() as connection:
        await write_alone(connection)
        await retire_provision(connection, "CL-P-000001", "It is for businesses.", actor, None)
        draft = ProvisionDraft(clause_type="data-sale", severity=Severity.LOW)
        await edit_provision(connection, "CL-P-000002", draft, actor, None)
    await load_catalogue(archive, version="another", today=today)
    async with archive.connect() as connection:
        retired = await stored_provision(connection, "CL-P-000001")
        edited = await stored_provision(connection, "CL-P-000002")
    assert retired is not None
    assert not retired.live
    assert edited is not None
    assert edited.record.severity is Severity.LOW


async def test_a_load_is_remembered_by_version(archive: AsyncEngine, empty_archive: AsyncEngine) -> None:
    assert await catalogue_is_loaded(archive, __version__)
    assert not await catalogue_is_loaded(archive, "99.0.0")
    assert not await catalogue_is_loaded(empty_archive, __version__)


async def test_progress_is_told_up_to_the_end(empty_archive: AsyncEngine, today: dt.date) -> None:
    told: list[tuple[str, int, int]] = []
    await load_catalogue(empty_archive, version="1", today=today, progress=lambda *step: told.append(step))
    for what in ("documents", "provisions"):
        steps = [(done, total) for name, done, total in told if name == what]
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1] > 0


async def test_broken_records_are_refused_with_every_rule_and_nothing_is_loaded(
    own_data: Path, empty_archive: AsyncEngine, today: dt.date
) -> None:
    provisions = own_data / "catalogue" / "provisions"
    rewrite(provisions / "CL-P-000005.toml", r"^last_verified = .*", "last_verified = 2035-01-01")
    rewrite(provisions / "CL-P-000005.toml", r"^severity = .*", 'severity = "low"')
    rewrite(provisions / "CL-P-000005.toml", r'^exact = "', 'exact = "Words that are on no page. ')
    rewrite(provisions / "CL-P-000020.toml", r"^first_seen = .*", "first_seen = 2026-11-10")
    rewrite(provisions / "CL-P-000001.toml", r'^document = ".*', 'document = "CL-D-000099"')
    before = await rows(empty_archive)
    with pytest.raises(CatalogueRefused) as refused:
        await load_catalogue(empty_archive, version="1", today=today)
    named = {one.record_id: {v.rule for v in one.violations} for one in refused.value.refused}
    assert set(named) == {"CL-P-000001", "CL-P-000005", "CL-P-000020"}
    assert named["CL-P-000001"] == {"document-known"}
    assert named["CL-P-000005"] == {"no-future-date", "severity-is-latest-change", "quote-in-snapshot"}
    assert {"first-seen-before-verified", "first-seen-before-last-seen"} <= named["CL-P-000020"]
    assert await rows(empty_archive) == before
    assert not await catalogue_is_loaded(empty_archive, "1")


async def test_a_later_broken_catalogue_leaves_the_earlier_one(
    own_data: Path, archive: AsyncEngine, today: dt.date
) -> None:
    rewrite(own_data / "catalogue/provisions/CL-P-000006.toml", r"^severity = .*", 'severity = "low"')
    before = await rows(archive)
    with pytest.raises(CatalogueRefused):
        await load_catalogue(archive, version="2", today=today)
    assert await rows(archive) == before


@pytest.mark.parametrize(
    ("file", "pattern", "replacement"),
    [
        ("catalogue/provisions/CL-P-000006.toml", r"^title = .*", "title = "),
        ("catalogue/provisions/CL-P-000006.toml", r'^clause_type = ".*', 'clause_type = "nothing-known"'),
        ("catalogue/provisions/CL-P-000006.toml", r"^confidence = .*", 'confidence = "certain"'),
        ("catalogue/documents.toml", r"https://about.ideogram.ai/legal/privacy", "javascript:alert(1)"),
    ],
    ids=["no TOML", "unknown clause type", "unknown word", "no https"],
)
async def test_files_that_do_not_fit_the_contract_are_named(
    own_data: Path, empty_archive: AsyncEngine, today: dt.date, file: str, pattern: str, replacement: str
) -> None:
    rewrite(own_data / file, pattern, replacement)
    before = await rows(empty_archive)
    with pytest.raises(KnowledgeBroken, match=r"CL-P-000006|documents\.toml"):
        await load_catalogue(empty_archive, version="1", today=today)
    assert await rows(empty_archive) == before


# --- what is loaded ---


def test_the_demo_has_complete_provisions_over_all_severities(records: dict[str, ProvisionRecord]) -> None:
    demo = [record for record in records.values() if record.document in DEMO]
    complete = [
        record
        for record in demo
        if record.quote is not None
        and record.agencies
        and record.regulations
        and (record.actions or record.severity in (Severity.PROTECTIVE, Severity.LOW))
        and record.provenance.hash_verified
        and record.provenance.quote_verified
    ]
    assert len(complete) >= 18
    assert {record.severity for record in complete} == set(Severity)
    assert min(Counter(record.severity for record in demo).values()) >= 2


async def test_demo_hashes_are_those_of_the_stored_bytes(
    archive: AsyncEngine, records: dict[str, ProvisionRecord]
) -> None:
    pages = {
        "CL-D-000001": (data_folder() / "demo" / "privacy.html").read_bytes(),
        "CL-D-000002": (data_folder() / "demo" / "terms.html").read_bytes(),
    }
    async with archive.connect() as connection:
        for record in records.values():
            if record.document not in pages:
                continue
            assert record.provenance.snapshot_stored
            assert record.provenance.sha256_basis is HashBasis.COMPUTED
            assert record.provenance.sha256 == hashlib.sha256(pages[record.document]).hexdigest()
            held = await get_snapshot(connection, record.provenance.sha256)
            assert held is not None
            assert held.body == pages[record.document]
            assert held.document_id == record.document


@pytest.mark.parametrize("identity", REPORTED)
def test_reported_records_are_honest(records: dict[str, ProvisionRecord], identity: str) -> None:
    record = records[identity]
    document, severity, hash_start = REPORTED[identity]
    given = record.provenance
    assert record.document == document
    assert record.severity is severity is record.history.changes[-1].severity_to
    assert given.reported_by == "ConductAtlas"
    assert given.reported_url is not None
    assert given.sha256 is not None
    assert given.sha256.startswith(hash_start)
    assert given.sha256_basis is HashBasis.REPORTED
    assert not (given.snapshot_stored or given.hash_verified or given.quote_verified or given.change_verified)
    assert record.history.first_seen <= record.history.last_verified
    for listed in (record.regulations, record.agencies):
        assert len({item.id for item in listed}) == len(listed)


def test_the_record_without_a_quote_claims_no_explicit_language(records: dict[str, ProvisionRecord]) -> None:
    record = records[WITHOUT_QUOTE]
    assert record.quote is None
    assert record.evidence_basis is EvidenceBasis.INFERRED
    assert record.confidence is Confidence.LOW
    # It was raised in a change record; the label follows.
    assert record.history.changes[-1].severity_from is Severity.MEDIUM
    assert all(records[other].quote is not None for other in REPORTED if other != WITHOUT_QUOTE)


async def test_documents_that_were_read_are_marked_and_others_are_not(
    archive: AsyncEngine, records: dict[str, ProvisionRecord]
) -> None:
    async with archive.connect() as connection:
        documents = await all_documents(connection)
    read = {document.id for document in documents if document.analysed_at is not None}
    assert read == {record.document for record in records.values()}
    assert len(documents) - len(read) == sum(1 for _ in known_documents())


async def test_known_documents_are_many_and_have_distinct_ids(archive: AsyncEngine) -> None:
    async with archive.connect() as connection:
        documents = await all_documents(connection)
    assert len({document.id for document in documents}) == len(documents)
    assert len({url for document in documents for url in document.urls}) >= 2_300
