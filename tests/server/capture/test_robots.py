"""robots.txt: whose group counts, which rule wins, what it costs. Examples are those of RFC 9309, section 2.2
and 5, and of robots.txt files met in the wild."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauselight.capture.robots import LONGEST_DELAY, MOST_BYTES, parse_robots


def allows(robots: str, path: str, product: str = "Clauselight") -> bool:
    return parse_robots(robots.encode(), product).allows(path)


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/any", True),
        ("Disallow:", "/any", True),
        ("Disallow: /", "/any", False),
        ("Disallow: /", "/robots.txt", True),
        ("Disallow: /legal", "/legal/privacy", False),
        ("Disallow: /legal/", "/legal", True),
        ("Disallow: /legal", "/Legal", True),
        # The longest rule wins, in any order; of equals, Allow.
        ("Disallow: /\nAllow: /legal/", "/legal/privacy", True),
        ("Allow: /legal/\nDisallow: /", "/legal/privacy", True),
        ("Allow: /legal\nDisallow: /legal/privacy", "/legal/privacy", False),
        ("Disallow: /page\nAllow: /page", "/page", True),
        ("Allow: /page\nDisallow: /*.htm", "/page.htm", False),
        ("Allow: /$\nDisallow: /", "/", True),
        ("Allow: /$\nDisallow: /", "/page", False),
        # Stars and ends.
        ("Disallow: /*.gif$", "/a/b.gif", False),
        ("Disallow: /*.gif$", "/a/b.gif?x", True),
        ("Disallow: /*?", "/privacy?lang=en", False),
        ("Disallow: /*?", "/privacy", True),
        ("Disallow: /a*b*c", "/axxbyyczz", False),
        ("Disallow: /a*b*c$", "/a-b-c-c", False),
        ("Disallow: /a*b*c$", "/a-b-c-d", True),
        ("Disallow: /a*a$", "/a", True),
        ("Disallow: /a**b", "/axb", False),
        ("Disallow: *privacy", "/en/privacy", False),
        ("Disallow: /a$b", "/a$b", False),
        ("Disallow: /a%24", "/a$", True),
        # Percent codes: the same octets are the same path; coded reserved letters stay other ones.
        ("Disallow: /caf%C3%A9", "/caf%c3%a9", False),
        ("Disallow: /café", "/caf%C3%A9", False),
        ("Disallow: /%70rivacy", "/privacy", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("Disallow: /a%2fb", "/a%2Fb", False),
        ("Disallow: /a%2Ab", "/a*b", True),
        # Odd lines count for nothing.
        ("Disallow /", "/any", True),
        ("Disallow: / # all of it", "/any", False),
        ("Sitemap: https://shop.example/map\nDisallow: /x", "/x", False),
        ("disallow : /x", "/x", False),
    ],
)
def test_rules(rules: str, path: str, allowed: bool) -> None:
    assert allows(f"User-agent: *\n{rules}", path) is allowed


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("User-agent: *\nDisallow: /\n\nUser-agent: Clauselight\nAllow: /", True),
        ("User-agent: clauselight\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: CLAUSELIGHT/1.0 (x)\nDisallow: /", False),
        ("User-agent: Clauselight-News\nDisallow: /", True),
        ("User-agent: Clause\nDisallow: /", True),
        ("User-agent: Other\nUser-agent: Clauselight\nDisallow: /", False),
        ("User-agent: Clauselight\nUser-agent: Other\n\nDisallow: /", False),
        # Groups for the same crawler are one.
        ("User-agent: x\nAllow: /b\nUser-agent: a\nAllow: /\nUser-agent: X\nDisallow: /", True),
        ("User-agent: Clauselight\nAllow: /b\n\nUser-agent: Clauselight\nDisallow: /", False),
        # Ours without rules still is ours.
        ("User-agent: *\nDisallow: /\nUser-agent: Clauselight\nDisallow:", True),
        ("Disallow: /\nUser-agent: Other\nAllow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", False),
        ("User-agent: *\rDisallow: /\r", False),
        ("<html><body>User-agent: *<br>Disallow: /", True),
    ],
)
def test_groups(robots: str, allowed: bool) -> None:
    assert allows(robots, "/any") is allowed


@pytest.mark.parametrize(
    ("value", "delay"), [("5", 5.0), ("0.5", 0.5), ("86400", LONGEST_DELAY), ("-1", None), ("soon", None)]
)
def test_crawl_delay_is_honoured_up_to_a_limit(value: str, delay: float | None) -> None:
    assert parse_robots(f"User-agent: *\nCrawl-delay: {value}".encode(), "x").crawl_delay == delay
    assert parse_robots(f"User-agent: y\nCrawl-delay: {value}".encode(), "x").crawl_delay is None


def test_what_lies_beyond_the_limit_is_not_read() -> None:
    start = b"User-agent: *\n" + b"# padding\n" * (MOST_BYTES // 10)
    assert parse_robots(start + b"Disallow: /\n", "x").allows("/any")


def test_rules_that_are_made_to_be_slow_are_not() -> None:
    robots = parse_robots(f"User-agent: *\nDisallow: /{'*a' * 5_000}b\n".encode() * 30, "x")
    began = time.monotonic()
    assert robots.allows("/" + "a" * 8_000)
    assert time.monotonic() - began < 1


@settings(deadline=None)
@given(st.binary(max_size=500), st.text(max_size=50))
def test_any_bytes_are_a_robots_file(body: bytes, path: str) -> None:
    robots = parse_robots(b"User-agent: *\n" + body, "x")
    assert robots.allows(f"/{path}") in (True, False)
