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
 9. Query     empty pieces, tracking parameters and AMP flags go; `+` is a space; `a=` is `a`; the
              value of a language parameter takes one spelling; sorted by name, order of equal
              names kept. All other parameters stay: they may choose the document.
10. Fragment  a route (`#/...`, `#!...`) stays, its query treated as in 9; any other goes, so that
              one page with several documents has one key, and matching answers a list.
11. AMP cache `*.cdn.ampproject.org/c/s/...` and `google.../amp/s/...` are the address they wrap.
12. Neutral   the key without what names a language or region: host label (6), path segments
              (`url_locale`), language parameters with a locale as value, and region parameters
              beside one of those.

Two addresses with one key are the same document. Two with one neutral key only are language
versions of each other, never the same.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2s
from typing import Final, Literal

from clauselight.domain import url_rules as rules
from clauselight.domain.public_suffix import registrable_domain
from clauselight.domain.url_host import UrlRefused, canonical_host
from clauselight.domain.url_locale import (
    is_locale_value,
    is_region_value,
    normal_locale,
    split_path,
)

__all__ = [
    "CANONICALISATION_VERSION",
    "MAX_URL_LENGTH",
    "CanonicalUrl",
    "Relation",
    "UrlRefused",
    "canonical_link_allowed",
    "canonicalise",
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
_UNCLEAN: Final = re.compile(r"[\x00-\x20\\]")
_EDGES: Final = "".join(map(chr, range(0x21)))
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# Everything that RFC 3986 does not allow to stand in a path, query or fragment as it is.
_MUST_ENCODE: Final = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]+")
_PERCENT: Final = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED: Final = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)
_PATH_PLAIN: Final = _UNRESERVED | frozenset("!$&'()*+,:=@")
_QUERY_PLAIN: Final = _UNRESERVED | frozenset("!'()*,:@/$;?")
_SESSION: Final = re.compile(r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*", re.IGNORECASE)
_REF_SEGMENT: Final = re.compile(r"/ref=[^/]*")
_SLASHES: Final = re.compile(r"//+")
_AMP_SUFFIX: Final = re.compile(r"\.amp(\.html?)?$", re.IGNORECASE)
_AMP_CACHE_PATH: Final = re.compile(r"/+[a-z]/(?:s/)?([^/]+\.[^/]+(?:/.*)?)", re.DOTALL)
_AMP_VIEWER_PATH: Final = re.compile(r"/+amp/(?:s/)?([^/]+\.[^/]+(?:/.*)?)", re.DOTALL)


def canonicalise(url: str) -> CanonicalUrl:
    """The canonical form of an absolute web address. Raises `UrlRefused`."""
    return CanonicalUrl(*_canonical(url))


def _canonical(url: str) -> tuple[str, str | None, str]:
    if len(url) > MAX_URL_LENGTH:
        raise UrlRefused("too-long", f"The address is longer than {MAX_URL_LENGTH} characters.")
    if _UNCLEAN.search(url):
        url = _clean(url)
    while True:
        match = _SPLIT.fullmatch(url)
        if match is None:
            raise UrlRefused("no-scheme", "The address must begin with http:// or https://.")
        scheme, authority, path, query, fragment = match.groups()
        if scheme != "https" and scheme.lower() not in ("http", "https"):
            raise UrlRefused("scheme", "Only http and https addresses can be documents.")
        host = canonical_host(authority)
        wrapped = _amp_cached(host.name, path) if "/" in path else None
        if wrapped is None:
            break
        url = f"https://{wrapped}{url[match.end(3) :]}"  # shorter every time

    path = _path(path)
    tail = neutral_tail = ""
    language = None
    if query:
        tail, neutral_tail, language = _query(query)
    if fragment:
        route, neutral_route, route_language = _route(fragment)
        tail += route
        neutral_tail += neutral_route
        language = language or route_language
    key = host.name + path + tail
    if len(key) > MAX_URL_LENGTH:
        raise UrlRefused("too-long", f"The address is longer than {MAX_URL_LENGTH} characters.")
    neutral_path, path_language = split_path(path)
    if path_language is not None:
        neutral_path = _path_ending(neutral_path)
    language = language or path_language or host.language
    if language is None:
        return key, None, key
    return key, language, host.neutral + neutral_path + neutral_tail


def _clean(url: str) -> str:
    url = url.strip(_EDGES).replace("\t", "").replace("\n", "").replace("\r", "")
    if "\\" in url:
        end = min((i for i in (url.find("?"), url.find("#")) if i >= 0), default=len(url))
        url = url[:end].replace("\\", "/") + url[end:]
    return url


def _encode(text: str) -> str:
    """Rule 7 for what is not allowed as it is; percent signs are left alone."""
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    return _MUST_ENCODE.sub(
        lambda m: "".join(f"%{byte:02X}" for byte in m.group().encode("utf-8")), text
    )


def _normal_percent(text: str, plain: frozenset[str]) -> str:
    """Rule 7 for what is encoded already."""

    def one(match: re.Match[str]) -> str:
        digits = match.group(1)
        if digits is None:
            return "%25"
        character = chr(int(digits, 16))
        return character if character in plain else "%" + digits.upper()

    return _PERCENT.sub(one, text)


def _path(path: str) -> str:
    """Rules 7 and 8: empty, or a slash and at least one character."""
    if _MUST_ENCODE.search(path):
        path = _encode(path)
    if "%" in path:
        path = _normal_percent(path, _PATH_PLAIN)
    if ";" in path:
        path = _SESSION.sub("", path)
    if "/ref=" in path:
        path = _REF_SEGMENT.sub("", path)
    if "//" in path:
        path = _SLASHES.sub("/", path)
    if "/." in path:
        path = _dot_segments(path)
    return _path_ending(path)


def _dot_segments(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    return "".join(f"/{segment}" for segment in kept)


def _path_ending(path: str) -> str:
    """Without final slash, index file and AMP ending, in whatever order they stand."""
    while True:
        if path.endswith("/"):
            path = path[:-1]
            continue
        folder, _, last = path.rpartition("/")
        last = last.lower()
        if last in rules.INDEX_FILES or (last == "amp" and folder):
            path = folder
        elif ".amp" in last and (shorter := _AMP_SUFFIX.sub(r"\1", path)) != path:
            path = shorter
        else:
            return path


_KEEP: Final = 0
_TRACKING: Final = 1
_BY_VALUE: Final = 2
_LANGUAGE: Final = 3
_REGION: Final = 4


@lru_cache(maxsize=4096)
def _kind(name: str) -> int:
    name = name.lower()
    if name in rules.TRACKING_NAMES or name.startswith(rules.TRACKING_PREFIXES):
        return _TRACKING
    if name in rules.TRACKING_VALUES:
        return _BY_VALUE
    if name in rules.LANGUAGE_PARAMETERS:
        return _LANGUAGE
    return _REGION if name in rules.REGION_PARAMETERS else _KEEP


def _query(query: str) -> tuple[str, str, str | None]:
    """Rule 9: the query with its `?` or empty, the same without languages (12), the language."""
    if _MUST_ENCODE.search(query):
        query = _encode(query)
    if "+" in query:
        query = query.replace("+", "%20")
    kept: list[tuple[str, str, int]] = []
    language = None
    for piece in query.split("&"):
        if "%" in piece:
            piece = _normal_percent(piece, _QUERY_PLAIN)
        name, _, value = piece.partition("=")
        kind = _kind(name)
        if kind == _TRACKING or not (name or value):
            continue
        if kind == _BY_VALUE and value.lower() in rules.TRACKING_VALUES[name.lower()]:
            continue
        if kind == _LANGUAGE and is_locale_value(value):
            language = value = normal_locale(value)
        elif kind != _REGION or not is_region_value(value):
            kind = _KEEP
        kept.append((name, f"{name}={value}" if value else name, kind))
    if not kept:
        return "", "", None
    if len(kept) > 1:
        kept.sort(key=_name_of)
    text = "?" + "&".join([piece for _, piece, _ in kept])
    if language is None:
        return text, text, None
    neutral = "&".join([piece for _, piece, kind in kept if kind == _KEEP])
    return text, neutral and "?" + neutral, language


def _name_of(parameter: tuple[str, str, int]) -> str:
    return parameter[0]


def _route(fragment: str) -> tuple[str, str, str | None]:
    """Rule 10: the route with its `#` or empty, the same without languages, the language."""
    if fragment[0] not in "/!":
        return "", "", None
    fragment = fragment.split(":~:", 1)[0].split("#", 1)[0]
    path, _, query = fragment.partition("?")
    path = _normal_percent(_encode(path), _PATH_PLAIN).rstrip("/")
    text, neutral, language = _query(query) if query else ("", "", None)
    if path in ("", "!"):
        return "", "", None
    return f"#{path}{text}", f"#{path}{neutral}", language


def _amp_cached(host: str, path: str) -> str | None:
    """Rule 11: the wrapped address without scheme and query, if `host` is an AMP cache."""
    if host == "cdn.ampproject.org" or host.endswith(".cdn.ampproject.org"):
        match = _AMP_CACHE_PATH.fullmatch(path)
    elif host.startswith("google.") and registrable_domain(host) == host:
        match = _AMP_VIEWER_PATH.fullmatch(path)
    else:
        return None
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
    key, language, neutral = _canonical(url)
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
    key, language, neutral = _canonical(url)
    if language is None:
        return [url_key(key)]
    return [url_key(key), url_key(_LANGUAGE_DOMAIN + neutral)]


def page_key(url: str) -> int:
    """One key for all language versions of a document: the hash of the neutral key.

    For the public index and its buckets: one key a document keeps the index at its smallest, and
    one bucket brings all versions. What a hit means, `relation` says once the bucket is there.
    Raises `UrlRefused`.
    """
    return url_key(_canonical(url)[2])


def relation(page_url: str, document_url: str) -> Relation | None:
    """What a page is to a document's known address; None for unrelated. Raises `UrlRefused`."""
    page = _canonical(page_url)
    document = _canonical(document_url)
    if page[0] == document[0]:
        return "same"
    return "other-language" if page[2] == document[2] else None


def site_key(url: str) -> int | None:
    """The key of the whole site that an address belongs to, by registrable domain; None for IP
    addresses and single labels. Raises `UrlRefused`."""
    domain = _site(_canonical(url)[0])
    return None if domain is None else url_key(_SITE_DOMAIN + domain)


def _site(key: str) -> str | None:
    host = re.split("[/?#]", key, maxsplit=1)[0]
    return registrable_domain(host.partition(":")[0])


def canonical_link_allowed(page_url: str, link_url: str) -> bool:
    """Whether a page's `<link rel=canonical>` may be matched too: only within the same
    registrable domain, so that a page cannot borrow another site's document."""
    try:
        page, link = _site(_canonical(page_url)[0]), _site(_canonical(link_url)[0])
    except UrlRefused:
        return False
    return page is not None and page == link

