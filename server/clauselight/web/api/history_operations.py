"""Calls about a document's past, as data."""

from __future__ import annotations

from clauselight.contract.archive import ChangePage, DiffAnswer, VersionPage

from .operation import Operation, Parameter

_ID = Parameter(
    "id", "path", "The document's id.", {"type": "string", "pattern": "^CL-D-[0-9]{6}$"}, "CL-D-000001"
)
_LIMIT = Parameter(
    "limit",
    "query",
    "Entries of one page.",
    {"type": "integer", "minimum": 1, "maximum": 500, "default": 50},
    "20",
)
_OFFSET = Parameter(
    "offset", "query", "Entries before the page.", {"type": "integer", "minimum": 0, "default": 0}, "0"
)

HISTORY_OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "/v1/documents/{id}/versions",
        "Versions of a document",
        "Every time that the text differed from before, the newest first: when it was captured and how, what "
        "changed in a sentence, and the hashes of the bytes and of the text.",
        VersionPage,
        (_ID, _LIMIT, _OFFSET),
        ("unknown-document", "bad-parameter"),
    ),
    Operation(
        "/v1/documents/{id}/changes",
        "Changes of a document's provisions",
        "All change records of all its provisions, also of those that are gone, the newest first, with the "
        "words before and after.",
        ChangePage,
        (_ID, _LIMIT, _OFFSET),
        ("unknown-document", "bad-parameter"),
    ),
    Operation(
        "/v1/documents/{id}/diff",
        "What differs between two versions",
        "Word by word. Without from and to, the newest version against the one before.",
        DiffAnswer,
        (
            _ID,
            Parameter(
                "from", "query", "Number of the older version.", {"type": "integer", "minimum": 1}, "1"
            ),
            Parameter("to", "query", "Number of the newer version.", {"type": "integer", "minimum": 1}, "2"),
        ),
        ("unknown-document", "unknown-version", "bad-parameter"),
    ),
)
