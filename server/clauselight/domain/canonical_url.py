"""One key for all the addresses of one document, without fetching anything.

The rules, in order; `extension/src/match/canonical-url.ts` follows the same ones, and the vectors
in `shared_schema/parity/canonical_url.json` hold both to them. Names and codes that the rules use
are data: `data/url_rules.json`.

 1. Clean     tabs and line breaks go anywhere, control characters and spaces at the ends; a
              backslash before the query is a slash. Longer than `MAX_URL_LENGTH`: refused.
 2. Scheme    `http` and `https` are one and leave no trace; anything else is refused.
 3. Authority user name and password go; ports 80 and 443 go, any other stays.
 4. Host      lower case; IDN as `xn--` (UTS #46, non-transitional); the final dot goes; IPv6 in
              its short form; a malformed host is refused.
 5. Labels    leading `www`, mobile (`m`, `mobile`...) and `amp` labels go while a registrable
              domain is left.
 6. Language  a leading host label that is a language or region is named as such.
 7. Encoding  percent-encodings of characters that need none are undone; the others are written
              in capitals; what must be encoded is (UTF-8); a stray `%` becomes `%25`.
 8. Path      session ids (`;jsessionid=`) and `/ref=` segments go; double slashes and dot segments
              are resolved; final slash, index file and AMP ending (`/amp`, `.amp`) go. Case stays.
 9. Query     tracking parameters, AMP flags, empty pieces and a `?` before a name go; `+` is a
              space; `a=` is `a`; the value of a language parameter takes one spelling; sorted by
              name, order of equal names kept. All other parameters stay: they may choose the
              document.
10. Fragment  a route (`#/...`, `#!...`) stays, its query treated as in 9; any other goes, so that
              one page with several documents has one key, and matching answers a list.
11. AMP cache `*.cdn.ampproject.org/c/s/...` and `google.../amp/s/...` are the address they wrap.
12. Neutral   the key without what names a language or region: host label (6), path segments
              (`url_locale`), and language parameters with a locale as value.

Two addresses with one key are the same document. Two with one neutral key only are language
versions of each other, never the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Final, Literal

from clauselight.domain.public_suffix import registrable_domain
from clauselight.domain.url_host import Host, UrlRefused, canonical_host
from clauselight.domain.url_locale import closeness, split_path
from clauselight.domain.url_parts import (
    MUST_ENCODE,
    canonical_path,
    canonical_query,
    canonical_route,
    path_ending,
)
from clauselight.domain.url_plain import plain_key

__all__ = [
    "CANONICALISATION_VERSION",
    "MAX_URL_LENGTH",
    "CanonicalUrl",
    "Relation",
    "UrlRefused",
    "canonical_key",
    "canonical_link_allowed",
    "canonical_parts",
    "canonicalise",
    "closest_version",
    "index_keys",
    "lookup_keys",
    "page_key",
    "relation",
    "site_key",
    "url_key",
]

CANONICALISATION_VERSION: Final = 1
"""Raised whenever a rule or the data changes a key: an index of another version is not usable."""

MAX_URL_LENGTH: Final = 8192
"""Characters, raw and encoded. Servers and CDNs refuse longer ones (8 kB is nginx's and Apache's
limit for a request line), so no document lives there, and the work per address stays bounded."""

Relation = Literal["same", "other-language"]


@dataclass(frozen=True, slots=True)
class CanonicalUrl:
    """`key`: the canonical address without scheme. `language`: the language or region that it
    names, lower case with hyphens, if any. `neutral_key`: the key without that."""

    key: str
    language: str | None
    neutral_key: str


_SPLIT: Final = re.compile(
    r"([A-Za-z][A-Za-z0-9+.\-]*):/*([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL
)
_EDGES: Final = "".join(map(chr, range(0x21)))
_AMP_CACHE_PATH: Final = re.compile(r"/+[a-z]/(?:s/)?([^/]+\.[^/]+(?:/.*)?)", re.DOTALL)
_AMP_VIEWER_PATH: Final = re.compile(r"/+amp/(?:s/)?([^/]+\.[^/]+(?:/.*)?)", re.DOTALL)


def canonicalise(url: str) -> CanonicalUrl:
    """The canonical form of an absolute web address. Raises `UrlRefused`."""
    return CanonicalUrl(*canonical_parts(url))


def canonical_parts(url: str) -> tuple[str, str | None, str]:
    """`canonicalise` as a plain tuple of key, language and neutral key, for hot paths."""
    if len(url) > MAX_URL_LENGTH:
        raise UrlRefused("too-long", f"The address is longer than {MAX_URL_LENGTH} characters.")
    odd = MUST_ENCODE.search(url) is not None
    if odd:
        url = _clean(url)
    while True:
        match = _SPLIT.fullmatch(url)
        if match is None:
            raise UrlRefused("no-scheme", "The address must begin with http:// or https://.")
        scheme, authority, path, query, fragment = match.groups()
        if scheme != "https" and scheme.lower() not in ("http", "https"):
            raise UrlRefused("scheme", "Only http and https addresses can be documents.")
        host = canonical_host(authority)
        wrapped = _wrapped(host, canonical_path(path, odd)) if host.amp_cache else None
        if wrapped is None:
            break
        url = f"https://{wrapped}{url[match.end(3) :]}"  # shorter every time

    path = canonical_path(path, odd)
    tail = neutral_tail = ""
    language = None
    if query:
        tail, neutral_tail, language = canonical_query(query, odd)
    if fragment:
        route, neutral_route, route_language = canonical_route(fragment)
        tail += route
        neutral_tail += neutral_route
        language = language or route_language
    key = host.name + path + tail
    if len(key) > MAX_URL_LENGTH:
        raise UrlRefused("too-long", f"The address is longer than {MAX_URL_LENGTH} characters.")
    neutral_path, path_language = split_path(path)
    if path_language is not None:
        neutral_path = path_ending(neutral_path)
        if host.amp_cache and _wrapped(host, neutral_path) is not None:
            neutral_path, path_language = path, None  # would become another address
    language = language or path_language or host.language
    if language is None:
        return key, None, key
    return key, language, host.neutral + neutral_path + neutral_tail


def canonical_key(url: str) -> str:
    """The key alone, sooner. Raises `UrlRefused`."""
    return plain_key(url) or canonical_parts(url)[0]


def _clean(url: str) -> str:
    url = url.strip(_EDGES).replace("\t", "").replace("\n", "").replace("\r", "")
    if "\\" in url:
        end = min((i for i in (url.find("?"), url.find("#")) if i >= 0), default=len(url))
        url = url[:end].replace("\\", "/") + url[end:]
    return url


def _wrapped(host: Host, path: str) -> str | None:
    """Rule 11: the wrapped address without scheme and query, if the path holds one."""
    pattern = _AMP_VIEWER_PATH if host.neutral.startswith("google.") else _AMP_CACHE_PATH
    match = pattern.fullmatch(path)
    return match.group(1) if match else None


def url_key(text: str) -> int:
    """A canonical text as a 63-bit integer: BLAKE2s (RFC 7693) with 8 bytes, big-endian, without
    the last bit, so that SQLite can hold it as a positive integer key."""
    return int.from_bytes(blake2s(text.encode(), digest_size=8).digest(), "big") >> 1


_LANGUAGE_DOMAIN: Final = "lang:"  # no canonical URL begins so: a host has no colon before a port
_SITE_DOMAIN: Final = "site:"


def lookup_keys(url: str) -> list[tuple[int, Relation]]:
    """What to look up for a page, best first, against the `index_keys` of all documents.

    Neutral keys of documents that name a language have a hash domain of their own: a hit there is
    another language, whatever the page's own address names. Raises `UrlRefused`.
    """
    key, language, neutral = canonical_parts(url)
    if language is None:
        return [(url_key(key), "same"), (url_key(_LANGUAGE_DOMAIN + key), "other-language")]
    return [
        (url_key(key), "same"),
        (url_key(_LANGUAGE_DOMAIN + neutral), "other-language"),
        (url_key(neutral), "other-language"),
    ]


def index_keys(url: str) -> list[int]:
    """The keys under which a document's address is found by `lookup_keys`: one, or two when it
    names a language. For a store that answers by exact key. Raises `UrlRefused`."""
    key, language, neutral = canonical_parts(url)
    if language is None:
        return [url_key(key)]
    return [url_key(key), url_key(_LANGUAGE_DOMAIN + neutral)]


def page_key(url: str) -> int:
    """One key for all language versions of a document: the hash of the neutral key.

    For the public index and its buckets: one key a document keeps the index at its smallest, and
    one bucket brings all versions. What a hit means, `relation` says once the bucket is there.
    Raises `UrlRefused`.
    """
    return url_key(canonical_parts(url)[2])


def relation(page_url: str, document_url: str) -> Relation | None:
    """What a page is to a document's known address; None for unrelated. Raises `UrlRefused`."""
    page = canonical_parts(page_url)
    document = canonical_parts(document_url)
    if page[0] == document[0]:
        return "same"
    return "other-language" if page[2] == document[2] else None


def closest_version(page_url: str, document_urls: Sequence[str]) -> int:
    """Which of several known addresses of one neutral key to show for a page: its position.

    An address with the page's own key wins, then the closest language. Raises `UrlRefused`;
    ValueError when there is none to choose from.
    """
    page_key_text, wanted, _ = canonical_parts(page_url)

    def rank(position: int) -> tuple[bool, tuple[bool, ...]]:
        key, offered, _ = canonical_parts(document_urls[position])
        return key == page_key_text, closeness(wanted, offered)

    return max(range(len(document_urls)), key=rank)


def site_key(url: str) -> int | None:
    """The key of the whole site that an address belongs to, by registrable domain; None for IP
    addresses and single labels. Raises `UrlRefused`."""
    domain = _site(canonical_parts(url)[0])
    return None if domain is None else url_key(_SITE_DOMAIN + domain)


def _site(key: str) -> str | None:
    host = re.split("[/?#]", key, maxsplit=1)[0]
    return registrable_domain(host.partition(":")[0])


def canonical_link_allowed(page_url: str, link_url: str) -> bool:
    """Whether a page's `<link rel=canonical>` may be matched too: only within the same
    registrable domain, so that a page cannot borrow another site's document."""
    try:
        page, link = _site(canonical_parts(page_url)[0]), _site(canonical_parts(link_url)[0])
    except UrlRefused:
        return False
    return page is not None and page == link
