"""Every error the server answers: one shape (RFC 9457), a `type` that never changes, a sentence for people.

A `type` is a path on this server; opening it explains the problem.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from clauselight.contract.problem import FieldError, Problem

MEDIA_TYPE = "application/problem+json"

MOST_DETAIL = 1_000
"""Longest sentence for people, in characters; `errors` names everything, however much it is."""


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of error. `slug` is published and never changes."""

    slug: str
    status: int
    title: str
    explanation: str

    @property
    def uri(self) -> str:
        """The problem's `type`: a relative reference that this server resolves."""
        return f"/problems/{self.slug}"


PROBLEM_TYPES: dict[str, ProblemType] = {
    kind.slug: kind
    for kind in (
        ProblemType(
            "not-found",
            404,
            "There is nothing here",
            "The address does not belong to any page or call of this server. The API page lists all calls.",
        ),
        ProblemType(
            "unknown-document",
            404,
            "Unknown document",
            "No document has this id. Ids look like CL-D-000098; /v1/documents lists them.",
        ),
        ProblemType(
            "unknown-version",
            404,
            "Unknown version",
            "The document has no version of this number, or none at all: it was never captured here. "
            "/v1/documents/{id}/versions lists them.",
        ),
        ProblemType(
            "unknown-provision",
            404,
            "Unknown provision",
            "No provision has this id. Ids look like CL-P-003363.",
        ),
        ProblemType(
            "provision-withdrawn",
            410,
            "This label is not published any more",
            "There was a record of this id. It was withdrawn, and its page (/provisions/{id}) says when, why "
            "and by what decision.",
        ),
        ProblemType(
            "unknown-entity",
            404,
            "Unknown entity",
            "No entity has this id. Ids are words such as pinterest; those of documents name theirs.",
        ),
        ProblemType(
            "unknown-clause-type",
            404,
            "Unknown clause type",
            "No clause type has this id. Ids are words such as ai-training-on-user-content.",
        ),
        ProblemType(
            "unknown-prefix",
            404,
            "Unknown bucket prefix",
            "No bucket has this prefix. The index says in bucket_bits how many leading bits name a bucket; "
            "the prefix is their value in lower-case hexadecimal. When the index changed, fetch it again.",
        ),
        ProblemType(
            "unknown-state",
            404,
            "Unknown state of the index",
            "Deltas lead from the latest states of the index to the present one. This state is older, or of "
            "another server: fetch the index whole.",
        ),
        ProblemType(
            "malformed-url",
            400,
            "The URL cannot be used",
            "The parameter url must hold one absolute http or https address, percent-encoded.",
        ),
        ProblemType(
            "bad-parameter",
            400,
            "A parameter is wrong",
            "The answer names each parameter at fault and what is expected of it.",
        ),
        ProblemType(
            "malformed-request",
            400,
            "The request is malformed",
            "The request does not follow HTTP, so it could not be read.",
        ),
        ProblemType(
            "url-too-long",
            414,
            "The address is too long",
            "Addresses may have 8,192 characters at the most; no browser or server uses longer ones.",
        ),
        ProblemType(
            "method-not-allowed",
            405,
            "This method is not allowed here",
            "The address exists, but not for this HTTP method. The Allow header names those that work.",
        ),
        ProblemType(
            "unsupported-media-type",
            415,
            "This content type is not understood",
            "Bodies sent to the API must be JSON with the content type application/json.",
        ),
        ProblemType(
            "request-too-large",
            413,
            "The request is too large",
            "The body or the headers are larger than this server accepts.",
        ),
        ProblemType(
            "request-timeout",
            408,
            "The request took too long to arrive",
            "The body did not arrive within the time that the server waits for it.",
        ),
        ProblemType(
            "bad-body",
            400,
            "The body is wrong",
            "The body is no JSON, or not of the shape that the call expects. The answer names each field at "
            "fault and what is expected of it.",
        ),
        ProblemType(
            "not-a-policy",
            422,
            "This page is no policy",
            "The page shows something else than the text of a policy. The member reason says what: empty, "
            "not-text, too-large, too-complex, bot-wall, cookie-wall, login, error-page, needs-scripts or "
            "too-short.",
        ),
        ProblemType(
            "unknown-language",
            422,
            "This language cannot be analysed",
            "The classifier has learned from texts in other languages than this page's; a label would be a "
            "guess. The member reason holds the code of the language, where it was recognised.",
        ),
        ProblemType(
            "analysis-timeout",
            504,
            "The analysis took too long",
            "The page took longer than the server allows (CLAUSELIGHT_ANALYSIS_SECONDS), so its analysis was "
            "ended. Ordinary pages take a tenth of a second.",
        ),
        ProblemType(
            "analysis-too-large",
            422,
            "The analysis took too much memory",
            "The page took more memory than the server allows, so its analysis was ended.",
        ),
        ProblemType(
            "analysis-failed",
            500,
            "The analysis failed",
            "The fault is the server's. Its log names the kind of error, and nothing of the page.",
        ),
        ProblemType(
            "analysis-busy",
            503,
            "The server is busy with other pages",
            "It analyses one page at a time, and several wait already. Try again in some seconds.",
        ),
        ProblemType(
            "not-offered",
            403,
            "This server does not analyse pages",
            "Its operator switched analyses off (CLAUSELIGHT_ANALYSES).",
        ),
        ProblemType(
            "archive-full",
            507,
            "The archive has no ids left",
            "Half a million documents or provisions were added to this archive; it holds no more.",
        ),
        ProblemType(
            "misdirected-host",
            421,
            "This server does not answer to that name",
            "The Host header names another host. This guards servers on your own computer against web pages "
            "that point a name of theirs at it (DNS rebinding). If the name is yours, set "
            "CLAUSELIGHT_PUBLIC_URL or CLAUSELIGHT_ALLOWED_HOSTS.",
        ),
        ProblemType(
            "unknown-dispute",
            404,
            "Unknown dispute",
            "No dispute belongs to this private link or number. The link was shown once, when the dispute "
            "was sent.",
        ),
        ProblemType(
            "disputes-busy",
            503,
            "Too many disputes arrive at once",
            "The dispute was not stored. Send it again in some seconds.",
        ),
        ProblemType(
            "dispute-held",
            409,
            "Somebody else is deciding this dispute",
            "Another moderator opened it some minutes ago. It is free again when they decide or leave it.",
        ),
        ProblemType(
            "dispute-decided",
            409,
            "This dispute is decided",
            "Somebody decided it already; its outcome stays.",
        ),
        ProblemType(
            "changed-meanwhile",
            412,
            "It was changed meanwhile",
            "Somebody changed it since you read it (If-Match). Read it again, so that you do not overwrite "
            "what they did.",
        ),
        ProblemType(
            "precondition-needed",
            428,
            "Say which state you change",
            "Changing something needs its entity tag in the header If-Match, so that two people do not "
            "overwrite each other.",
        ),
        ProblemType(
            "rules-broken",
            422,
            "The record breaks rules",
            "A record keeps rules, so that what people are shown is proven. The answer names every one that "
            "is broken.",
        ),
        ProblemType(
            "token-needed",
            401,
            "A token is needed",
            "Only people with a token may do this: 'clauselight token create' on the server makes one. Send "
            "it as Authorization: Bearer, or sign in with it.",
        ),
        ProblemType(
            "token-refused",
            401,
            "The token is not valid",
            "It is unknown, has expired or was revoked.",
        ),
        ProblemType(
            "scope-needed",
            403,
            "The token does not allow this",
            "Tokens have a scope: read, dispute, curate or admin, each including those before it.",
        ),
        ProblemType(
            "cross-site",
            403,
            "The request comes from another website",
            "A web page made your browser send it. Nothing here can be changed from other sites.",
        ),
        ProblemType(
            "too-many-attempts",
            429,
            "Too many wrong tokens",
            "Several wrong tokens came from the same place. Wait for a minute.",
        ),
        ProblemType(
            "not-ready",
            503,
            "The server is not ready",
            "The publication, or the registry that lists and search need, has not been made yet. Try again "
            "in a moment.",
        ),
        ProblemType(
            "question-too-long",
            503,
            "The question took too long",
            "Searching or counting took longer than the server allows and was ended. Ask for less, or try "
            "again.",
        ),
        ProblemType(
            "export-busy",
            503,
            "The server is busy making other files",
            "It makes one PDF at a time, and several wait already. Try again in some seconds.",
        ),
        ProblemType(
            "export-failed",
            500,
            "The file could not be made",
            "Making the file failed or took too long. The record's page can be printed instead.",
        ),
        ProblemType(
            "internal-error",
            500,
            "Something went wrong here",
            "The fault is the server's. Its log says more; nothing was lost.",
        ),
    )
}


class ProblemRaised(Exception):
    """Ends a handler with a problem; the middleware turns it into the answer."""

    def __init__(
        self,
        slug: str,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        reason: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = PROBLEM_TYPES[slug]
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})
        self.reason = reason


def problem_body(
    kind: ProblemType, detail: str, errors: Sequence[FieldError] = (), reason: str | None = None
) -> bytes:
    """The JSON of a problem."""
    if len(detail) > MOST_DETAIL:
        detail = detail[: MOST_DETAIL - 1] + "…"
    problem = Problem(
        type=kind.uri,
        title=kind.title,
        status=kind.status,
        detail=detail,
        reason=reason,
        errors=list(errors),
    )
    return problem.model_dump_json(exclude_none=True).encode()


def problem_response(raised: ProblemRaised) -> web.Response:
    """The answer that a problem becomes."""
    return web.Response(
        status=raised.kind.status,
        body=problem_body(raised.kind, raised.detail, raised.errors, raised.reason),
        content_type=MEDIA_TYPE,
        headers={**raised.headers, "Cache-Control": "no-store"},
    )
