"""Every call of the API as data: what OpenAPI and the page to read it are made from.

A test compares this list with the routes that the application really has.
"""

from __future__ import annotations

from clauselight.contract.analysis import AnalysisAnswer, AnalysisRequest
from clauselight.contract.annotation import (
    AnnotationSet,
    Bucket,
    MatchAnswer,
    ServerInfo,
    UrlIndex,
    UrlIndexDelta,
)
from clauselight.contract.clause_type import ClauseTypeAnswer
from clauselight.contract.directory import AuthorityList
from clauselight.contract.document import DocumentPage
from clauselight.contract.provision import Provision

from .export_operations import EXPORT_OPERATIONS
from .history_operations import HISTORY_OPERATIONS
from .operation import Operation, Parameter
from .people_operations import PEOPLE_OPERATIONS

__all__ = ["OPERATIONS", "Operation", "Parameter"]


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "/v1/authorities",
        "Authorities that take complaints",
        "Data protection authorities of Europe and the public bodies that records name, with their "
        "addresses. The same list for everyone; it does not depend on what anybody reads.",
        AuthorityList,
    ),
    Operation(
        "/v1/info",
        "About this server",
        "Version, contract version, and how many documents and provisions it knows.",
        ServerInfo,
    ),
    Operation(
        "/v1/info.json",
        "About this server",
        "The same as /v1/info, under the name it has on a static host.",
        ServerInfo,
    ),
    Operation(
        "/v1/index",
        "All known page keys",
        "Sorted, truncated, Golomb-Rice coded hashes of the canonical addresses of all known documents. "
        "Readers match against it on their own computer, so that this server never learns what they read.",
        UrlIndex,
        problems=("not-ready",),
    ),
    Operation(
        "/v1/index.json",
        "All known page keys",
        "The same as /v1/index, under the name it has on a static host.",
        UrlIndex,
        problems=("not-ready",),
    ),
    Operation(
        "/v1/deltas/{state}",
        "Changes of the index",
        "What turns the index of a state into the present one: usually some hundred bytes. For the present "
        "state it says that nothing changed. A name that ends with .json is understood too.",
        UrlIndexDelta,
        (
            Parameter(
                "state",
                "path",
                "The state of the index that the reader holds.",
                {"type": "string", "pattern": "^[0-9a-f]{16}$"},
                "9cf8ead6b6541cc3",
            ),
        ),
        ("unknown-state",),
    ),
    Operation(
        "/v1/buckets/{prefix}",
        "Annotation sets of a hash prefix",
        "Every document with a page key of this prefix, with all its provisions. The answer is the same for "
        "everyone; how many documents it holds is the size of the crowd a reader hides in. Documents of a "
        "site whose own key has the prefix are there too. A name that ends with .json is understood too.",
        Bucket,
        (
            Parameter(
                "prefix",
                "path",
                "Leading bits of the page key (bucket_bits of the index) in lower-case hexadecimal.",
                {"type": "string", "pattern": "^[0-9a-f]{1,16}$"},
                "0f",
            ),
        ),
        ("unknown-prefix",),
    ),
    Operation(
        "/v1/match",
        "What is known of one address",
        "The direct form, for scripts and curators. It reveals the address to this server: readers use "
        "the index and buckets instead. The address is never logged.",
        MatchAnswer,
        (
            Parameter(
                "url",
                "query",
                "An absolute http or https address, percent-encoded.",
                {"type": "string", "maxLength": 8192},
                "https://policy.pinterest.com/en/privacy-policy",
            ),
        ),
        ("malformed-url", "url-too-long"),
    ),
    Operation(
        "/v1/documents",
        "List of documents",
        "All known documents by id, a page at a time.",
        DocumentPage,
        (
            Parameter(
                "limit",
                "query",
                "How many.",
                {"type": "integer", "minimum": 1, "maximum": 500, "default": 50},
                "20",
            ),
            Parameter(
                "offset",
                "query",
                "How many to pass over.",
                {"type": "integer", "minimum": 0, "maximum": 10_000_000, "default": 0},
                "0",
            ),
            Parameter(
                "search",
                "query",
                "Words to look for in titles and names of entities.",
                {"type": "string", "maxLength": 200},
                "pinterest",
            ),
        ),
        ("bad-parameter",),
    ),
    Operation(
        "/v1/documents/{id}",
        "One document with its provisions",
        "The document, the addresses it is known at, and every provision found in it.",
        AnnotationSet,
        (
            Parameter(
                "id",
                "path",
                "The document's id.",
                {"type": "string", "pattern": "^CL-D-[0-9]{6}$"},
                "CL-D-000001",
            ),
        ),
        ("unknown-document",),
    ),
    Operation(
        "/v1/provisions/{id}",
        "One provision",
        "The whole record of one clause.",
        Provision,
        (
            Parameter(
                "id",
                "path",
                "The provision's id.",
                {"type": "string", "pattern": "^CL-P-[0-9]{6}$"},
                "CL-P-000001",
            ),
        ),
        ("unknown-provision", "provision-withdrawn"),
    ),
    Operation(
        "/v1/clause-types/{id}",
        "One clause type",
        "What this kind of clause is, what helps against it, and who has it.",
        ClauseTypeAnswer,
        (
            Parameter(
                "id",
                "path",
                "The clause type's id.",
                {"type": "string", "pattern": "^[a-z0-9-]+$"},
                "ai-training-on-user-content",
            ),
        ),
        ("unknown-clause-type",),
    ),
    Operation(
        "/v1/analyses",
        "Analyse a page that no record is known of",
        "Text, HTML or blocks in; an annotation set out, in the shape of curated records, its labels marked "
        "automatic. The page is read in a process of its own, with limits on time and memory. Nothing of it "
        "is logged, and nothing is kept unless that is asked for with keep, or the server listens on the "
        "reader's own computer and is told an https address; then it becomes a document, which is matched "
        "from then on. The operator decides (CLAUSELIGHT_KEEP_ANALYSES); kept in the answer says what was "
        "done.",
        AnalysisAnswer,
        problems=(
            "bad-body",
            "unsupported-media-type",
            "request-too-large",
            "request-timeout",
            "not-a-policy",
            "unknown-language",
            "analysis-timeout",
            "analysis-too-large",
            "analysis-failed",
            "analysis-busy",
            "not-offered",
            "archive-full",
        ),
        method="POST",
        body=AnalysisRequest,
        example={
            "blocks": [
                {"kind": "heading", "level": 2, "text": "Your account"},
                {
                    "kind": "paragraph",
                    "text": "We may terminate your account at any time and for any reason, without notice.",
                },
            ],
            "title": "Terms of Service",
            "language": "en",
            "keep": False,
        },
    ),
    Operation("/healthz", "Is the process alive", "For a supervisor.", None),
    Operation(
        "/readyz",
        "Is the server ready",
        "The archive answers and the publication is rendered.",
        None,
        problems=("not-ready",),
    ),
    *EXPORT_OPERATIONS,
    *HISTORY_OPERATIONS,
    *PEOPLE_OPERATIONS,
)
