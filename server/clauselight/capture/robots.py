"""robots.txt as RFC 9309 reads it: our groups, the longest rule that fits, Crawl-delay up to a limit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote_to_bytes

MOST_BYTES: Final = 500 * 1024
"""What a crawler must read at least (RFC 9309, 2.5), and all that we read."""
MOST_RULES: Final = 10_000
"""Rules kept; more are written by machines against machines."""
LONGEST_DELAY: Final = 30.0
"""Seconds of Crawl-delay that are honoured: a policy is one page a day, and a day of delay means "never",
for which there is Disallow."""

_PRODUCT: Final = re.compile(r"[a-zA-Z_-]+")
_RESERVED: Final = "%/?:@!$&'()*+,;=-._~[]#"


@dataclass(frozen=True, slots=True)
class _Rule:
    pieces: tuple[str, ...]
    anchored: bool
    weight: int
    allow: bool


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for us."""

    rules: tuple[_Rule, ...] = ()
    crawl_delay: float | None = None

    def allows(self, path: str) -> bool:
        """Whether a path, with its query, may be asked for. Of rules equally long, Allow goes first."""
        given = _normal(path or "/")
        if given == "/robots.txt":
            return True
        best, allowed = -1, True
        for rule in self.rules:
            if rule.weight < best or (rule.weight == best and not rule.allow):
                continue
            if _fits(rule, given):
                best, allowed = rule.weight, rule.allow
        return allowed


def parse_robots(body: bytes, product: str) -> Robots:
    """Read a robots.txt for the crawler named `product`. Any bytes are a robots.txt; unreadable lines count
    for nothing."""
    text = body[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    ours: tuple[list[_Rule], list[float]] = ([], [])
    others: tuple[list[_Rule], list[float]] = ([], [])
    named = False
    groups: list[tuple[list[_Rule], list[float]]] = []
    in_names = False
    for line in re.split(r"\r\n|\r|\n", text):
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if not in_names:
                groups = []
            in_names = True
            name = _PRODUCT.match(value)
            if value == "*":
                groups.append(others)
            elif name and name.group().lower() == product.lower():
                named = True
                groups.append(ours)
        elif key in ("allow", "disallow"):
            in_names = False
            if value:
                rule = _rule(value, allow=key == "allow")
                for rules, _ in groups:
                    if len(rules) < MOST_RULES:
                        rules.append(rule)
        elif key == "crawl-delay":
            in_names = False
            if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", value):
                for _, delays in groups:
                    delays.append(float(value))
    rules, delays = ours if named else others
    return Robots(tuple(rules), min(max(delays), LONGEST_DELAY) if delays else None)


def _rule(value: str, *, allow: bool) -> _Rule:
    pattern = _normal(value)
    anchored = pattern.endswith("$")
    pieces = pattern.removesuffix("$").split("*")
    # Several stars in a row are one; empty pieces in the middle fit anywhere and only cost time.
    kept = (pieces[0], *(piece for piece in pieces[1:-1] if piece), *pieces[1:][-1:])
    return _Rule(kept, anchored, len(pattern.encode()), allow)


def _fits(rule: _Rule, path: str) -> bool:
    """Piece after piece from the left: takes the first place for each, so time grows with the length only."""
    first, *rest = rule.pieces
    if not path.startswith(first):
        return False
    place = len(first)
    if not rest:
        return not rule.anchored or place == len(path)
    *middle, last = rest
    for piece in middle:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    if rule.anchored:
        return len(path) - len(last) >= place and path.endswith(last)
    return path.find(last, place) >= 0


def _normal(path: str) -> str:
    """One spelling for the same octets (RFC 9309, 2.2.2): what needs no percent code has none, what needs one
    has it in capitals; coded reserved characters stay coded, as they mean something else uncoded."""

    def code(found: re.Match[str]) -> str:
        octet = unquote_to_bytes(found.group())
        char = octet.decode("latin-1")
        return char if char.isascii() and (char.isalnum() or char in "-._~") else found.group().upper()

    return re.sub(r"%[0-9a-fA-F]{2}", code, quote(path, safe=_RESERVED))
