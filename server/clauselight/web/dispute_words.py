"""How pages name what is wrong with a label and what a decision does, and the reasons that moderators need
often."""

from __future__ import annotations

from typing import Final

from clauselight.contract.vocabulary import DisputeAct, DisputeReason

REASONS: Final = {
    DisputeReason.WRONG_KIND: "It is another kind of clause",
    DisputeReason.WRONG_SEVERITY: "The severity is wrong",
    DisputeReason.NOT_IN_TEXT: "The document does not say this",
    DisputeReason.OUTDATED: "It is out of date",
    DisputeReason.MISLEADING: "The explanation misleads",
    DisputeReason.OTHER: "Something else is wrong",
}

ACTS: Final = {
    DisputeAct.REMOVE: "The label was removed",
    DisputeAct.RETYPE: "The label was replaced by another kind of clause",
    DisputeAct.SEVERITY: "The severity was changed",
    DisputeAct.EDIT: "The explanation was changed",
    DisputeAct.KEEP: "The label stays as it is",
}

USUAL: Final = {
    DisputeAct.REMOVE: "The document does not say this.",
    DisputeAct.RETYPE: "The clause is of another kind.",
    DisputeAct.SEVERITY: "The severity did not fit the clause.",
    DisputeAct.EDIT: "The explanation did not fit the clause.",
    DisputeAct.KEEP: "The clause says what the label says.",
}
"""The public reason where the moderator writes none of their own."""

AS_PROPOSED: Final = {
    DisputeReason.WRONG_KIND: DisputeAct.RETYPE,
    DisputeReason.WRONG_SEVERITY: DisputeAct.SEVERITY,
    DisputeReason.NOT_IN_TEXT: DisputeAct.REMOVE,
    DisputeReason.OUTDATED: DisputeAct.REMOVE,
    DisputeReason.MISLEADING: DisputeAct.EDIT,
    DisputeReason.OTHER: DisputeAct.REMOVE,
}
"""What upholding most likely means; the form begins with it."""
