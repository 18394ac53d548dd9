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
