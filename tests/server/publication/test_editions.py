"""A change renders what it touches, and the result is what rendering everything would give."""

from __future__ import annotations

import base64
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.domain.url_index import EncodedDelta, EncodedIndex, apply_delta, decode
from clauselight.publication.files import Rendered, Shelf
from clauselight.store.documents import mark_analysed, save_documents
from clauselight.store.provisions import save_provision
from publications import Answers, on_shelf, published
from records import PAGE_FACTS, a_document, a_record
from serving import assert_fits

TODAY = dt.date(2026, 11, 22)


def timeless(answers: Answers) -> dict[tuple[Shelf, int], Any]:
    """Contents without what says when they were made; deltas lead to the same state from different ones."""
    found = {}
    for place, answer in answers.items():
        if place[0] is not Shelf.DELTA:
            parsed = json.loads(answer.plain())
            found[place] = {k: v for k, v in parsed.items() if k not in ("sequence", "generated_at")}
    return found


async def change(engine: AsyncEngine, step: int) -> None:
    """One of several changes, each of another kind."""
    async with engine.begin() as connection:
        if step == 0:  # new documents of a new entity
            await save_documents(connection, [a_document(9000), a_document(9001)])
        elif step == 1:  # read, with a clause that others have too: their counts change
            await mark_analysed(connection, "CL-D-009000", dt.datetime(2026, 5, 1, tzinfo=dt.UTC))
            record = a_record(document="CL-D-009000")
            await save_provision(connection, record, today=TODAY, snapshot=PAGE_FACTS)
        elif step == 2:  # moved to another site, with a language version
            urls = ["https://elsewhere.example/de/privacy", "https://www.elsewhere.example/terms"]
            await save_documents(connection, [a_document(9001, urls=urls)])
        elif step == 3:  # renamed entity
            renamed = a_document(9000).model_dump(mode="json", exclude_none=True)
            renamed["entity"]["name"] = "Renamed"
            await save_documents(connection, [type(a_document()).model_validate(renamed)])
        else:  # two documents on one page
            await save_documents(connection, [a_document(9002, urls=["https://elsewhere.example/terms"])])


@pytest.mark.parametrize("smallest", [1, 64])
async def test_changes_lead_to_what_rendering_everything_gives(
    smaller_archive: AsyncEngine, tmp_path: Path, smallest: int
) -> None:
    file = tmp_path / "followed.sqlite"
    first = await published(smaller_archive, file, smallest=smallest)
    assert len(on_shelf(first, Shelf.BUCKET)) > 2
    for step in range(5):
        await change(smaller_archive, step)
        followed = timeless(await published(smaller_archive, file, smallest=smallest))
        if smallest > 1 and step % 2:
            continue  # rendering everything takes long; the step after it tells of both
        whole = timeless(await published(smaller_archive, tmp_path / f"{step}.sqlite", smallest=smallest))
        assert set(followed) == set(whole), step
        for place, content in whole.items():
            assert followed[place] == content, (step, place)


async def test_what_is_not_touched_stays_byte_for_byte(archive: AsyncEngine, tmp_path: Path) -> None:
    file = tmp_path / "p.sqlite"
    before = await published(archive, file)
    await change(archive, 0)
    after = await published(archive, file)
    same = [place for place in before if before[place] == after.get(place)]
    assert len(same) > 0.98 * len(before)
    await change(archive, 4)
    await change(archive, 4)
    once = await published(archive, file)
    await change(archive, 4)
    assert await published(archive, file) == once, "nothing changed but the revision"


def index_values(answer: Rendered) -> tuple[str, list[int]]:
    parsed = json.loads(answer.plain())
    data = base64.b64decode(parsed["data"])
    coded = EncodedIndex(parsed["count"], parsed["hash_bits"], parsed["rice_parameter"], data)
    return parsed["state"], decode(coded)


def as_delta(parsed: dict[str, Any]) -> EncodedDelta:
    names = EncodedDelta.__slots__
    return EncodedDelta(
        **{n: base64.b64decode(parsed[n]) if n in ("removed", "added") else parsed[n] for n in names}
    )


@pytest.mark.parametrize("spliced_from", [0, 50_000], ids=["spliced", "coded anew"])
async def test_deltas_lead_from_every_earlier_state_to_the_present_one(
    smaller_archive: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spliced_from: int
) -> None:
    monkeypatch.setattr("clauselight.publication.states.SPLICED_FROM", spliced_from)
    file = tmp_path / "p.sqlite"
    held = dict([index_values((await published(smaller_archive, file))[Shelf.INDEX, 0])])
    for step in (0, 2, 4, 5, 6, 7):
        if step < 5:
            await change(smaller_archive, step)
        else:  # many that move, and move again: what earlier states lost stands among others each time
            async with smaller_archive.begin() as connection:
                moved = [f"https://site-{one}.example/{step}/privacy" for one in range(20)]
                await save_documents(
                    connection, [a_document(9100 + one, urls=[url]) for one, url in enumerate(moved)]
                )
        answers = await published(smaller_archive, file)
        state, values = index_values(answers[Shelf.INDEX, 0])
        held[state] = values
        deltas = {d["from_state"]: d for d in map(parse, on_shelf(answers, Shelf.DELTA).values())}
        assert set(deltas) == set(held)
        for name, old in held.items():
            assert_fits(deltas[name], "url_index_delta")
            assert deltas[name]["to_state"] == state
            assert apply_delta(old, as_delta(deltas[name])) == values


def parse(answer: Rendered) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(answer.plain())
    return parsed


async def test_padded_buckets_have_few_lengths_and_the_same_contents(
    archive: AsyncEngine, tmp_path: Path
) -> None:
    plain = on_shelf(await published(archive, tmp_path / "1.sqlite", smallest=1), Shelf.BUCKET)
    padded = on_shelf(await published(archive, tmp_path / "2.sqlite", smallest=1, padded=True), Shelf.BUCKET)
    lengths = {len(answer.body) for answer in padded.values()}
    assert len(lengths) < 20 < len({len(answer.body) for answer in plain.values()})
    for place, answer in plain.items():
        one, other = parse(answer), parse(padded[place])
        assert one | {"sequence": 0} == other | {"sequence": 0}
        assert len(padded[place].body) >= len(answer.body) - 64
