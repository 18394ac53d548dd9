"""Addresses that somebody names: plain ones of the public web are asked, others are refused with a reason."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauselight.capture.addresses import PORTS, AddressRules, Allowed, read_address
from clauselight.capture.problems import KINDS, FetchRefused

RULES = AddressRules()

POINT_INSIDE = {
    "http://127.0.0.1/": "address-inside",
    "http://127.255.255.254/": "address-inside",
    "http://127.0.0.1./": "address-inside",
    "http://0.0.0.0/": "address-inside",
    "http://10.0.0.1/": "address-inside",
    "http://172.31.255.255/": "address-inside",
    "http://192.168.1.1/": "address-inside",
    "http://100.64.0.1/": "address-inside",
    "http://169.254.169.254/latest/meta-data/": "address-inside",
    "http://100.100.100.200/": "address-inside",
    "http://168.63.129.16/": "address-inside",
    "http://224.0.0.251/": "address-inside",
    "http://255.255.255.255/": "address-inside",
    "http://[::1]/": "address-inside",
    "http://[::]/": "address-inside",
    "http://[0:0:0:0:0:0:0:1]/": "address-inside",
    "http://[::ffff:127.0.0.1]/": "address-inside",
    "http://[::ffff:7f00:1]/": "address-inside",
    "http://[::127.0.0.1]/": "address-inside",
    "http://[::ffff:0:127.0.0.1]/": "address-inside",
    "http://[64:ff9b::7f00:1]/": "address-inside",
    "http://[64:ff9b:1::a00:1]/": "address-inside",
    "http://[2002:7f00:1::]/": "address-inside",
    "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/": "address-inside",
    "http://[fe80::1]/": "address-inside",
    "http://[fc00::1]/": "address-inside",
    "http://[fd00:ec2::254]/": "address-inside",
    "http://[ff02::1]/": "address-inside",
    "http://[fe80::1%25eth0]/": "address-disguised",
    "http://[::1%25lo]/": "address-disguised",
    "http://2130706433/": "address-disguised",
    "http://0x7f000001/": "address-disguised",
    "http://0x7F.0.0.1/": "address-disguised",
    "http://0177.0.0.1/": "address-disguised",
    "http://017700000001/": "address-disguised",
    "http://127.1/": "address-disguised",
    "http://127.0.1/": "address-disguised",
    "http://0/": "address-disguised",
    "http://127.0.0.01/": "address-disguised",
    "http://0x7f.1./": "address-disguised",
    "http://①②⑦.⓪.⓪.①/": "address-disguised",
    "http://１２７.0.0.1/": "address-disguised",
    "http://127。0。0。1/": "address-disguised",
    "http://%31%32%37.0.0.1/": "address-disguised",
    "http://127.0.0.1%00.shop.example/": "address-disguised",
    "http://shop.example@127.0.0.1/": "address-credentials",
    "http://127.0.0.1\\@shop.example/": "address-malformed",
    "http://127.0.0.1\t/": "address-malformed",
    "http:127.0.0.1/": "address-malformed",
    "http:///127.0.0.1/": "address-malformed",
    "http://[127.0.0.1]/": "address-malformed",
    "http://127.0.0.1:99999/": "address-malformed",
    "http://256.256.256.256/": "address-malformed",
    "http://0x100000000/": "address-malformed",
    "http://1.2.3.4.5/": "address-malformed",
    "http://08.0.0.1/": "address-malformed",
    "http://127.0.0..1/": "address-malformed",
    "file:///etc/passwd": "address-scheme",
    "gopher://127.0.0.1:6379/_INFO": "address-scheme",
    "//127.0.0.1/": "address-scheme",
}


@pytest.mark.parametrize(("url", "kind"), POINT_INSIDE.items())
def test_every_way_to_point_inside_is_refused_with_its_reason(url: str, kind: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        RULES.read(url)
    assert refused.value.kind == kind
    assert refused.value.sentence.endswith(".")
    assert kind in KINDS


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://Shop.Example/Privacy#top", "https://shop.example/Privacy"),
        ("HTTPS://shop.example:443/a b", "https://shop.example/a%20b"),
        ("http://shop.example.:80", "http://shop.example/"),
        ("https://münchen.example/datenschutz?x=ü", "https://xn--mnchen-3ya.example/datenschutz?x=%C3%BC"),
        ("https://1.1.1.1/terms", "https://1.1.1.1/terms"),
        ("https://[2606:4700:0:0::1111]:8443/", "https://[2606:4700::1111]:8443/"),
        ("https://_dmarc.shop.example/", "https://_dmarc.shop.example/"),
        ("https://shop.example/a%2Fb/..%2f", "https://shop.example/a%2Fb/..%2F"),
    ],
)
def test_plain_addresses_are_read_one_way(url: str, plain: str) -> None:
    target = RULES.read(url)
    assert str(target.url) == plain
    assert str(RULES.read(plain).url) == plain


@pytest.mark.parametrize("port", [22, 25, 6379, 8000])
def test_ports_of_other_services_are_refused(port: int) -> None:
    assert port not in PORTS
    with pytest.raises(FetchRefused) as refused:
        RULES.check(ip_address("1.1.1.1"), port, "shop.example")
    assert refused.value.kind == "address-port"


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    for url in (text, f"http://{text}/", f"http://shop.example{text}"):
        try:
            target = RULES.read(url)
        except FetchRefused:
            continue
        assert target.url.raw_host == target.host
        assert target.url.raw_user is None


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1).map(IPv4Address), st.data())
def test_numbers_in_any_notation_are_plain_or_refused(address: IPv4Address, data: st.DataObject) -> None:
    """However the parts of an IPv4 address are written, it is read as what it is or not at all."""
    octets = list(address.packed)
    kept = data.draw(st.integers(1, 4))
    parts = [*octets[: kept - 1], int.from_bytes(bytes(octets[kept - 1 :]), "big")]
    write = st.sampled_from([str, hex, lambda n: f"0{n:o}", lambda n: f"0X{n:X}", lambda n: f"0x000{n:x}"])
    text = ".".join(data.draw(write)(part) for part in parts)
    try:
        assert read_address(f"http://{text}/").address == address
        assert text == str(address)
    except FetchRefused as refused:
        assert refused.kind == "address-disguised"
        assert str(address) in refused.sentence


@pytest.mark.parametrize(
    ("entry", "fits", "not_fits"),
    [
        ("127.0.0.1", [("127.0.0.1", 5), ("127.0.0.1", 80)], [("127.0.0.2", 80)]),
        ("127.0.0.1:8080", [("127.0.0.1", 8080)], [("127.0.0.1", 80)]),
        ("10.0.0.0/8", [("10.9.9.9", 80)], [("11.0.0.1", 8765), ("192.168.0.1", 80)]),
        ("10.0.0.0/8:81", [("10.9.9.9", 81)], [("10.9.9.9", 80)]),
        ("[::1]:8080", [("::1", 8080)], [("::1", 80)]),
        ("::1", [("::1", 80)], [("127.0.0.1", 80)]),
        ("[fd00::]/8", [("fd12::1", 80)], [("fe80::1", 80)]),
        ("fd00::/8", [("fd12::1", 80)], [("fe80::1", 80)]),
        ("Wiki.Lan:81", [("10.0.0.1", 81)], [("10.0.0.1", 80), ("169.254.169.254", 81), ("224.0.0.1", 81)]),
        ("wiki.lan", [("10.0.0.1", 81), ("127.0.0.1", 9)], [("0.0.0.0", 80), ("fd00:ec2::254", 80)]),
    ],
)
def test_the_list_opens_what_it_names_and_nothing_else(
    entry: str, fits: list[tuple[str, int]], not_fits: list[tuple[str, int]]
) -> None:
    rules = AddressRules.of([entry])
    for address, port in fits:
        rules.check(ip_address(address), port, "wiki.lan")
    for address, port in not_fits:
        with pytest.raises(FetchRefused):
            rules.check(ip_address(address), port, "wiki.lan")
    if Allowed.parse(entry).name:
        with pytest.raises(FetchRefused):
            rules.check(ip_address("10.0.0.1"), 81, "other.lan")


@pytest.mark.parametrize(
    "entry", ["", "10.0.0.0/33", "a b", "127.1", "wiki.lan:0", "http://wiki.lan", "[::1"]
)
def test_a_list_entry_that_is_none_is_said(entry: str) -> None:
    with pytest.raises(ValueError, match="no network, address or name"):
        AddressRules.of([entry])


@pytest.mark.parametrize("host", ["intranet", "localhost", "db.internal", "printer.local", "a.localhost"])
def test_behind_a_proxy_names_of_the_inside_are_refused(host: str) -> None:
    with pytest.raises(FetchRefused, match="private network"):
        RULES.check_name(host, 443)
    AddressRules.of([host]).check_name(host, 443)
    with pytest.raises(FetchRefused):
        RULES.check_name("shop.example", 22)
    RULES.check_name("shop.example", 443)
