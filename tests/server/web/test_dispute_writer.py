"""Disputes written together: none is lost for another one's sake."""

from __future__ import annotations

import asyncio
import datetime as dt

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.contract.dispute import DisputeRequest
from clauselight.contract.vocabulary import DisputeReason
from clauselight.store.disputes import Filed, NewDispute
from clauselight.web.dispute_writer import DisputeWriter

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def a_dispute(number: int, comment: str) -> NewDispute:
    request = DisputeRequest.model_construct(
        provision="CL-P-000001",
        reason=DisputeReason.OTHER,
        comment=comment,
        contact=None,
        proposed_type=None,
        proposed_severity=None,
    )
    return NewDispute(request, f"token-{number}", NOW)


async def test_one_that_cannot_be_stored_takes_no_other_with_it(archive: AsyncEngine) -> None:
    writer = DisputeWriter(archive)
    comments = ["It is wrong.", "Half a letter: \ud800", "It is wrong too."]
    filing = [asyncio.create_task(writer.file(a_dispute(i, text))) for i, text in enumerate(comments)]
    await asyncio.sleep(0)  # all wait before the first is written, so that they share a transaction
    writer.start()
    filed = await asyncio.gather(*filing, return_exceptions=True)
    await writer.close()
    assert [isinstance(one, Filed) for one in filed] == [True, False, True]
    assert isinstance(filed[1], Exception)
