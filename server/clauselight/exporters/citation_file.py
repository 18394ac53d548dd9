"""Citations as files of reference managers: BibTeX, RIS, CSL-JSON.

The texts stand in the record (`contract.citation`); a file is opened elsewhere, so its links must be whole
even where the server has no public name and permalinks are paths.
"""

from __future__ import annotations

import json
from typing import Any, Final

from clauselight.contract.citation import Citation
from clauselight.contract.provision import Provision

BIBTEX_TYPE: Final = "application/x-bibtex"
RIS_TYPE: Final = "application/x-research-info-systems"
CSL_TYPE: Final = "application/vnd.citationstyles.csl+json"


def whole_address(permalink: str, origin: str) -> str:
    """A permalink with scheme and host; `origin` (`https://host`) is put before one that is a path."""
    return origin + permalink if permalink.startswith("/") else permalink


def whole_citation(citation: Citation, origin: str) -> Citation:
    """The same citation with whole links."""
    short = citation.permalink
    if not short.startswith("/"):
        return citation
    long = whole_address(short, origin)
    item: dict[str, Any] = {**citation.csl_json, "URL": long}
    return Citation(
        permalink=short,
        text=citation.text.replace(short, long),
        bibtex=citation.bibtex.replace(short, long),
        ris=citation.ris.replace(short, long),
        csl_json=item,
    )


def bibtex_file(record: Provision, origin: str) -> str:
    """One BibTeX entry."""
    return whole_citation(record.citation, origin).bibtex


def ris_file(record: Provision, origin: str) -> str:
    """One RIS reference, lines ended as its specification says."""
    return whole_citation(record.citation, origin).ris


def csl_file(record: Provision, origin: str) -> str:
    """A CSL-JSON list of one item: reference managers read lists."""
    return json.dumps([whole_citation(record.citation, origin).csl_json], ensure_ascii=False, indent=2) + "\n"
