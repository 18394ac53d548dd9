"""URL matching measured: a matcher for the URL scorer, and what the index weighs.

`matcher` is a factory: it gets the known documents (mappings with `id` and `url`) and returns
`match(url)`, which answers None, an id, or (id, "other-language"). It goes through the real keys,
not through shortcuts: canonicalise, hash, look up. No memory of whole URLs, so a repeated run is
not faster than the first.

Run `python tests/benchmarks/urls.py` for the weight of the index at a million documents.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from os.path import commonprefix
from pathlib import Path
from typing import NamedTuple

try:
    from clauselight.domain import canonical_url as canonical
except ModuleNotFoundError:  # a scorer may run this file with an interpreter of its own
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))
    from clauselight.domain import canonical_url as canonical

from clauselight.domain.url_locale import closeness


class Entry(NamedTuple):
    """One known address."""

    key: str
    id: str
    url: str
    language: str | None


Answer = str | tuple[str, str] | None


def matcher(known: Iterable[Mapping[str, str]]) -> Callable[[str], Answer]:
    """A matcher over the known documents. Of several language versions the closest answers."""
    pages: dict[int, list[Entry]] = {}  # by page key
    for document in known:
        try:
            form = canonical.canonicalise(document["url"])
        except canonical.UrlRefused:
            continue
        entry = Entry(form.key, document["id"], document["url"], form.language)
        pages.setdefault(canonical.url_key(form.neutral_key), []).append(entry)
    parts, url_key, find = canonical.canonical_parts, canonical.url_key, pages.get

    def match(url: str) -> Answer:
        try:
            key, language, neutral = parts(url)
        except canonical.UrlRefused:
            return None
        found = find(url_key(neutral))
        if found is None:
            return None
        same = [entry for entry in found if entry.key == key]
        if len(same) > 1:  # one page, several documents: of the address most like this one
            return max(same, key=lambda e: len(commonprefix((e.url, url)))).id  # noqa: RUF071
        if same:
            return same[0].id
        return max(found, key=lambda e: closeness(language, e.language)).id, "other-language"

    return match
