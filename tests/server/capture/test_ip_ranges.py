"""Which addresses are the public internet's, and what the others are called."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauselight.capture.ip_ranges import embedded, outside_reason

INSIDE_V4 = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
    *("192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
    *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
]
INSIDE_V6 = [
    *("::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "2001:db8::/32", "3fff::/20"),
    *("100::/64", "2001::/32", "2001:2::/48", "2001:10::/28", "64:ff9b:1::/48", "5f00::/16"),
]


def addresses_in(networks: list[str]) -> st.SearchStrategy[IPv4Address | IPv6Address]:
    ranges = [ip_network(network) for network in networks]
    return st.one_of(
        [
            st.integers(int(one.network_address), int(one.broadcast_address)).map(type(one.network_address))
            for one in ranges
        ]
    )


@settings(deadline=None)
@given(addresses_in(INSIDE_V4 + INSIDE_V6))
def test_no_address_of_a_special_network_is_public(address: IPv4Address | IPv6Address) -> None:
    assert outside_reason(address)


def forms_of(inner: IPv4Address) -> list[IPv6Address]:
    """All ways to write an IPv4 address in IPv6."""
    number = int(inner)
    return [
        IPv6Address((0xFFFF << 32) | number),  # mapped
        IPv6Address(number),  # compatible
        IPv6Address((0xFFFF << 48) | number),  # translated
        IPv6Address((0x64FF9B << 96) | number),  # NAT64
        IPv6Address((0x2002 << 112) | (number << 80)),  # 6to4
        IPv6Address((0x20010000 << 96) | (0x41000000 << 64) | (number ^ 0xFFFFFFFF)),  # Teredo
        IPv6Address((0x26001234 << 96) | (0x5EFE << 32) | number),  # ISATAP
        IPv6Address((0x26001234 << 96) | (0x02005EFE << 32) | number),
    ]


@settings(deadline=None)
@given(addresses_in(INSIDE_V4).filter(lambda one: int(one) > 1))
def test_no_form_in_ipv6_makes_an_inner_address_public(inner: IPv4Address) -> None:
    for form in forms_of(inner):
        assert embedded(form) == inner, form
        assert outside_reason(form), form


@settings(deadline=None)
@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_only_what_iana_gave_out_is_public(address: IPv6Address) -> None:
    if outside_reason(address) is None:
        public = ("2000::/3", "::ffff:0:0/96", "64:ff9b::/96")
        assert any(address in ip_network(network) for network in public)


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_what_python_calls_private_is_not_public(address: IPv4Address) -> None:
    if address.is_private or address.is_multicast or address.is_reserved or address.is_loopback:
        assert outside_reason(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001::8a", "64:ff9b::101:101"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert outside_reason(ip_address(address)) is None


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("169.254.169.254", "metadata"),
        ("169.254.170.2", "metadata"),
        ("100.100.100.200", "metadata"),
        ("fd00:ec2::254", "metadata"),
        ("fd20:ce::254", "metadata"),
        ("::ffff:169.254.169.254", "metadata"),
        ("192.0.0.192", "metadata"),
        ("127.0.0.1", "loopback"),
        ("10.1.2.3", "private"),
        ("fe80::1%eth0", "link"),
        ("::1%lo", "loopback"),
        ("224.0.0.1", "multicast"),
    ],
)
def test_the_reason_names_what_it_is(address: str, what: str) -> None:
    assert what in (outside_reason(ip_address(address)) or "")
