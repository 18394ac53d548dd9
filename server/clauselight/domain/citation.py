"""How a record is cited, in the formats of reference managers.

BibTeX as biblatex's `@online` understood by plain BibTeX styles through `howpublished`; RIS by the
specification of Research Information Systems (type ELEC); CSL-JSON by the schema of the Citation Style
Language (type webpage).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from clauselight.contract.citation import Citation
from clauselight.contract.document import Document
from clauselight.contract.provision import ProvisionRecord

PUBLISHER = "Clauselight"

_BIBTEX_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # BibTeX counts braces, those behind a backslash too: one alone would end the entry elsewhere.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def cite(record: ProvisionRecord, document: Document, permalink: str) -> Citation:
    """All forms of one citation; the date is the day the clause was last verified."""
    title = f"{record.title} ({document.title})"
    day = record.history.last_verified
    return Citation(
        permalink=permalink,
        text=(
            f"{PUBLISHER}, “{record.title}”, provision {record.id} of the {document.title} "
            f"({document.entity.name}), last verified {day.isoformat()}, {permalink}"
        ),
        bibtex=_bibtex(record, title, day, permalink),
        ris=_ris(record, title, day, permalink),
        csl_json=_csl(record, title, document.entity.name, day, permalink),
    )


def _bibtex(record: ProvisionRecord, title: str, day: dt.date, permalink: str) -> str:
    fields = {
        "title": "{" + title.translate(_BIBTEX_SPECIAL) + "}",
        "author": "{" + PUBLISHER + "}",
        "year": str(day.year),
        "month": str(day.month),
        "number": record.id,
        "howpublished": r"\url{" + permalink + "}",
        "url": permalink,
        "note": f"Last verified {day.isoformat()}",
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{record.id},\n{body}\n}}\n"


def _ris(record: ProvisionRecord, title: str, day: dt.date, permalink: str) -> str:
    lines = [
        ("TY", "ELEC"),
        ("ID", record.id),
        ("TI", " ".join(title.split())),
        ("AU", PUBLISHER),
        ("PB", PUBLISHER),
        ("PY", str(day.year)),
        ("DA", f"{day.year:04}/{day.month:02}/{day.day:02}"),
        ("UR", permalink),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def _csl(record: ProvisionRecord, title: str, entity: str, day: dt.date, permalink: str) -> dict[str, Any]:
    return {
        "id": record.id,
        "type": "webpage",
        "title": title,
        "author": [{"literal": PUBLISHER}],
        "container-title": entity,
        "publisher": PUBLISHER,
        "number": record.id,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": permalink,
    }
