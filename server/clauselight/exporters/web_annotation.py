"""A record as an annotation of the page it was found on: W3C Web Annotation Data Model, JSON-LD.

Source: https://www.w3.org/TR/annotation-model/. The target is the published page, its selectors those of the
quote, its state the moment of the snapshot; the bodies are what the card says (describing), and clause type
and severity (tagging).
"""

from __future__ import annotations

from typing import Any, Final

from clauselight.contract.provision import Provision
from clauselight.contract.vocabulary import Method

from .citation_file import whole_address

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
JSONLD_TYPE: Final = f'application/ld+json; profile="{CONTEXT}"'


def annotation(record: Provision, origin: str) -> dict[str, Any]:
    """The annotation of a record that an archive holds. `origin`: of this server, for permalinks that are
    paths."""
    link = whole_address(record.permalink, origin)
    bodies: list[dict[str, Any]] = [
        _text(record.title, "describing"),
        _text(record.explanation.what_it_is, "describing"),
        _text(record.explanation.how_it_affects_you, "commenting"),
        _text(record.clause_type.title, "tagging"),
        _text(record.severity.value, "tagging"),
    ]
    return {
        "@context": CONTEXT,
        "id": f"{link}#annotation",
        "type": "Annotation",
        "motivation": ["classifying", "describing"],
        "created": f"{record.history.first_seen.isoformat()}T00:00:00Z",
        "modified": f"{record.history.last_verified.isoformat()}T00:00:00Z",
        "creator": _creator(record),
        "generator": {"type": "Software", "name": "Clauselight"},
        "canonical": link,
        "body": bodies,
        "target": _target(record),
    }


def _text(value: str, purpose: str) -> dict[str, Any]:
    return {
        "type": "TextualBody",
        "value": value,
        "format": "text/plain",
        "language": "en",
        "purpose": purpose,
    }


def _creator(record: Provision) -> dict[str, Any]:
    if record.method is Method.AUTOMATIC:
        return {"type": "Software", "name": f"Clauselight classifier {record.method_version}"}
    return {"type": "Organization", "name": "Clauselight"}


def _target(record: Provision) -> dict[str, Any]:
    target: dict[str, Any] = {"type": "SpecificResource", "source": record.source}
    if record.quote is not None:
        selector = record.quote.selector
        chosen: list[dict[str, Any]] = [
            {
                "type": "TextQuoteSelector",
                "exact": selector.exact,
                **({"prefix": selector.prefix} if selector.prefix else {}),
                **({"suffix": selector.suffix} if selector.suffix else {}),
            }
        ]
        if record.quote.position is not None:
            position = record.quote.position
            chosen.append({"type": "TextPositionSelector", "start": position.start, "end": position.end})
        target["selector"] = chosen[0] if len(chosen) == 1 else chosen
    moment = record.provenance.captured_at
    if moment is not None:
        state: dict[str, Any] = {
            "type": "TimeState",
            "sourceDate": moment.isoformat().replace("+00:00", "Z"),
        }
        if record.provenance.archive_url is not None:
            state["cached"] = record.provenance.archive_url
        target["state"] = state
    return target
