"""Pages for the tests of analysis: written by us, and real ones where they are."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parent / "fixtures" / "analysis"
REAL_PAGES = Path(__file__).parents[2] / "shared" / "data" / "extraction" / "pages_dev.jsonl.gz"


def page(name: str) -> bytes:
    """A page written for the tests."""
    return (PAGES / f"{name}.html").read_bytes()


@cache
def real_pages() -> tuple[dict[str, Any], ...]:
    """Recorded pages of real services; none when ../shared is not there."""
    if not REAL_PAGES.exists():
        return ()
    return tuple(json.loads(line) for line in gzip.decompress(REAL_PAGES.read_bytes()).splitlines())
