"""Tokens, disputes and forms for tests: what people do on a server, over the wire."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.settings import Settings
from clauselight.store.documents import mark_analysed, save_documents
from clauselight.store.engine import open_archive
from clauselight.store.provisions import save_provision
from clauselight.store.snapshots import Snapshot, save_snapshot
from clauselight.store.tokens import Scope, create_token
from records import PAGE, PAGE_FACTS, a_document, a_record
from serving import Client, Reply

TODAY = dt.date(2026, 11, 23)
MOMENT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
JSON = {"Content-Type": "application/json"}

AUTOMATIC: dict[str, Any] = {
    "method": "automatic",
    "method_version": "test-1",
    "automatic": {"probability": 0.8, "words": ["sell"], "highlight": True},
    "confidence": "medium",
}
"""What makes `a_record` an automatic one."""


def make_token(
    folder: Path, scope: Scope, *, name: str = "Mo", days: float | None = 1, at: dt.datetime | None = None
) -> str:
    """A token in an archive, as `clauselight token create` makes it."""

    async def make() -> str:
        engine = open_archive(Settings(data=folder).archive_file)
        try:
            async with engine.begin() as connection:
                _, secret = await create_token(
                    connection,
                    name=name,
                    scope=scope,
                    moment=at or dt.datetime.now(dt.UTC),
                    lifetime=None if days is None else dt.timedelta(days=days),
                )
        finally:
            await engine.dispose()
        return secret

    return asyncio.run(make())


def bearer(secret: str, **more: str) -> dict[str, str]:
    """Headers of a request with a token."""
    return {"Authorization": f"Bearer {secret}", **JSON, **more}


def send(
    client: Client, method: str, target: str, body: Any = None, headers: dict[str, str] | None = None
) -> Reply:
    """A call with a JSON body."""
    data = b"" if body is None else json.dumps(body).encode()
    return client.request(method, target, {**(JSON if data else {}), **(headers or {})}, data)


def post_form(client: Client, target: str, fields: dict[str, str], **headers: str) -> Reply:
    """A form as a browser sends it from the server's own page."""
    sent = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return client.request("POST", target, sent, urlencode(fields).encode() or b"-")


def report(client: Client, provision: str = "CL-P-000001", **fields: Any) -> dict[str, Any]:
    """Send one dispute, and the answer to it."""
    reply = send(client, "POST", "/v1/disputes", {"provision": provision, "reason": "other", **fields})
    assert reply.status == 200, reply.text
    answer: dict[str, Any] = reply.json
    return answer


def case_number(answer: dict[str, Any]) -> int:
    """The number of a dispute that was sent to a personal server."""
    return int(answer["moderation"].rpartition("/")[2])


async def with_records(engine: AsyncEngine, *changes: dict[str, Any]) -> list[str]:
    """A document with its snapshot and records in an archive, one for each of `changes` to `a_record`."""
    page, ids = PAGE, []
    async with engine.begin() as connection:
        await save_documents(connection, [a_document()])
        taken = Snapshot("CL-D-000900", "https://a.example/privacy", MOMENT, "text/html", page)
        assert await save_snapshot(connection, taken) == PAGE_FACTS.sha256
        await mark_analysed(connection, "CL-D-000900", MOMENT)
        for number, change in enumerate(changes):
            record = a_record(**{"id": f"CL-P-{900 + number:06}", **change})
            await save_provision(connection, record, today=TODAY, snapshot=PAGE_FACTS)
            ids.append(record.id)
    return ids
