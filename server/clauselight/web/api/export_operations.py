"""Calls that answer in the formats of others, as data."""

from __future__ import annotations

from typing import Any, Final

from clauselight.exporters.citation_file import BIBTEX_TYPE, CSL_TYPE, RIS_TYPE
from clauselight.exporters.csv_table import CSV_TYPE
from clauselight.exporters.web_annotation import JSONLD_TYPE
from clauselight.publication.registry_codes import CONFIDENCES, METHODS, SEVERITIES
from clauselight.publication.registry_query import Sort

from .operation import Operation, Parameter

_ID = Parameter(
    "id", "path", "The provision's id.", {"type": "string", "pattern": "^CL-P-[0-9]{6}$"}, "CL-P-000001"
)


def _one_of(values: list[str]) -> dict[str, Any]:
    return {"type": "string", "enum": values}


_FILTERS: Final = (
    Parameter("type", "query", "Id of a clause type; may be repeated.", {"type": "string"}, "data-sale"),
    Parameter("category", "query", "Id of a category; may be repeated.", {"type": "string"}, "sharing"),
    Parameter(
        "severity", "query", "May be repeated.", _one_of([one.value for one in SEVERITIES]), "critical"
    ),
    Parameter("method", "query", "Who set the label.", _one_of([one.value for one in METHODS]), "curated"),
    Parameter("confidence", "query", "May be repeated.", _one_of([one.value for one in CONFIDENCES]), "high"),
    Parameter(
        "entity",
        "query",
        "Id of an organisation, or its name.",
        {"type": "string", "maxLength": 200},
        "murmurloft",
    ),
    Parameter(
        "document",
        "query",
        "Id of a document.",
        {"type": "string", "pattern": "^CL-D-[0-9]{6}$"},
        "CL-D-000001",
    ),
    Parameter(
        "since",
        "query",
        "First day of the latest change.",
        {"type": "string", "format": "date"},
        "2026-01-01",
    ),
    Parameter(
        "until", "query", "Last day of the latest change.", {"type": "string", "format": "date"}, "2026-12-31"
    ),
    Parameter("sort", "query", "The order.", _one_of([one.value for one in Sort]), "latest"),
    Parameter(
        "limit",
        "query",
        "Rows of one answer.",
        {"type": "integer", "minimum": 1, "maximum": 5_000, "default": 1_000},
        "100",
    ),
)

EXPORT_OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "/v1/provisions.csv",
        "The registry as a table",
        "Provisions that fit, one a row (RFC 4180, UTF-8). The header Link leads to the next rows (next). "
        "A cell that spreadsheets would take for a formula begins with an apostrophe.",
        None,
        _FILTERS,
        ("bad-parameter", "not-ready", "question-too-long"),
        media=CSV_TYPE,
    ),
    Operation(
        "/v1/provisions/{id}.bib",
        "Cite as BibTeX",
        "One entry.",
        None,
        (_ID,),
        ("unknown-provision", "provision-withdrawn"),
        media=BIBTEX_TYPE,
    ),
    Operation(
        "/v1/provisions/{id}.ris",
        "Cite as RIS",
        "One reference.",
        None,
        (_ID,),
        ("unknown-provision", "provision-withdrawn"),
        media=RIS_TYPE,
    ),
    Operation(
        "/v1/provisions/{id}.csl.json",
        "Cite as CSL-JSON",
        "A list of one item.",
        None,
        (_ID,),
        ("unknown-provision", "provision-withdrawn"),
        media=CSL_TYPE,
    ),
    Operation(
        "/v1/provisions/{id}.jsonld",
        "As a W3C Web Annotation",
        "The record as an annotation of the page that it was found on, in JSON-LD.",
        None,
        (_ID,),
        ("unknown-provision", "provision-withdrawn"),
        media=JSONLD_TYPE,
    ),
    Operation(
        "/v1/provisions/{id}.pdf",
        "As a PDF",
        "The record to print or file. Made when it is asked for, one at a time, within 20 seconds.",
        None,
        (_ID,),
        ("unknown-provision", "provision-withdrawn", "export-busy", "export-failed"),
        media="application/pdf",
    ),
)
