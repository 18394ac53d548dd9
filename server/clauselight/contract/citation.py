"""How to cite a record."""

from __future__ import annotations

from typing import Any

from .base import Model, Permalink, Text


class Citation(Model):
    """One record in the formats that people's reference managers read."""

    permalink: Permalink
    text: Text
    bibtex: Text
    ris: Text
    csl_json: dict[str, Any]
    """One item of the Citation Style Language's JSON (https://docs.citationstyles.org)."""
