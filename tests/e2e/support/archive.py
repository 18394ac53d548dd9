"""Archives with records for pages that a test chooses."""

from __future__ import annotations

import asyncio
import atexit
import datetime as dt
import gzip
import hashlib
import json
import re
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from clauselight.analysis.page_text import page_text
from clauselight.contract.document import Document, Entity
from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import SnapshotFacts
from clauselight.contract.vocabulary import DocumentKind
from clauselight.store.documents import mark_analysed, save_documents
from clauselight.store.engine import open_archive
from clauselight.store.provisions import save_provision
from prepared import prepare

ROOT = Path(__file__).parents[3]
REAL_PAGES = ROOT.parent / "shared" / "data" / "extraction" / "pages_dev.jsonl.gz"
EXAMPLE = ROOT / "shared_schema" / "examples" / "valid" / "provision_record--quoted.json"
SEVERITIES = ("critical", "high", "medium", "low", "protective")
TODAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class KnownPage:
    """A page at an address, with the quotes that its records carry."""

    name: str
    url: str
    html: str
    quotes: tuple[str, ...]
    entity: str | None = None
    """Id of an entity that the action directory knows; else one that nobody knows."""


def real_pages(count: int, *, largest: bool = False) -> list[KnownPage]:
    """Real policy pages at their own addresses, one a service; none when ../shared is not there."""
    if not REAL_PAGES.exists():
        return []
    rows = [json.loads(line) for line in gzip.decompress(REAL_PAGES.read_bytes()).splitlines()]
    rows = [row for row in rows if (row.get("url") or "").startswith("https://") and row["kind"] != "partial"]
    if largest:
        rows.sort(key=lambda row: -row["page_words"])
    found: dict[str, KnownPage] = {}
    for row in rows:
        if row["service"] in found or row["url"] in {page.url for page in found.values()}:
            continue
        quotes = spaced_quotes(row["html"].encode(), 20)
        if len(quotes) >= 10:
            found[row["service"]] = KnownPage(row["service"], row["url"], row["html"], quotes)
        if len(found) == count:
            break
    return list(found.values())


def spaced_quotes(body: bytes, count: int) -> tuple[str, ...]:
    """Evenly spaced sentences of a page that occur in it once."""
    text = page_text(body).text
    sentences = [
        " ".join(part.split())
        for block in text.split("\n")
        for part in re.split(r"(?<=[.!?])\s+", block)
        if 60 <= len(part) <= 300
    ]
    whole = " ".join(text.split())
    unique = [sentence for sentence in sentences if whole.count(sentence) == 1]
    step = max(1, len(unique) // count)
    return tuple(unique[::step][:count])


def make_record(number: int, document_id: str, url: str, quote: str, **changes: Any) -> ProvisionRecord:
    """A record of a test: sound, with the words of `quote`; `changes` replace top-level fields."""
    raw = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    severity = SEVERITIES[number % len(SEVERITIES)]
    raw |= {
        "id": f"CL-P-{900_000 + number}",
        "slug": f"clause-{number}",
        "title": f"Clause number {number}",
        "document": document_id,
        "severity": severity,
        "quote": {"selector": {"type": "TextQuoteSelector", "exact": quote}, "recorded": "2026-05-01"},
    }
    raw["history"]["changes"] = [
        {"date": raw["history"]["first_seen"], "kind": "added", "summary": "Seen.", "severity_to": severity}
    ]
    raw["provenance"] |= {"source_url": url, "sha256": hashlib.sha256(quote.encode()).hexdigest()}
    raw |= changes
    return ProvisionRecord.model_validate(raw)


@cache
def _prepared() -> Path:
    """A data folder with the starter catalogue, made once for all servers of this process."""
    folder = Path(tempfile.mkdtemp(prefix="clauselight-prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with ThreadPoolExecutor(1) as aside:  # a browser's own loop may run in this thread
        aside.submit(lambda: asyncio.run(prepare(folder, dt.datetime.now(dt.UTC).date()))).result()
    return folder


def with_catalogue(folder: Path) -> Path:
    """Fill a folder as the first start of a server does, which takes seconds of processor time; returns it.
    The shared server of the tests, and those of the first run, do start with nothing."""
    shutil.copytree(_prepared(), folder, dirs_exist_ok=True)
    return folder


def build_archive(folder: Path, pages: list[KnownPage]) -> None:
    """An archive with the starter catalogue in which every page is a document with one record a quote."""

    async def fill() -> None:
        engine = open_archive(folder / "archive.sqlite")
        number = 0
        async with engine.begin() as connection:
            for position, page in enumerate(pages):
                identity = f"CL-D-{900_000 + position}"
                document = Document(
                    id=identity,
                    slug=f"page-{position}",
                    title=f"{page.name} policy",
                    kind=DocumentKind.PRIVACY,
                    entity=Entity(id=page.entity or f"entity-{position}", name=page.name),
                    urls=[page.url],
                )
                await save_documents(connection, [document])
                for quote in page.quotes:
                    number += 1
                    record = make_record(number, identity, page.url, quote)
                    facts = SnapshotFacts(record.provenance.sha256 or "", quote_found=True)
                    await save_provision(connection, record, today=TODAY, snapshot=facts)
                await mark_analysed(connection, identity, dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
        await engine.dispose()

    with_catalogue(folder)
    asyncio.run(fill())
