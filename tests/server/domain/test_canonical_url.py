"""Canonical URLs: which addresses are one document, which are versions of it, which are neither."""

import contextlib
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clauselight.domain import canonical_url as canonical
from clauselight.domain.canonical_url import (
    MAX_URL_LENGTH,
    UrlRefused,
    canonical_link_allowed,
    canonicalise,
    closest_version,
    index_keys,
    lookup_keys,
    page_key,
    relation,
    site_key,
    url_key,
)
from clauselight.domain.public_suffix import compact, registrable_domain

POLICY = "https://www.example.com/legal/privacy"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/legal/privacy",
        "https://m.example.com/legal/privacy/",
        "https://mobile.example.com/legal/privacy/index.html",
        "https://amp.example.com/legal/privacy",
        "HTTPS://WWW.EXAMPLE.COM:443/legal/privacy?",
        "https://example.com./legal/./x/../privacy#section-3",
        "https://user:secret@example.com/legal/priv%61cy",
        "https://example.com/legal/privacy/amp?outputType=amp",
        "https://example-com.cdn.ampproject.org/c/s/www.example.com/legal/privacy",
        "https://www.google.com/amp/s/www.example.com/legal/privacy",
        "https://example.com//legal\\privacy;jsessionid=1A2B?utm_source=a&FBCLID=b&_kx=c&wt.mc_id=d",
        "  https://example.com/legal/privacy#:~:text=we%20may%20share ",
    ],
)
def test_is_the_same_document(url: str) -> None:
    assert relation(url, POLICY) == "same"
    assert page_key(url) == page_key(POLICY)
    assert lookup_keys(url)[0][0] in index_keys(POLICY)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/de/legal/privacy",
        "https://example.com/en-GB/legal/privacy",
        "https://example.com/us/legal/privacy",
        "https://example.com/ie/en/legal/privacy",
        "https://example.com/legal/fr_FR/privacy",
        "https://example.com/legal/privacy?hl=pt-BR",
        "https://example.com/legal/privacy?lang=de&utm_source=x",
        "https://example.com/legal/privacy?hl=en&gl=IE",
        "https://de.example.com/legal/privacy",
        "https://fr-fr.example.com/legal/privacy",
    ],
)
def test_is_another_language_version(url: str) -> None:
    for page, document in ((url, POLICY), (POLICY, url)):
        assert relation(page, document) == "other-language"
        assert page_key(page) == page_key(document)
        hits = {kind for key, kind in lookup_keys(page) if key in index_keys(document)}
        assert hits == {"other-language"}


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/legal/privacy-old",
        "https://example.com/legal/privacy/2019",
        "https://example.com/legal",
        "https://example.com/legal/Privacy",
        "https://example.com/legal/privacy?version=2",
        "https://example.com/legal/privacy?regionCode=FR",
        "https://example.com/legal/privacy?linkid=528905",
        "https://example.com/legal/privacy#/cookies",
        "https://example.com/legal/privacy#!cookies",
        "https://example.com:8443/legal/privacy",
        "https://shop.example.com/legal/privacy",
        "https://notexample.com/legal/privacy",
        "https://example.com.evil.example/legal/privacy",
        "https://www.example.com@evil.example/legal/privacy",
        "https://evil.example/?url=https://www.example.com/legal/privacy",
        "https://evil.example/c/s/www.example.com/legal/privacy",
        "https://exаmple.com/legal/privacy",  # a Cyrillic letter
        "https://example.org/legal/privacy",
    ],
)
def test_is_something_else(url: str) -> None:
    assert relation(url, POLICY) is None
    assert page_key(url) != page_key(POLICY)
    assert not {key for key, _ in lookup_keys(url)} & set(index_keys(POLICY))


def test_two_language_versions_meet_in_one_page_key() -> None:
    german, french = "https://example.com/de/terms", "https://example.com/terms?hl=fr"
    assert relation(german, french) == "other-language"
    assert page_key(german) == page_key(french)
    assert canonicalise(german).language == "de"


def test_documents_on_one_page_share_a_key() -> None:
    first, second = "https://example.com/legal#terms", "https://example.com/legal#privacy"
    assert index_keys(first) == index_keys(second)


def test_the_order_of_parameters_does_not_matter() -> None:
    assert relation("https://example.com/x?b=1&a=2", "https://example.com/x?a=2&b=1") == "same"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "no-scheme"),
        ("example.com/privacy", "no-scheme"),
        ("javascript:alert(1)", "scheme"),
        ("ftp://example.com/", "scheme"),
        ("https://", "host"),
        ("https://exa mple.com/", "host"),
        ("https://1.2.3.4.5/", "host"),
        ("https://[::1/", "host"),
        ("https://example.com:70000/", "port"),
        ("https://example.com/" + "a" * 100_000, "too-long"),
    ],
)
def test_refuses_with_a_reason_and_a_sentence(url: str, reason: str) -> None:
    with pytest.raises(UrlRefused) as caught:
        canonicalise(url)
    assert caught.value.reason == reason
    assert str(caught.value).endswith(".")


def test_closest_version_prefers_the_readers_language_then_english() -> None:
    known = [f"https://example.com/{code}/terms" for code in ("de-de", "en-gb", "en-us", "fr-fr")]
    assert closest_version("https://example.com/fr-ca/terms", known) == 3
    assert closest_version("https://example.com/it-it/terms", known) == 2
    assert closest_version("https://example.com/en-gb/terms/", known) == 1


def test_site_key_is_the_owners() -> None:
    assert site_key("https://legal.example.co.uk/a") == site_key("http://example.co.uk:8080/b?c#/d")
    assert site_key("https://a.co.uk/") != site_key("https://b.co.uk/")
    assert site_key("http://[::1]/") is None


def test_canonical_link_only_within_the_owners_domain() -> None:
    assert canonical_link_allowed("https://www.example.com/x", "https://legal.example.com/privacy")
    assert not canonical_link_allowed("https://evil.example/x", "https://example.com/privacy")
    assert not canonical_link_allowed("https://a.github.io/x", "https://b.github.io/privacy")
    assert not canonical_link_allowed("https://example.com/x", "javascript:alert(1)")


def test_registrable_domain_follows_the_list() -> None:
    assert registrable_domain("a.b.example.co.uk") == "example.co.uk"
    assert registrable_domain("co.uk") is None
    assert registrable_domain("foo.ck") is None  # *.ck
    assert registrable_domain("www.ck") == "www.ck"  # !www.ck
    assert registrable_domain("x.y.github.io") == "y.github.io"
    assert registrable_domain("x.y.github.io", private=False) == "github.io"


def test_compact_keeps_only_rules() -> None:
    text = "// VERSION: 1\n// ===BEGIN ICANN DOMAINS===\ncom\n*.ck\n!www.ck\n個人.hk // x\n\n" + (
        "// ===BEGIN PRIVATE DOMAINS===\ngithub.io\n"
    )
    data = compact(text)
    assert data["version"] == "1"
    assert data["icann"].split("\n") == ["!www.ck", "*.ck", "com", "xn--gmqw5a.hk"]
    assert data["private"] == "github.io"


def test_keys_fit_sqlite_and_differ_by_domain() -> None:
    assert 0 <= url_key("example.com") < 2**63
    assert url_key("x") != url_key("lang:x") != url_key("site:x")


URLISH = st.one_of(
    st.text(max_size=300),
    st.from_regex(
        re.compile(
            r"https?://([a-z0-9.@:\[\]%_-]|xn--|www\.|m\.|de\.|\.co\.uk|google\.com/amp/s/){0,30}"
            r"(/(de|en-gb|us|amp|index\.html|\.\.|\.|%[0-9a-f]?[0-9g]?|[a-z;=]{0,9}|ref=x)){0,9}"
            r"(\?(&|=|\+|%2[0-9a-g]|hl=de|gl=IE|lang=|utm_x|amp=1|[a-zA-Z0-9]{0,4}){0,9})?"
            r"(#(!|/|\?|:~:|%|#|hl=de|&|[a-z]{0,4}){0,9})?"
        ),
        fullmatch=True,
    ),
    st.builds("https://example.com/{}?{}#/{}".format, *[st.text(max_size=60)] * 3),
    st.builds("https://{}/".format, st.text(max_size=40)),
)


@settings(max_examples=600, deadline=None)
@given(URLISH)
@example("https://example.com/%2%35")
@example("https://google.com/amp/s/google.com/amp/s/example.com")
@example("http://example.com:443")
@example("https://example.com/\ud800?\udfff")
@example("https://\ud800.example/")
@example("https://xn--\x80.com/")
@example("https://[::]:0/")
@example("https://example.com/x/amp/de")
def test_answers_or_refuses_and_is_stable(url: str) -> None:
    try:
        form = canonicalise(url)
    except UrlRefused as refused:
        assert refused.reason in {"too-long", "no-scheme", "scheme", "host", "port"}
        return
    assert form.key.isascii()
    assert form.key.isprintable()
    again = canonicalise(f"https://{form.key}")
    assert again == form
    neutral = canonicalise(f"https://{form.neutral_key}")
    assert neutral.neutral_key == form.neutral_key
    assert canonical_link_allowed(url, url) is (site_key(url) is not None)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/?" + "&".join(f"p{i}={i}" for i in range(1000)),
        "https://example.com/" + "%" * 8000,
        "https://example.com/" + "/" * 8000,
        "https://example.com/" + "../" * 2700,
        "https://example.com/" + "en/" * 2700,
        "https://example.com/" + "a-" * 4000,
        "https://" + "@" * 8000,
        "https://" + "a." * 4000 + "com",
        "https://" + "ü" * 8000,
        "https://www.google.com" + "/amp/s/google.com" * 480,
        "https://example.com/?" + "amp=1&" * 1300,
        "\0" * MAX_URL_LENGTH,
        "x" * 100_000,
        "https://example.com/?" + "a=1&" * 25_000,
    ],
)
def test_the_worst_address_takes_milliseconds(url: str) -> None:
    started = time.process_time()
    with contextlib.suppress(UrlRefused):
        canonical.lookup_keys(url)
    assert time.process_time() - started < 0.1
