"""Which addresses may be asked: http and https, at a plain host of the public internet, on a web port.

Who may name addresses here (an importer, a moderator, a page that redirects) need not be trusted with the
network that the server stands in. What shall be asked nevertheless is listed: networks, addresses or names,
each with a port or without (`10.0.0.0/8`, `127.0.0.1:8080`, `[fd00::]/8`, `wiki.lan`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Final, Self
from urllib.parse import urlsplit

from yarl import URL

from .host_forms import read_host
from .ip_ranges import METADATA, IPAddress, Network, outside_reason
from .problems import FetchRefused

PORTS: Final = frozenset({80, 443, 8080, 8443})
"""Ports that web servers use. Elsewhere wait mail, databases and consoles, also on public addresses."""
LONGEST_ADDRESS: Final = 4096
"""Characters. Servers commonly refuse 8,000; addresses of documents are far shorter."""
INSIDE_SUFFIXES: Final = (
    *("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "localdomain"),
    *("home.arpa", "onion"),
)
"""Ends of names that are no names of the public internet (RFC 6761, 6762, 8375, 7686, ICANN's `internal`)."""
_NEVER_BY_NAME: Final = (
    *(METADATA, "on the local link", "a multicast group", "a broadcast", "no address", "in this network"),
    "reserved",
)
"""What even a listed name may not stand for: nobody who lists a wiki means these."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """One entry of the list: a network or a name, at one port or at any."""

    network: Network | None
    name: str | None
    port: int | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an entry. Raises ValueError with a sentence."""
        given = text.strip().lower()
        try:
            if given.startswith("["):
                inner, closed, after = given[1:].partition("]")
                if not closed:
                    raise ValueError("no end")
                length, _, port = after.partition(":")
                return cls(ip_network(inner + length, strict=False), None, _port(port))
            if given.count(":") > 1:
                return cls(ip_network(given, strict=False), None, None)
            host, _, port = given.partition(":")
            if "/" in host:
                return cls(ip_network(host, strict=False), None, _port(port))
            read = read_host(host)
            if isinstance(read, str):
                return cls(None, read, _port(port))
            return cls(ip_network(read), None, _port(port))
        except (ValueError, FetchRefused):
            raise ValueError(
                f"“{text}” is no network, address or name, with a port or without "
                "(10.0.0.0/8, 127.0.0.1:8080, [fd00::]/8, wiki.lan)"
            ) from None


def _port(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise ValueError("no port")
    return int(text)


@dataclass(frozen=True, slots=True)
class Target:
    """An address in plain form. `address` is set when its host is an IP address."""

    url: URL
    host: str
    port: int
    address: IPAddress | None

    @property
    def secure(self) -> bool:
        """Whether it is https."""
        return self.url.scheme == "https"

    @property
    def origin(self) -> str:
        """Scheme, host and port, as robots.txt is asked for."""
        return str(self.url.origin())


@dataclass(frozen=True, slots=True)
class AddressRules:
    """The rules with the list of exceptions."""

    allowed: tuple[Allowed, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[str]) -> Self:
        """Rules with a list as the settings give it. Raises ValueError for an entry that is none."""
        return cls(tuple(Allowed.parse(entry) for entry in entries))

    def with_host(self, host: str) -> AddressRules:
        """The same, and everything at one host: for an address that a person typed on their own computer."""
        return AddressRules((*self.allowed, Allowed.parse(f"[{host}]" if ":" in host else host)))

    def read(self, text: str) -> Target:
        """An address as somebody or some page gave it, judged as far as that goes without the DNS.

        Raises FetchRefused (`address-...`).
        """
        target = read_address(text)
        if target.address is not None:
            self.check(target.address, target.port, target.host)
        return target

    def check(self, address: IPAddress, port: int, host: str) -> None:
        """Raise FetchRefused (`address-inside`, `address-port`) unless this IP address may be asked for this
        host at this port."""
        what = outside_reason(address)
        for entry in self.allowed:
            if entry.port is not None and entry.port != port:
                continue
            if entry.network is not None:
                if address.version == entry.network.version and address in entry.network:
                    return
            elif entry.name == host and not (what and what.startswith(_NEVER_BY_NAME)):
                return
        if what is not None:
            where = str(address) if host == str(address) else f"{host} leads to {address}, which"
            raise FetchRefused("address-inside", f"{where} is {what}; it was not asked.")
        if port not in PORTS:
            raise FetchRefused("address-port", f"Port {port} is none that web pages are found at.")

    def check_name(self, host: str, port: int) -> None:
        """What can be said of a name alone, when a proxy looks it up: raises FetchRefused for names of the
        inside and for odd ports."""
        if any(entry.name == host and entry.port in (None, port) for entry in self.allowed):
            return
        if "." not in host or host.endswith(tuple(f".{suffix}" for suffix in INSIDE_SUFFIXES)):
            raise FetchRefused("address-inside", f"{host} is a name of a private network; it was not asked.")
        if port not in PORTS:
            raise FetchRefused("address-port", f"Port {port} is none that web pages are found at.")


def read_address(text: str) -> Target:
    """Take an address apart, by one reading for checking and asking. Raises FetchRefused."""
    given = text.strip(" \t\r\n\f")
    malformed = FetchRefused("address-malformed", "The address is not one of a web page.")
    if not given or len(given) > LONGEST_ADDRESS or any(c < " " or c == "\x7f" for c in given):
        raise malformed
    try:
        parts = urlsplit(given)
        if parts.scheme.lower() not in ("http", "https"):
            raise FetchRefused("address-scheme", "Only http and https addresses can be fetched.")
        if "\\" in parts.netloc or not parts.netloc:
            raise malformed
        if "@" in parts.netloc:
            raise FetchRefused("address-credentials", "The address carries a user name; it was not asked.")
        host_text, port = _split_port(parts.netloc, 443 if parts.scheme.lower() == "https" else 80)
        host = read_host(host_text)
        literal = f"[{host}]" if not isinstance(host, str) and host.version == 6 else str(host)
        default = {"http": 80, "https": 443}[parts.scheme.lower()]
        authority = literal if port == default else f"{literal}:{port}"
        plain = parts._replace(
            scheme=parts.scheme.lower(), netloc=authority, path=parts.path or "/", fragment=""
        )
        url = URL(plain.geturl())
    except ValueError:
        raise malformed from None
    if url.raw_host != str(host) or url.port != port or url.raw_user is not None:
        raise malformed  # the library that asks reads another host than we do
    return Target(url, str(host), port, None if isinstance(host, str) else ip_address(str(host)))


def _split_port(netloc: str, default: int) -> tuple[str, int]:
    host, colon, port = netloc.rpartition(":")
    if not colon or netloc.endswith("]"):
        return netloc, default
    if not port:
        return host, default
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError("no port")
    return host, int(port)
