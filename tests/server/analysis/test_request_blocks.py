"""Blocks as the extension sends them are read with their context."""

from __future__ import annotations

import pytest

from clauselight.analysis.refusal import Refused
from clauselight.analysis.request_blocks import blocks_of_request
from clauselight.analysis.segment import segment


def test_headings_and_lead_ins_are_found_again() -> None:
    page = blocks_of_request(
        [
            {"kind": "heading", "level": 1, "text": "Privacy Policy"},
            {"kind": "heading", "level": 2, "text": "Sharing"},
            {"kind": "paragraph", "text": "We share your data with:"},
            {"kind": "list_item", "level": 1, "text": "data  brokers,\n and"},
            {"kind": "list_item", "level": 2, "text": "their partners"},
            {"kind": "list_item", "level": 1, "text": "the police"},
            {"text": "That is all."},
        ],
        "Privacy Policy",
    )
    clauses = {clause.text: clause for clause in segment(page)}
    assert clauses["data brokers, and"].heading_path == ("Privacy Policy", "Sharing")
    assert clauses["data brokers, and"].lead_in == "We share your data with:"
    assert clauses["the police"].lead_in == "We share your data with:"
    assert clauses["their partners"].lead_in.endswith("data brokers, and")
    assert clauses["That is all."].lead_in == ""
    assert page.title == "Privacy Policy"
    assert page.text.splitlines()[3] == "data brokers, and"


def test_rows_of_one_table_are_rows() -> None:
    page = blocks_of_request(
        [{"kind": "table_row", "text": "Data | Why"}, {"kind": "table_row", "text": "Name | Login"}], ""
    )
    assert [block.text for block in page.blocks] == ["Data | Why", "Name | Login"]


@pytest.mark.parametrize("blocks", [[], [{"text": ""}], [{"text": " \n\t "}, {"text": "\u00a0"}]])
def test_nothing_to_read_is_refused(blocks: list[dict[str, str]]) -> None:
    with pytest.raises(Refused) as refused:
        blocks_of_request(blocks, "")
    assert refused.value.kind == "empty"


@pytest.mark.parametrize(
    ("kind", "title", "texts"),
    [
        (
            "cookie-wall",
            "Before you continue",
            ["We use cookies", "We and our partners use cookies for ads.", "Accept all", "Reject all"],
        ),
        ("bot-wall", "Just a moment...", ["www.example.com", "Verifying you are human.", "Ray ID: 8a1"]),
        ("login", "Members", ["Sign in to continue", "E-mail", "Password", "Forgot your password?"]),
        ("login", "Welcome", ["Log in", "Email address", "Password", "Remember me", "Create an account"]),
        ("error-page", "404 Not Found", ["Error 404: page not found", "Go back to the home page."]),
    ],
)
def test_a_wall_sent_as_blocks_is_refused(kind: str, title: str, texts: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        blocks_of_request([{"text": text} for text in texts], title)
    assert refused.value.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "We use cookies and similar technologies to remember your preferences.",
        "You are responsible for keeping your password secret.",
        "If you log in with a social network, we receive your profile from it.",
        "We may block requests of automated programs.",
    ],
)
def test_a_short_part_of_a_policy_is_read(text: str) -> None:
    assert blocks_of_request([{"text": text}], "Privacy Policy").text == text
