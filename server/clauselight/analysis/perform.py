"""One request in the analysing process: read, analyse, and look for the quotes in what would be kept."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from .analyse import analyse
from .classify import UnknownLanguage, load_classifier
from .content import snapshot_of_request
from .extract import Extracted, blocks_of_text, extract
from .found import Analysis
from .framing import Task
from .request_blocks import blocks_of_request


def perform(task: Task, body: bytes) -> dict[str, Any]:
    """What is found, as an `Analysis` in JSON's types. With `verify`, each found clause has its `position` in
    the snapshot's text, or None when its words do not stand there, and the text is part of the answer.

    Raises Refused, UnknownLanguage.
    """
    request: dict[str, Any] = json.loads(body)
    page = _read(request)
    # What the page says of itself is often its template's language; the words know better.
    language = page.language or (request.get("language") or "").partition("-")[0]
    classifier = load_classifier()
    try:
        analysis = analyse(page, classifier, task.categories, language=language)
    except UnknownLanguage:
        if not task.any_language:
            raise
        analysis = Analysis(page.title, language, len(page.text.split()), 0, classifier.version, ())
    found = asdict(analysis)
    if not task.verify:
        found["faint"] = ()
    else:
        found["text"] = page.text
        for one, position in zip(found["found"], _positions(analysis, request), strict=True):
            one["position"] = position
    return found


def _read(request: dict[str, Any]) -> Extracted:
    if (html := request.get("html")) is not None:
        return extract(html, url=request.get("url"))
    if (text := request.get("text")) is not None:
        return blocks_of_text(text)
    return blocks_of_request(request["blocks"], request.get("title") or "")


def _positions(analysis: Analysis, request: dict[str, Any]) -> list[tuple[int, int] | None]:
    # Anchoring takes memory and time to load that an analysis without keeping does not need.
    from clauselight.domain.anchoring import QuoteToAnchor

    from .snapshot_text import find_quotes

    media_type, body = snapshot_of_request(request)
    quotes = [
        QuoteToAnchor(str(number), one.exact, one.prefix, one.suffix)
        for number, one in enumerate(analysis.found)
    ]
    return find_quotes(quotes, body, media_type)
