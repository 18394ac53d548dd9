"""The policy of a server: its settings, who asks, and the one page that a person typed."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path

import pytest

from clauselight import __version__
from clauselight.capture.policy import FetchPolicy, policy_for_typed, policy_of
from clauselight.capture.problems import FetchRefused
from clauselight.settings import Settings


def test_a_server_asks_directly_politely_and_nothing_inside() -> None:
    policy = policy_of(Settings())
    assert policy == FetchPolicy(agent=policy.agent)
    assert policy.agent == f"Clauselight/{__version__} (archives public policies and terms)"
    assert policy.proxy is None
    assert policy.robots
    assert policy.delay >= 1
    assert policy.rules.allowed == ()


def test_the_settings_are_used() -> None:
    chosen = Settings(
        capture_contact="https://clauses.example/about",
        capture_allow="10.0.0.0/8, [fd00::]/8, 127.0.0.1:8080, wiki.lan:81, ::1, [::1]:9",
        capture_proxy="http://127.0.0.1:3128",
        capture_delay=5,
        capture_concurrent=3,
        capture_seconds=7,
        capture_bytes=4096,
        chromium=Path("~/chromium"),
    )
    policy = policy_of(chosen)
    assert policy.agent.endswith("; +https://clauses.example/about)")
    assert (policy.delay, policy.concurrent, policy.seconds, policy.most_bytes) == (5, 3, 7, 4096)
    assert policy.proxy == "http://127.0.0.1:3128"
    assert policy.chromium == Path.home() / "chromium"
    policy.rules.check(ip_address("10.2.3.4"), 1234, "any.example")
    with pytest.raises(FetchRefused):
        policy.rules.check(ip_address("192.168.1.1"), 80, "any.example")


def test_for_want_of_a_contact_the_public_address_is_told() -> None:
    policy = policy_of(Settings(public_url="https://clauses.example"))
    assert "+https://clauses.example" in policy.agent


@pytest.mark.parametrize(
    "entry", ["10.0.0.0/8", "10.0.0.0/8:81", "127.0.0.1", "[::1]:9", "fd00::/8", "a.b-c.lan", "intranet:8000"]
)
def test_the_settings_and_the_rules_read_the_same_list(entry: str) -> None:
    assert policy_of(Settings(capture_allow=entry)).rules.allowed


def test_a_typed_address_is_asked_as_a_browser_would() -> None:
    policy = policy_for_typed("http://wiki.lan:8000/terms", agent="me", most_bytes=10)
    assert (policy.agent, policy.most_bytes, policy.robots, policy.delay) == ("me", 10, False, 0)
    policy.rules.check(ip_address("10.0.0.7"), 8000, "wiki.lan")
    with pytest.raises(FetchRefused):
        policy.rules.check(ip_address("10.0.0.7"), 80, "other.lan")
    with pytest.raises(FetchRefused):
        policy_for_typed("http://0x7f000001/", agent="me", most_bytes=10)
