"""The page of an analysis request, as what is read and as what is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
"""Media types of the snapshots that are kept of analysed pages."""


def snapshot_of(html: str | None, text: str | None, blocks: Iterable[str] | None) -> tuple[str, bytes]:
    """Media type and bytes under which a page is kept: as it was sent, blocks as one line each."""
    if html is not None:
        return HTML, html.encode("utf-8", "replace")
    if text is None:
        text = "\n".join(" ".join(block.split()) for block in blocks or ())
    return PLAIN, text.encode("utf-8", "replace")


def snapshot_of_request(request: Mapping[str, Any]) -> tuple[str, bytes]:
    """The same for a request as parsed JSON."""
    blocks = request.get("blocks")
    return snapshot_of(
        request.get("html"),
        request.get("text"),
        None if blocks is None else [block["text"] for block in blocks],
    )
