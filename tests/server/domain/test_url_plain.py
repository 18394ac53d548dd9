"""The short way to a canonical key gives the same key as the rules, or leaves the address to them."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clauselight.domain.canonical_url import UrlRefused, canonical_key, canonical_parts
from clauselight.domain.public_suffix import _rules, is_icann_suffix, registrable_domain
from clauselight.domain.url_plain import plain_key
from clauselight.domain.url_rules import INDEX_FILES, LANGUAGES, MOBILE_LABELS, REGIONS

VECTORS = Path(__file__).resolve().parents[3] / "shared_schema" / "parity" / "canonical_url.json"
SUFFIXES = sorted(_rules()[1].plain | {f"x.{one}" for one in _rules()[1].wild} | _rules()[1].exempt)

LABELS = st.sampled_from(
    [
        *(
            "www",
            "amp",
            "example",
            "site-12",
            "xn--mnchen-3ya",
            "google",
            "cdn",
            "ampproject",
            "1",
            "127",
            "0x1",
        ),
        *(
            "de",
            "en-us",
            "fr-fr",
            "zh-hant-tw",
            "id",
            "my",
            "uk",
            "deutsch",
            "bbc",
            "ibm",
            "a",
            "-",
            "a-",
            "com",
        ),
        *sorted(MOBILE_LABELS),
        *sorted(LANGUAGES)[:40],
        *sorted(REGIONS)[:40],
    ]
) | st.from_regex(r"[a-z0-9-]{1,6}", fullmatch=True)
SEGMENTS = st.sampled_from(
    [
        *(
            "privacy",
            "amp",
            "AMP",
            "index.html",
            "INDEX.HTM",
            "privacy.amp",
            "x.amp.html",
            "de",
            "en-us",
            "a.b",
        ),
        *(
            ".",
            "..",
            "",
            "~u",
            "...",
            "a;sid=1",
            "ref=x",
            "%41",
            "1",
            "index",
            ".amp",
            "policy.html",
            "-",
            "_",
        ),
        *sorted(INDEX_FILES)[:10],
    ]
) | st.from_regex(r"[A-Za-z0-9._~-]{0,8}", fullmatch=True)


@st.composite
def urls(draw: st.DrawFn) -> str:
    host = ".".join(draw(st.lists(LABELS, min_size=1, max_size=4)))
    if draw(st.booleans()):
        host += "." + draw(st.sampled_from(SUFFIXES))
    path = "".join("/" + one for one in draw(st.lists(SEGMENTS, max_size=4)))
    scheme = draw(st.sampled_from(["https://", "https://", "http://", "https://www.", "HTTPS://", "ftp://"]))
    return scheme + host + path + draw(st.sampled_from(["", "", "/", "//", "?a=1", "#x", ":443", "?", " "]))


def by_the_rules(url: str) -> str | None:
    try:
        return canonical_parts(url)[0]
    except UrlRefused:
        return None


@given(urls())
@example("https://www.co.uk/x")
@example("https://www.kawasaki.jp/")
@example("https://www.city.kawasaki.jp/privacy")
@example("https://www.github.io/privacy")
@example("https://google.com/amp/s/example.com/x")
@example("https://a-b.cdn.ampproject.org/c/s/example.com/x")
@example("https://example.1/x")
@example("https://" + "a" * 64 + ".example/x")
@example("https://" + ".".join(["a" * 60] * 5) + ".example/x")
@example("https://example.com/x\n")
@settings(max_examples=800, deadline=None)
def test_it_is_the_key_of_the_rules(url: str) -> None:
    key = plain_key(url)
    if key is not None:
        assert key == by_the_rules(url)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.example.com/legal/privacy/", "example.com/legal/privacy"),
        ("http://policies.example.co.uk/Privacy.html", "policies.example.co.uk/Privacy.html"),
        ("https://www.site-12.example/de/terms/77", "site-12.example/de/terms/77"),
        ("https://example.com", "example.com"),
    ],
)
def test_plain_addresses_take_the_short_way(url: str, key: str) -> None:
    assert plain_key(url) == canonical_key(url) == key


def test_every_vector_has_its_key() -> None:
    for case in json.loads(VECTORS.read_text("utf-8"))["cases"]:
        if "key" in case:
            assert canonical_key(case["url"]) == case["key"]
        else:
            assert plain_key(case["url"]) is None, case["url"]


def test_suffixes_are_those_of_the_list() -> None:
    for host in SUFFIXES:
        for one in (host, f"a.{host}", f"b.a.{host}"):
            if "." in one and not one.rpartition(".")[2].isdigit():
                assert is_icann_suffix(one, one.partition(".")[2]) is (
                    registrable_domain(one, private=False) is None
                ), one
