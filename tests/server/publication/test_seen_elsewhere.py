"""A change that no other document shows renders no other document."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.app import site
from clauselight.contract.curation import DisputeDecision
from clauselight.contract.dispute import DisputeRequest
from clauselight.curation.changes import Actor
from clauselight.curation.decide import decide
from clauselight.publication import publisher
from clauselight.publication.files import PublicationFile, Shelf
from clauselight.publication.publisher import publish
from clauselight.settings import DEFAULT_PORT, Settings
from clauselight.store.disputes import NewDispute, announce_disputes, file_disputes
from clauselight.store.engine import write_alone
from publications import on_shelf, published

PROVISION = "CL-P-000005"
NOW = dt.datetime.now(dt.UTC)


async def disputed(engine: AsyncEngine) -> None:
    """One dispute, its count announced."""
    request = DisputeRequest.model_validate({"provision": PROVISION, "reason": "other"})
    async with engine.begin() as connection:
        await write_alone(connection)
        await file_disputes(connection, [NewDispute(request, "t", NOW)])
        assert await announce_disputes(connection, 10) == 1
        assert await announce_disputes(connection, 10) == 0, "told once"


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of all documents that are put together."""
    seen: list[str] = []
    original = publisher.compose_sets

    async def noting(connection: object, where: object, ids: list[str], *rest: object) -> object:
        seen.extend(ids)
        return await original(connection, where, ids, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(publisher, "compose_sets", noting)
    return seen


async def update(engine: AsyncEngine, file: Path) -> None:
    made = PublicationFile(file)
    try:
        await publish(engine, made, site=site(Settings(), DEFAULT_PORT), smallest_bucket=1)
    finally:
        made.close()


async def test_a_count_is_rendered_in_one_document(
    archive: AsyncEngine, data_copy: Path, composed: list[str]
) -> None:
    file = Settings(data=data_copy).publication_file
    await update(archive, file)
    composed.clear()
    await disputed(archive)
    await update(archive, file)
    assert len(composed) == 1


async def test_a_severity_is_rendered_wherever_it_is_shown(
    archive: AsyncEngine, data_copy: Path, tmp_path: Path, composed: list[str]
) -> None:
    file = Settings(data=data_copy).publication_file
    await update(archive, file)
    await disputed(archive)
    decision = DisputeDecision.model_validate({"act": "severity", "severity": "low", "text": "Because."})
    async with archive.begin() as connection:
        await write_alone(connection)
        await decide(connection, 1, decision, Actor("Mo", NOW), None)
    followed = await published(archive, file)
    afresh = await published(archive, tmp_path / "afresh.sqlite")
    for shelf in (Shelf.DOCUMENT, Shelf.PROVISION, Shelf.CLAUSE_TYPE):
        assert {key: one.etag for key, one in on_shelf(followed, shelf).items()} == {
            key: one.etag for key, one in on_shelf(afresh, shelf).items()
        }
