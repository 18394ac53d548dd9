"""One record with whether it is live: what a person looks at before changing it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from clauselight.contract.provision import ProvisionRecord

from .provisions import get_provision
from .tables import provision


@dataclass(frozen=True, slots=True)
class StoredProvision:
    """A record and whether it is live, which is to say published."""

    record: ProvisionRecord
    live: bool


async def stored_provision(connection: AsyncConnection, provision_id: str) -> StoredProvision | None:
    """One record, published or not; None when the id is unknown. Raises ArchiveUnusable when it is
    damaged."""
    record = await get_provision(connection, provision_id)
    if record is None:
        return None
    live = await connection.scalar(sa.select(provision.c.live).where(provision.c.id == provision_id))
    return StoredProvision(record, bool(live))
