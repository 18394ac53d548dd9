"""The authority of a URL as one canonical host, and the language version its first label names.

Rules 3 to 6 of `canonical_url`. Results are remembered, because people stay on few hosts.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

import idna

from clauselight.domain.public_suffix import registrable_domain
from clauselight.domain.url_locale import is_locale_label, normal_locale
from clauselight.domain.url_rules import MOBILE_LABELS

MAX_HOST_LENGTH: Final = 253  # DNS: RFC 1035 section 2.3.4, in text form
_DEFAULT_PORTS: Final = frozenset({80, 443})
_MAX_PORT: Final = 65535
_AMP_CACHE: Final = "cdn.ampproject.org"
_MEMO: Final = 2048  # authorities remembered; half a kilobyte each

_AUTHORITY: Final = re.compile(r"(?:.*@)?(\[[^\]@]*\]|[^:\[\]@]*)(?::([0-9]*))?", re.DOTALL)
_HOST: Final = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_IPV4: Final = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_HEX_GROUP: Final = re.compile(r"[0-9a-f]{1,4}")


class UrlRefused(ValueError):
    """A text that is no web address that a document could have.

    `reason` is a stable code: `too-long`, `no-scheme`, `scheme`, `host`, `port`.
    """

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class Host(NamedTuple):
    """`name` with a port other than 80 and 443; `neutral`, the same without a language label;
    that language; whether addresses of other hosts stand in this one's paths (rule 11)."""

    name: str
    neutral: str
    language: str | None
    amp_cache: bool = False


@lru_cache(maxsize=_MEMO)
def canonical_host(authority: str) -> Host:
    """The canonical form of `user:password@host:port`. Raises `UrlRefused` (`host`, `port`)."""
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        raise _bad_host()
    host = match.group(1)
    port = _port(match.group(2))
    if host.startswith("["):
        name = _ipv6(host[1:-1]) + port
        return Host(name, name, None)
    host = _ascii_host(host)
    host, neutral, language = _version_labels(host)
    amp_cache = neutral == _AMP_CACHE or neutral.endswith("." + _AMP_CACHE)
    amp_cache = amp_cache or (neutral.startswith("google.") and registrable_domain(neutral) == neutral)
    return Host(host + port, neutral + port, language, amp_cache and not port)


def _port(digits: str | None) -> str:
    if not digits:
        return ""
    if len(digits) > 20 or int(digits) > _MAX_PORT:
        raise UrlRefused("port", "The address has a port number above 65535.")
    number = int(digits)
    return "" if number in _DEFAULT_PORTS else f":{number}"


def _ascii_host(host: str) -> str:
    """Lower case, IDN as `xn--`, one final dot dropped, checked."""
    if "%" in host:
        try:
            host = re.sub(
                "(?:%[0-9A-Fa-f]{2})+",
                lambda m: bytes.fromhex(m.group().replace("%", "")).decode("utf-8"),
                host,
            )
        except UnicodeDecodeError as error:
            raise _bad_host() from error
    if len(host) > MAX_HOST_LENGTH + 1:
        raise _bad_host()
    lower = host.lower()
    host = lower if host.isascii() and "xn--" not in lower else _idn(host)
    host = host.removesuffix(".")
    if len(host) > MAX_HOST_LENGTH or not _HOST.fullmatch(host):
        raise _bad_host()
    last = host.rpartition(".")[2]
    if last[:1].isdigit() and _NUMBER.fullmatch(last) and not _IPV4.fullmatch(host):
        raise _bad_host()
    return host


def _bad_host() -> UrlRefused:
    return UrlRefused("host", "The address has no valid host name.")


def _idn(host: str) -> str:
    """UTS #46, non-transitional, as the URL standard asks; labels are checked as browsers do."""
    try:
        mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
        labels = [_idn_label(label) for label in re.split("[.。．｡]", mapped)]
    except (idna.IDNAError, UnicodeError, ValueError, IndexError) as error:
        raise UrlRefused("host", "The address has no valid international host name.") from error
    return ".".join(labels)


def _idn_label(label: str) -> str:
    if label.startswith("xn--"):
        decoded = label[4:].encode("ascii").decode("punycode")
        if decoded.isascii() or idna.uts46_remap(decoded, False, False) != decoded:
            raise ValueError("not a valid punycode label")
        _check_label(decoded)
        return label
    if label.isascii():
        return label
    _check_label(label)
    return "xn--" + label.encode("punycode").decode("ascii")


def _check_label(label: str) -> None:
    idna.check_nfc(label)
    idna.check_initial_combiner(label)
    idna.check_bidi(label)
    for position, character in enumerate(label):
        if character in "\u200c\u200d" and not idna.valid_contextj(label, position):
            raise ValueError("joiner in the wrong place")


def _ipv6(text: str) -> str:
    """`[...]` as the URL standard writes it: short hexadecimal groups, the longest gap of zeros."""
    bad = UrlRefused("host", "The address has no valid IPv6 host.")
    text = text.lower()
    head, gap, tail = text.partition("::")
    if "::" in tail or (gap and tail.startswith(":")):
        raise bad

    def groups(part: str) -> list[int]:
        found: list[int] = []
        pieces = part.split(":") if part else []
        for index, piece in enumerate(pieces):
            if index == len(pieces) - 1 and "." in piece and _IPV4.fullmatch(piece):
                a, b, c, d = map(int, piece.split("."))
                found += [a * 256 + b, c * 256 + d]
            elif _HEX_GROUP.fullmatch(piece):
                found.append(int(piece, 16))
            else:
                raise bad
        return found

    if gap and "." in head:
        raise bad
    left, right = groups(head), groups(tail)
    missing = 8 - len(left) - len(right)
    if missing < 1 if gap else missing != 0:
        raise bad
    numbers = left + [0] * missing + right
    zeros = re.sub("[^0]", "x", "".join("0" if n == 0 else "1" for n in numbers))
    runs = sorted(re.finditer("00+", zeros), key=lambda m: (m.start() - m.end(), m.start()))
    words = [f"{n:x}" for n in numbers]
    if not runs:
        return f"[{':'.join(words)}]"
    start, end = runs[0].span()
    return f"[{':'.join(words[:start])}::{':'.join(words[end:])}]"


def _version_labels(host: str) -> tuple[str, str, str | None]:
    """Without `www`, mobile and AMP labels; the same without language labels; the first language.

    A label goes only while an owner's domain is left: `m.example.com` but not `m.co.uk`, and not
    `m.github.io`, which is somebody's site. Behind a language too: `en.m.wikipedia.org`.
    """
    languages: list[str] = []
    rest = _same_site(host)
    while True:
        first, _, after = rest.partition(".")
        if not is_locale_label(first) or registrable_domain(after) is None:
            break
        languages.append(first)
        rest = _same_site(after)
    if not languages:
        return rest, rest, None
    return ".".join([*languages, rest]), rest, normal_locale(languages[0])


def _same_site(host: str) -> str:
    """Without leading `www`, mobile and AMP labels. `www.` may also go before a suffix of the
    list's private part (`www.wordpress.com`)."""
    while True:
        first, _, rest = host.partition(".")
        is_www = first == "www"
        if not is_www and first != "amp" and first not in MOBILE_LABELS:
            return host
        if registrable_domain(rest, private=not is_www) is None:
            return host
        host = rest
