"""Records as W3C Web Annotations, read by a JSON-LD processor."""

from __future__ import annotations

from typing import Any

from pyld import jsonld

from clauselight.exporters.web_annotation import CONTEXT, annotation
from published_records import AWKWARD, a_published
from records import a_record

HERE = "http://127.0.0.1:8787"
OA = "http://www.w3.org/ns/oa#"
TERMS = {
    "id": "@id",
    "type": "@type",
    "Annotation": f"{OA}Annotation",
    "TextualBody": f"{OA}TextualBody",
    "SpecificResource": f"{OA}SpecificResource",
    "TextQuoteSelector": f"{OA}TextQuoteSelector",
    "TextPositionSelector": f"{OA}TextPositionSelector",
    "TimeState": f"{OA}TimeState",
    "Software": "https://www.w3.org/ns/activitystreams#Application",
    "Organization": "http://xmlns.com/foaf/0.1/Organization",
    "body": {"@id": f"{OA}hasBody", "@type": "@id"},
    "target": {"@id": f"{OA}hasTarget", "@type": "@id"},
    "source": {"@id": f"{OA}hasSource", "@type": "@id"},
    "selector": {"@id": f"{OA}hasSelector", "@type": "@id"},
    "state": {"@id": f"{OA}hasState", "@type": "@id"},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    "classifying": f"{OA}classifying",
    "describing": f"{OA}describing",
    "commenting": f"{OA}commenting",
    "tagging": f"{OA}tagging",
    "exact": f"{OA}exact",
    "prefix": f"{OA}prefix",
    "suffix": f"{OA}suffix",
    "start": f"{OA}start",
    "end": f"{OA}end",
    "cached": {"@id": f"{OA}cachedSource", "@type": "@id"},
    "canonical": {"@id": f"{OA}canonical", "@type": "@id"},
    "sourceDate": f"{OA}sourceDate",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "created": "http://purl.org/dc/terms/created",
    "modified": "http://purl.org/dc/terms/modified",
    "creator": {"@id": "http://purl.org/dc/terms/creator", "@type": "@id"},
    "generator": {"@id": "https://www.w3.org/ns/activitystreams#generator", "@type": "@id"},
    "name": "http://xmlns.com/foaf/0.1/name",
}
"""The terms of http://www.w3.org/ns/anno.jsonld that we use, as its specification defines them
(https://www.w3.org/TR/annotation-vocab/): tests fetch nothing."""


def load(url: str, _options: Any) -> dict[str, Any]:
    assert url == CONTEXT
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": TERMS},
    }


def expanded(found: dict[str, Any]) -> dict[str, Any]:
    (one,) = jsonld.expand(found, {"documentLoader": load})
    result: dict[str, Any] = one
    return result


def test_a_processor_understands_every_field() -> None:
    found = annotation(
        a_published(title=AWKWARD, quote__position={"type": "TextPositionSelector", "start": 4, "end": 42}),
        HERE,
    )
    read = expanded(found)
    assert read["@id"] == f"{HERE}/provisions/CL-P-000900/a-clause#annotation"
    assert read["@type"] == [f"{OA}Annotation"]
    # A term that the context does not know would be dropped without a word.
    assert len(read) == len([name for name in found if name != "@context"])
    (target,) = read[f"{OA}hasTarget"]
    assert target[f"{OA}hasSource"] == [{"@id": "https://a.example/privacy"}]
    quote, place = target[f"{OA}hasSelector"]
    assert quote[f"{OA}exact"][0]["@value"] == "We sell your data to anybody who asks."
    assert place[f"{OA}end"][0]["@value"] == 42
    (state,) = target[f"{OA}hasState"]
    assert state[f"{OA}sourceDate"][0]["@value"] == "2026-05-01T00:00:00Z"
    texts = {
        body["http://www.w3.org/1999/02/22-rdf-syntax-ns#value"][0]["@value"] for body in read[f"{OA}hasBody"]
    }
    assert {AWKWARD, "A.", "B.", "high"} <= texts
    assert all(body[f"{OA}hasPurpose"] for body in read[f"{OA}hasBody"])


def test_it_becomes_triples() -> None:
    lines = jsonld.to_rdf(
        annotation(a_published(), HERE), {"documentLoader": load, "format": "application/n-quads"}
    )
    assert f"<{OA}hasTarget>" in lines
    assert f'<{OA}exact> "We sell your data' in lines


def test_without_a_quote_the_page_itself_is_the_target() -> None:
    record = a_published(quote=None, evidence_basis="inferred_from_context", provenance__quote_verified=False)
    target = annotation(record, HERE)["target"]
    assert target["source"] == "https://a.example/privacy"
    assert "selector" not in target


def test_the_classifier_is_named_as_the_creator() -> None:
    automatic = a_published(
        method="automatic",
        method_version="clauses-0123456789ab",
        automatic={"probability": 0.9, "words": ["sell"], "highlight": True},
    )
    assert annotation(automatic, HERE)["creator"] == {
        "type": "Software",
        "name": "Clauselight classifier clauses-0123456789ab",
    }
    assert annotation(a_published(), HERE)["creator"]["type"] == "Organization"


def test_selectors_are_those_of_the_contract() -> None:
    record = a_record()
    assert record.quote is not None
    chosen = annotation(a_published(), HERE)["target"]["selector"]
    assert chosen == {"type": "TextQuoteSelector", "exact": record.quote.selector.exact}
