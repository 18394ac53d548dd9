"""Path, query and route of a URL in canonical form: rules 7 to 10 of `canonical_url`."""

import re
from functools import lru_cache
from typing import Final

from clauselight.domain import url_rules as rules
from clauselight.domain.url_locale import is_locale_value, normal_locale

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
MUST_ENCODE: Final = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/?#%]+")
"""Everything that RFC 3986 does not allow to stand in a path, query or fragment as it is."""
_PERCENT: Final = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_PLAIN: Final = _UNRESERVED | frozenset("!$&'()*+,:=@")
_QUERY_PLAIN: Final = _UNRESERVED | frozenset("!'()*,:@/$;?")
_SESSION: Final = re.compile(r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*", re.IGNORECASE)
_REF_SEGMENT: Final = re.compile(r"/ref=[^/]*")
_SLASHES: Final = re.compile(r"//+")
_AMP_SUFFIX: Final = re.compile(r"\.amp(\.html?)?$", re.IGNORECASE)


def _encode(text: str) -> str:
    """Rule 7 for what is not allowed as it is; percent signs are left alone."""
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    return MUST_ENCODE.sub(lambda m: "".join(f"%{byte:02X}" for byte in m.group().encode("utf-8")), text)


def _normal_percent(text: str, plain: frozenset[str]) -> str:
    """Rule 7 for what is encoded already."""

    def one(match: re.Match[str]) -> str:
        digits = match.group(1)
        if digits is None:
            return "%25"
        character = chr(int(digits, 16))
        return character if character in plain else "%" + digits.upper()

    return _PERCENT.sub(one, text)


def canonical_path(path: str, odd: bool) -> str:
    """Rules 7 and 8: empty, or a slash and at least one character. `odd`: needs encoding."""
    if odd:
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
    return path_ending(path)


def _dot_segments(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    return "".join(f"/{segment}" for segment in kept)


def path_ending(path: str) -> str:
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


@lru_cache(maxsize=4096)
def _kind(name: str) -> int:
    name = name.lower()
    if name in rules.TRACKING_NAMES or name.startswith(rules.TRACKING_PREFIXES):
        return _TRACKING
    if name in rules.TRACKING_VALUES:
        return _BY_VALUE
    return _LANGUAGE if name in rules.LANGUAGE_PARAMETERS else _KEEP


def canonical_query(query: str, odd: bool) -> tuple[str, str, str | None]:
    """Rule 9: the query with its `?` or empty, the same without languages (12), the language.

    `odd`: it may hold characters that need encoding.
    """
    if odd:
        query = _encode(query)
    if "+" in query:
        query = query.replace("+", "%20")
    kept: list[tuple[str, str, str | None]] = []  # name, piece, language
    for piece in query.split("&"):
        if "%" in piece:
            piece = _normal_percent(piece, _QUERY_PLAIN)
        if piece.startswith("?"):
            piece = piece.lstrip("?")
        name, _, value = piece.partition("=")
        kind = _kind(name)
        if kind == _TRACKING or not (name or value):
            continue
        if kind == _BY_VALUE and value.lower() in rules.TRACKING_VALUES[name.lower()]:
            continue
        language = None
        if kind == _LANGUAGE and is_locale_value(value):
            language = value = normal_locale(value)
        kept.append((name, f"{name}={value}" if value else name, language))
    if not kept:
        return "", "", None
    if len(kept) > 1:
        kept.sort(key=_name_of)
    text = "?" + "&".join([piece for _, piece, _ in kept])
    languages = [language for _, _, language in kept if language is not None]
    if not languages:
        return text, text, None
    neutral = "&".join([piece for _, piece, language in kept if language is None])
    return text, neutral and "?" + neutral, languages[-1]


def _name_of(parameter: tuple[str, str, str | None]) -> str:
    return parameter[0]


def canonical_route(fragment: str) -> tuple[str, str, str | None]:
    """Rule 10: the route with its `#` or empty, the same without languages, the language."""
    if fragment[0] not in "/!":
        return "", "", None
    fragment = fragment.split(":~:", 1)[0].split("#", 1)[0]
    path, _, query = fragment.partition("?")
    path = _normal_percent(_encode(path), _PATH_PLAIN).rstrip("/")
    text, neutral, language = canonical_query(query, True) if query else ("", "", None)
    if path in ("", "!"):
        return "", "", None
    return f"#{path}{text}", f"#{path}{neutral}", language
