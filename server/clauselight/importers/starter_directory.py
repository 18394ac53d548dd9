"""Makes the packaged action directory of the packs of JustDeleteMe and Datenanfragen.de.

    python -m clauselight.importers.starter_directory JUSTDELETEME DATENANFRAGEN [FOLDER]

Facts about entities of known documents only, without the notes that the sources' contributors wrote, and the
list of supervisory authorities. The same packs on the same day make the same bytes.
"""

from __future__ import annotations

import datetime as dt
import gzip
import sys
from collections.abc import Iterable
from pathlib import Path

from clauselight.contract.directory import DirectoryEntry
from clauselight.contract.document import Document
from clauselight.knowledge.catalogue import catalogue_documents, known_documents
from clauselight.knowledge.directory import FILE, PackagedFact
from clauselight.store.directory import EntityAddresses

from .datenanfragen import read_datenanfragen
from .directory import facts_of, known_entity
from .entity_match import KnownEntity, match_records
from .facts import SourceData
from .git_dates import last_changes
from .justdeleteme import read_justdeleteme


def known_entities(documents: Iterable[Document]) -> list[KnownEntity]:
    """The entities of some documents, as importers see them."""
    found: dict[str, EntityAddresses] = {}
    for document in documents:
        entity = document.entity
        addresses = [entity.homepage] if entity.homepage else []
        one = found.setdefault(entity.id, EntityAddresses(entity.id, entity.name, addresses))
        one.addresses.extend(document.urls)
    return [known_entity(found[identity]) for identity in sorted(found)]


def starter_facts(data: SourceData, entities: Iterable[KnownEntity]) -> list[PackagedFact]:
    """Facts of a source about known entities, without notes."""
    matching = match_records(data.records, list(entities))
    found = []
    for fact in facts_of(matching.matches):
        what = fact.what
        if isinstance(what, DirectoryEntry):
            what = what.model_copy(update={"notes": None})
        found.append(PackagedFact(fact.entity_id, fact.reason, what))
    return found


def main(arguments: list[str]) -> int:
    """Command line; see the module's text."""
    if not 2 <= len(arguments) <= 3:
        print(__doc__, file=sys.stderr)
        return 2
    accounts, companies = Path(arguments[0]), Path(arguments[1])
    default = Path(__file__).parents[1] / "knowledge" / "data"
    folder = Path(arguments[2]) if len(arguments) == 3 else default
    moment = dt.datetime.combine(dt.datetime.now(dt.UTC).date(), dt.time(), dt.UTC)
    entities = known_entities([*(one.document for one in catalogue_documents()), *known_documents()])
    theirs = read_justdeleteme(accounts, moment=moment, changed=last_changes(accounts).get)
    others = read_datenanfragen(companies, moment=moment, changed=last_changes(companies).get)
    authorities = sorted(others.authorities, key=lambda one: one.id)
    lines = [one.model_dump_json(exclude_none=True, exclude_defaults=True) + "\n" for one in authorities]
    (folder / "authorities.jsonl").write_text("".join(lines), encoding="utf-8")
    facts = [fact for data in (theirs, others) for fact in starter_facts(data, entities)]
    text = "".join(sorted(fact.to_line() for fact in facts))
    # mtime=0: the same facts make the same bytes.
    (folder / FILE).write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(
        f"{len(facts)} facts about {len({one.entity_id for one in facts})} entities, "
        f"{len(authorities)} authorities"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
