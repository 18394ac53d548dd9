"""How often disputed labels stayed: whole counts, a share only of enough, and the model card's part."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

from clauselight.curation.upheld import (
    LEAST_FOR_SHARE,
    NONE_DECIDED,
    SECTION,
    card_section,
    filled_card,
    stayed_share,
)
from clauselight.store.dispute_queue import VersionDecisions

DAY = dt.date(2026, 11, 23)
CARD = (files("clauselight.analysis") / "model" / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_a_share_is_given_of_enough_decisions_only() -> None:
    assert stayed_share(VersionDecisions("v", LEAST_FOR_SHARE - 1, 0)) is None
    assert stayed_share(VersionDecisions("v", 5, 15)) == 75


def test_the_packaged_card_says_that_nothing_was_decided() -> None:
    assert f"## {SECTION}\n" in CARD
    assert NONE_DECIDED in CARD
    assert filled_card(CARD, [], DAY) == CARD, "filling in nothing changes nothing"


def test_the_part_is_filled_in_and_the_rest_of_the_card_stays() -> None:
    decisions = [VersionDecisions(None, 1, 2), VersionDecisions("clauses-0123456789ab", 10, 30)]
    filled = filled_card(CARD, decisions, DAY)
    assert "| people | 3 | 2 | 1 | too few to say |" in filled
    assert "| classifier clauses-0123456789ab | 40 | 30 | 10 | 75 % |" in filled
    assert "until 2026-11-23" in filled
    before, after = CARD.split(f"## {SECTION}\n")[0], CARD[CARD.index("## Licence") :]
    assert filled.startswith(before)
    assert filled.endswith(after)
    assert filled_card(filled, [], DAY) == CARD, "and can be filled in again"


def test_a_card_without_the_part_gets_it_at_its_end() -> None:
    assert filled_card("# A card\n\n## Limits\n\nMany.\n", [], DAY) == (
        "# A card\n\n## Limits\n\nMany.\n\n" + card_section([], DAY)
    )
