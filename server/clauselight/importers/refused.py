"""What a loader answers with, apart from the loaders: whoever only catches it need not import what they
need."""

from __future__ import annotations

from collections.abc import Callable

from clauselight.contract.record_rules import RecordRefused

Progress = Callable[[str, int, int], None]
"""Called with what is being loaded, how much is done, and how much there is."""


class CatalogueRefused(ValueError):
    """Records of the catalogue break rules; `refused` holds each with all rules broken."""

    def __init__(self, refused: list[RecordRefused]) -> None:
        self.refused = refused
        super().__init__("; ".join(str(one) for one in refused))
