"""How often disputed labels stayed as they were: for the methodology page, and for the model card.

Disputed labels are no sample: readers report what looks wrong to them. So the counts are shown whole, and a
share only where there are enough of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from clauselight.store.dispute_queue import VersionDecisions

LEAST_FOR_SHARE: Final = 20
"""Decisions from which on a share is given. Chosen: with fewer, one more decision moves it by five points."""

SECTION: Final = "Disputed labels"
"""Heading of the model card's part; a test looks for it in the packaged card."""

NONE_DECIDED: Final = (
    "No dispute about a label has been decided on the server that this was made on, so it says nothing yet.\n"
    "`clauselight export model-card` fills this part from the archive of a server."
)

_PART: Final = re.compile(rf"(?m)^## {SECTION}\n(?:(?!## ).*\n?)*")


def stayed_share(one: VersionDecisions) -> int | None:
    """Of the decided disputes, how many labels stayed as they were, in percent; None where there are too few
    to say so."""
    decided = one.upheld + one.rejected
    return round(100 * one.rejected / decided) if decided >= LEAST_FOR_SHARE else None


def labelled_by(method_version: str | None) -> str:
    """Whose labels they are."""
    return "people" if method_version is None else f"classifier {method_version}"


def card_section(decisions: Sequence[VersionDecisions], today: dt.date) -> str:
    """The model card's part on disputed labels, in Markdown."""
    head = f"## {SECTION}\n\n"
    if not decisions:
        return f"{head}{NONE_DECIDED}\n"
    rows = []
    for one in decisions:
        share = stayed_share(one)
        cells = (
            labelled_by(one.method_version),
            f"{one.upheld + one.rejected:,}",
            f"{one.rejected:,}",
            f"{one.upheld:,}",
            "too few to say" if share is None else f"{share} %",
        )
        rows.append(f"| {' | '.join(cells)} |")
    return (
        f"{head}What people decided on one server until {today.isoformat()} about labels that readers had "
        "disputed. Readers\nreport what looks wrong to them, so this is no sample of all labels.\n\n"
        "| labels by | disputes decided | the label stayed | it was changed or removed | stayed |\n"
        "|---|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def filled_card(card: str, decisions: Sequence[VersionDecisions], today: dt.date) -> str:
    """A model card with that part filled in; at the end of a card that has none."""
    section = card_section(decisions, today)
    if _PART.search(card):
        return _PART.sub(lambda _: section + "\n", card, count=1).rstrip() + "\n"
    return f"{card.rstrip()}\n\n{section}"
