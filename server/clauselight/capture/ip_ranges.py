"""Which IP addresses lie in the public internet, and what the others are.

From IANA's registries of special-purpose addresses (RFC 6890 and its updates), the registry of IPv6 global
unicast space, and the clouds' documentation for their metadata services. Written out here because Python's
own `ipaddress` answers differently from one release to the next. IPv4 addresses inside IPv6 ones are judged
by the IPv4 address, as that is where the packets go.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Final

IPAddress = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

METADATA: Final = "the metadata service of a cloud"

_SPECIAL: Final[tuple[tuple[str, str], ...]] = (
    # The narrow ones first: the first match names the address.
    ("169.254.169.254/32", METADATA),  # AWS, Azure, Google, DigitalOcean and others
    ("169.254.170.2/32", METADATA),  # AWS, for containers
    ("169.254.170.23/32", METADATA),  # AWS, for Kubernetes
    ("100.100.100.200/32", METADATA),  # Alibaba
    ("192.0.0.192/32", METADATA),  # Oracle
    ("168.63.129.16/32", METADATA),  # Azure; a public address that answers inside only
    ("0.0.0.0/32", "no address (unspecified)"),
    ("0.0.0.0/8", "in this network"),
    ("10.0.0.0/8", "in a private network"),
    ("100.64.0.0/10", "in a carrier's shared network"),
    ("127.0.0.0/8", "this computer (loopback)"),
    ("169.254.0.0/16", "on the local link"),
    ("172.16.0.0/12", "in a private network"),
    ("192.0.0.0/24", "reserved for protocols"),
    ("192.0.2.0/24", "for documentation"),
    ("192.88.99.0/24", "reserved (6to4 relays)"),
    ("192.168.0.0/16", "in a private network"),
    ("198.18.0.0/15", "for benchmarks"),
    ("198.51.100.0/24", "for documentation"),
    ("203.0.113.0/24", "for documentation"),
    ("224.0.0.0/4", "a multicast group"),
    ("255.255.255.255/32", "a broadcast"),
    ("240.0.0.0/4", "reserved"),
    ("fd00:ec2::/32", METADATA),  # AWS
    ("fd20:ce::254/128", METADATA),  # Google
    ("::/128", "no address (unspecified)"),
    ("::1/128", "this computer (loopback)"),
    ("64:ff9b:1::/48", "a local translation of IPv4"),
    ("100::/64", "discarded"),
    ("2001::/32", "a Teredo tunnel"),
    ("2001:2::/48", "for benchmarks"),
    ("2001:10::/28", "no place (ORCHID)"),
    ("2001:20::/28", "no place (ORCHID)"),
    ("2001::/23", "reserved for protocols"),
    ("2001:db8::/32", "for documentation"),
    ("3fff::/20", "for documentation"),
    ("5f00::/16", "for segment routing"),
    ("fc00::/7", "in a private network"),
    ("fe80::/10", "on the local link"),
    ("fec0::/10", "in a private network (site-local)"),
    ("ff00::/8", "a multicast group"),
)
_NETWORKS: Final = tuple((ip_network(text), what) for text, what in _SPECIAL)
_UNICAST: Final = IPv6Network("2000::/3")
"""The only part of IPv6 that IANA has given out for hosts."""
_SIX_TO_FOUR: Final = IPv6Network("2002::/16")
_MAPPED: Final = IPv6Network("::ffff:0:0/96")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_SIIT: Final = IPv6Network("::ffff:0:0:0/96")
_ISATAP: Final = (0x00005EFE, 0x02005EFE)


def outside_reason(address: IPAddress) -> str | None:
    """None for an address of the public internet, else what it is instead, as it fits after "is"."""
    if isinstance(address, IPv6Address):
        address = IPv6Address(int(address))  # without its zone, which would hide it from the networks
        if (inner := embedded(address)) is not None and (what := outside_reason(inner)) is not None:
            return f"{what}, written as {inner} in IPv6"
    for network, what in _NETWORKS:
        if address.version == network.version and address in network:
            return what
    if isinstance(address, IPv6Address) and address not in _UNICAST:
        if address in _MAPPED or address in _NAT64:  # how a host without IPv4 reaches a public one
            return None
        return "reserved" if int(address) >> 32 else "an IPv4 address in an old IPv6 form"
    return None


def embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, compatible, translated, NAT64, 6to4, Teredo
    (its client) or ISATAP."""
    number = int(address)
    low = IPv4Address(number & 0xFFFFFFFF)
    if address in _MAPPED or address in _NAT64 or address in _SIIT:
        return low
    if address in _SIX_TO_FOUR:
        return IPv4Address((number >> 80) & 0xFFFFFFFF)
    if address.teredo is not None:
        return address.teredo[1]
    if number >> 32 == 0 and number > 1:
        return low
    if (number >> 32) & 0xFFFFFFFF in _ISATAP:
        return low
    return None
