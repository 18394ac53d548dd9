"""Makes `knowledge/data/known_documents.jsonl.gz` from a list of known policy addresses.

    python -m clauselight.importers.known_documents ROWS.jsonl.gz [OUT.jsonl.gz]

A row is `{service, type, part, url}` as Open Terms Archive's declarations and ToS;DR's services give
them. Only facts are taken: who, what kind of document, at which address. Rows of one service and type
are one document with several addresses. A document keeps its id when the list is made again.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from clauselight.contract.document import Document, Entity
from clauselight.domain.canonical_url import UrlRefused, relation
from clauselight.domain.document_kind import kind_of
from clauselight.domain.public_suffix import registrable_domain
from clauselight.domain.slug import slug
from clauselight.knowledge.catalogue import catalogue_documents

FIRST_ID = 101
"""Ids below are kept for documents of the catalogue that carry provisions."""

RENAMED_SERVICES = {"BidPlanet": "Skype"}
"""ToS;DR rows under a wrong name: all the addresses given for BidPlanet are Skype's."""

GENERIC_TITLES = {"terms": "Terms of Service", "privacy": "Privacy Policy", "tos": "Terms of Service"}


def https(url: str) -> str:
    """The same address with https, and with characters escaped that no URL may hold."""
    parts = urlsplit(url.strip())
    safe = "%/:=&?~#+!$,;'@()*[]-._"
    return urlunsplit(
        ("https", parts.netloc, quote(parts.path or "/", safe), quote(parts.query, safe), parts.fragment)
    )


def documents(rows: Iterable[dict[str, Any]], earlier: dict[tuple[str, str], str]) -> list[Document]:
    """The documents of the rows, in the order of their ids. `earlier` maps (entity id, slug) to a kept id."""
    taken = [url for item in catalogue_documents() for url in item.document.urls]
    grouped: dict[tuple[str, str], dict[str, Any]] = {}
    ordered = sorted(
        _one_owner(rows), key=lambda row: (row["service"].lower(), row["type"].lower(), row["part"] or 0)
    )
    for row in ordered:
        url = https(row["url"])
        try:
            if any(
                urlsplit(known).netloc == urlsplit(url).netloc and relation(url, known) for known in taken
            ):
                continue
        except UrlRefused:
            continue
        name = RENAMED_SERVICES.get(row["service"], row["service"].strip())
        title = GENERIC_TITLES.get(row["type"].lower(), row["type"].strip())
        full = title if slug(name) in slug(title) else f"{name} {title}"
        entry = grouped.setdefault(
            (slug(name), slug(full)), {"name": name, "title": full, "kind": kind_of(title), "urls": []}
        )
        if url not in entry["urls"]:
            entry["urls"].append(url)
    next_id = max([FIRST_ID - 1, *(int(kept[5:]) for kept in earlier.values())]) + 1
    found = []
    for (entity, document_slug), entry in grouped.items():
        identity = earlier.get((entity, document_slug))
        if identity is None:
            identity, next_id = f"CL-D-{next_id:06}", next_id + 1
        found.append(
            Document(
                id=identity,
                slug=document_slug,
                title=entry["title"],
                kind=entry["kind"],
                entity=Entity(id=entity, name=entry["name"]),
                urls=entry["urls"],
            )
        )
    return sorted(found, key=lambda item: item.id)


def _one_owner(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leaves out rows that claim another service's address.

    ToS;DR's list holds test entries and merged services ("Merged into service ...") whose addresses are
    Google's or Microsoft's. Where an address stands under several services, a ToS;DR row is kept only if
    its name fits the host, unless no row fits better.
    """
    kept = [row for row in rows if not row["service"].lower().startswith("merged into service")]
    by_url: dict[str, list[dict[str, Any]]] = {}
    for row in kept:
        by_url.setdefault(https(row["url"]), []).append(row)
    result = []
    for sharing in by_url.values():
        if len({row["service"] for row in sharing}) > 1:
            better = [row for row in sharing if row["source"] != "tosdr" or _names_host(row)]
            sharing = better or sharing[:1]
        result += sharing
    return result


def _names_host(row: dict[str, Any]) -> bool:
    name = slug(row["service"]).replace("-", "")
    domain = registrable_domain(urlsplit(row["url"]).hostname or "") or ""
    label = domain.partition(".")[0].replace("-", "")
    return bool(label) and (label in name or name in label)


def main(arguments: list[str]) -> int:
    """Command line; see the module's text."""
    if not 1 <= len(arguments) <= 2:
        print(__doc__, file=sys.stderr)
        return 2
    default = Path(__file__).parents[1] / "knowledge" / "data" / "known_documents.jsonl.gz"
    out = Path(arguments[1]) if len(arguments) == 2 else default
    earlier: dict[tuple[str, str], str] = {}
    if out.exists():
        for line in gzip.decompress(out.read_bytes()).decode().splitlines():
            known = json.loads(line)
            earlier[known["entity"]["id"], known["slug"]] = known["id"]
    rows = [json.loads(line) for line in gzip.decompress(Path(arguments[0]).read_bytes()).splitlines()]
    made = documents(rows, earlier)
    text = "".join(item.model_dump_json(exclude_none=True) + "\n" for item in made)
    # mtime=0: the same facts make the same bytes.
    out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(
        f"{len(made)} documents with {sum(len(item.urls) for item in made)} addresses from {len(rows)} rows"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
