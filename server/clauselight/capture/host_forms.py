"""Reads the host of an address as a browser would, and refuses every form that hides where it leads.

`http://2130706433/`, `http://0x7f.1/`, `http://017700000001/` and `http://127。0。0。1/` are all 127.0.0.1 to
some program (WHATWG URL Standard, "host parsing"). A policy has no such address, so all but the plain forms
are refused, whether they point inside or not.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address
from typing import Final

import idna

from .ip_ranges import IPAddress, outside_reason
from .problems import FetchRefused

_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER: Final = re.compile(r"0x[0-9a-f]*|[0-9]+")
LONGEST_NAME: Final = 253
"""Characters of a name in the DNS (RFC 1035)."""


def read_host(host: str) -> IPAddress | str:
    """The host part of an address, without port: an IP address, or a lower-case ASCII name without final dot.

    Raises FetchRefused (`address-malformed`, `address-disguised`).
    """
    if host.startswith("[") or ":" in host:
        return _ipv6(host)
    if "%" in host:
        raise FetchRefused("address-disguised", "The host of the address is written in percent codes.")
    name = _ascii(host)
    disguised = name != host.lower()
    name = name.removesuffix(".")
    if not name or len(name) > LONGEST_NAME:
        raise _malformed(host)
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return _ipv4(name, host, unicode=disguised)
    if not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise _malformed(host)
    return name


def _ipv6(host: str) -> IPv6Address:
    if "%" in host:
        raise FetchRefused("address-disguised", "The address names a network card of this computer (a zone).")
    if not (host.startswith("[") and host.endswith("]")):
        raise _malformed(host)
    try:
        return IPv6Address(host[1:-1])
    except ValueError:
        raise _malformed(host) from None


def _ascii(host: str) -> str:
    """Lower-case, with the letters of other scripts as the DNS knows them (IDNA 2008 after UTS 46)."""
    if host.isascii():
        return host.lower()
    try:
        mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
        if mapped.isascii():
            return mapped
        return idna.encode(mapped).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise _malformed(host) from None


def _ipv4(name: str, host: str, *, unicode: bool) -> IPv4Address:
    numbers = [_number(part) for part in name.split(".")]
    if len(numbers) > 4 or None in numbers:
        raise _malformed(host)
    *first, last = [number for number in numbers if number is not None]
    if any(number > 255 for number in first) or last >= 256 ** (4 - len(first)):
        raise _malformed(host)
    value = last + sum(number << (24 - 8 * place) for place, number in enumerate(first))
    address = IPv4Address(value)
    if unicode or name != str(address):
        what = outside_reason(address)
        is_what = f", which is {what}" if what else ""
        raise FetchRefused(
            "address-disguised",
            f"The host of the address is {address} in disguise{is_what}; it was not asked.",
        )
    return address


def _number(part: str) -> int | None:
    """A number as C reads it: hexadecimal after 0x, octal after 0."""
    if not _NUMBER.fullmatch(part):
        return None
    try:
        if part.startswith("0x"):
            return int(part[2:] or "0", 16)
        return int(part, 8) if len(part) > 1 and part.startswith("0") else int(part)
    except ValueError:  # an 8 or 9 after a leading 0
        return None


def _malformed(host: str) -> FetchRefused:
    return FetchRefused("address-malformed", f"“{host[:80]}” cannot be the host of an address.")
