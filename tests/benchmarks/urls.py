"""URL matching measured: a matcher for the URL scorer, and what the index weighs.

`matcher` is a factory: it gets the known documents (mappings with `id` and `url`) and returns
`match(url)`, which answers None, an id, or (id, "other-language"). It goes through the real keys,
not through shortcuts: canonicalise, hash, look up. No memory of whole URLs, so a repeated run is
not faster than the first.

Run `python tests/benchmarks/urls.py` for the weight of the index at a million documents.
"""

import random
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from os.path import commonprefix
from pathlib import Path
from typing import NamedTuple

try:
    from clauselight.domain import canonical_url as canonical
except ModuleNotFoundError:  # a scorer may run this file with an interpreter of its own
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))
    from clauselight.domain import canonical_url as canonical

from clauselight.domain import url_index
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


def _documents(count: int) -> list[str]:
    """Made-up document addresses: many hosts, a third of them naming a language."""
    rng = random.Random(1)
    kinds = ("privacy", "terms", "cookies", "legal/dpa", "legal/acceptable-use")
    locales = ("", "", "", "/en", "/de", "/en-us", "/fr-fr")
    urls: dict[str, None] = {}
    while len(urls) < count:
        host = f"www.site-{rng.randrange(count // 3)}.example"
        urls[f"https://{host}{rng.choice(locales)}/{rng.choice(kinds)}"] = None
    return list(urls)


def _show(name: str, value: float, unit: str) -> None:
    print(f"{name:34}{value:12.3f} {unit}")


def main(count: int = 1_000_000) -> None:
    """Prints the weight of the index and of a delta, and how long making them takes."""
    urls = _documents(count + count // 1000)
    started = time.perf_counter()
    keys = [canonical.page_key(url) for url in urls]
    _show("page key", (time.perf_counter() - started) / len(urls) * 1e6, "us an address")
    old, new = keys[:count], keys[count // 1000 :]
    started = time.perf_counter()
    index = url_index.encode(old)
    _show("encode", (time.perf_counter() - started) * 1e3, "ms")
    _show("index", len(index.data) / count, f"bytes a document ({count:,} documents)")
    _show("index, every address a page", _every_address_a_page(count), "bytes a document")
    started = time.perf_counter()
    values = url_index.decode_values(index)
    _show("decode", (time.perf_counter() - started) * 1e3, "ms")
    delta = url_index.encode_delta(old, new)
    size = len(delta.removed) + len(delta.added)
    _show("delta for 0.1 % churn", 100 * size / len(index.data), "% of the index")
    started = time.perf_counter()
    url_index.apply_delta(values, delta)
    _show("apply delta", (time.perf_counter() - started) * 1e3, "ms")


def _every_address_a_page(count: int) -> float:
    """The worst case: no two documents are language versions of each other."""
    rng = random.Random(2)
    return len(url_index.encode([rng.getrandbits(63) for _ in range(count)]).data) / count


if __name__ == "__main__":
    main()
