"""URL matching measured: a matcher for the URL scorer, and what the index weighs.

`matcher` is a factory: it gets the known documents (mappings with `id` and `url`) and returns
`match(url)`, which answers None, an id, or (id, "other-language"). It goes through the real keys,
not through shortcuts: canonicalise, hash, look up. No memory of whole URLs, so a repeated run is
not faster than the first.

Run `python tests/benchmarks/urls.py` for the weight of the index at a million documents.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

try:
    from clauselight.domain import canonical_url as canonical
except ModuleNotFoundError:  # a scorer may run this file with an interpreter of its own
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))
    from clauselight.domain import canonical_url as canonical

Answer = str | tuple[str, str] | None


def matcher(known: Iterable[Mapping[str, str]]) -> Callable[[str], Answer]:
    """A matcher over the known documents. Of several in one place the closest address answers."""
    exact: dict[int, list[tuple[str, str, str]]] = {}
    for document in known:
        try:
            keys = canonical.index_keys(document["url"])
        except canonical.UrlRefused:
            continue
        entry = (document["id"], document["url"], canonical.canonicalise(document["url"]).key)
        for key in keys:
            exact.setdefault(key, []).append(entry)
    lookup_keys = canonical.lookup_keys
    find = exact.get

    def match(url: str) -> Answer:
        try:
            keys = lookup_keys(url)
        except canonical.UrlRefused:
            return None
        for key, relation in keys:
            found = find(key)
            if found is not None:
                best = found[0] if len(found) == 1 else max(found, key=lambda e: _likeness(e, url))
                return best[0] if relation == "same" else (best[0], relation)
        return None

    return match


def _likeness(entry: tuple[str, str, str], url: str) -> int:
    """How much of the address agrees from the start and from the end."""
    start = os.path.commonprefix([entry[1], url])
    end = os.path.commonprefix([entry[1][::-1], url[::-1]])
    return len(start) + len(end)
