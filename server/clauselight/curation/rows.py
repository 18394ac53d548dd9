"""Decisions as rows for training and testing the classifier: what a person said about which words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.store.dispute_queue import DecidedRow, decided_disputes


async def decision_rows(connection: AsyncConnection) -> AsyncIterator[dict[str, Any]]:
    """One row a decided dispute about a label with a quote, by number. `type_after` is null where the words
    are no clause of a known kind. Nothing of a reporter is in it: no comment, no contact, no token. Disputes
    that were rejected together are left out: nobody judged the label."""
    async for one in decided_disputes(connection):
        if one.decision.get("words") and not one.decision.get("together"):
            yield _row(one)


def _row(one: DecidedRow) -> dict[str, Any]:
    before, after = one.decision["before"], one.decision["after"]
    return {
        "id": f"dispute-{one.id}",
        "text": one.decision["words"],
        "language": one.language,
        "document": one.document_id,
        "provision": one.provision_id,
        "type_before": before["clause_type"],
        "type_after": after and after["clause_type"],
        "severity_before": before["severity"],
        "severity_after": after and after["severity"],
        "method": before["method"],
        "method_version": before["method_version"],
        "reason": one.reason,
        "outcome": one.state,
        "act": one.act,
        "date": one.decided_at.date().isoformat(),
    }
