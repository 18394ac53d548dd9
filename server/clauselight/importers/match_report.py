"""What an import of a directory did: every record with the entity it was matched with and why, or why not,
and every fact that was refused. As rows for a file, and as counts for the terminal."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from .directory import ImportReport
from .entity_match import Reason, Why


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line: `outcome` is matched, new, unmatched or refused."""

    outcome: str
    record: str
    name: str
    entity: str
    entity_name: str
    reason: str
    detail: str


def report_rows(report: ImportReport) -> list[ReportRow]:
    """Every match, every record without one, every refusal, in this order."""
    rows = []
    for match in sorted(report.matching.matches, key=lambda one: (one.reason is Reason.NEW, one.entity_id)):
        record = match.record
        outcome = "new" if match.reason is Reason.NEW else "matched"
        name = report.names.get(match.entity_id, "")
        detail = " ".join(sorted(record.claims or record.hosts)[:5])
        rows.append(
            ReportRow(outcome, record.name, record.title, match.entity_id, name, match.reason.value, detail)
        )
    rows += [
        ReportRow(
            "unmatched", record.name, record.title, "", "", why.value, " ".join(sorted(record.hosts)[:5])
        )
        for record, why in report.matching.unmatched
    ]
    rows += [
        ReportRow("refused", one.record, "", "", "", f"{one.field} {one.why}", one.value)
        for one in report.data.refused
    ]
    return rows


def counts(report: ImportReport) -> list[tuple[str, int]]:
    """What the terminal shows: a line of words and a number each."""
    matched = [one for one in report.matching.matches if one.reason is not Reason.NEW]
    by_reason = Counter(one.reason for one in matched)
    new = {one.record.name for one in report.matching.matches if one.reason is Reason.NEW}
    rows = [
        ("records read", len(report.data.records)),
        ("records matched with known entities", len({one.record.name for one in matched})),
        *((f"  by {reason.value}", count) for reason, count in by_reason.most_common()),
        ("known entities that gained facts", len({one.entity_id for one in matched})),
        ("records kept of sites without a known document", len(new)),
        ("records left out", len(report.matching.unmatched)),
        *((f"  {why.value}", count) for why, count in _whys(report)),
        ("facts refused", len(report.data.refused)),
        ("facts new", report.kept.new),
        ("facts changed", report.kept.changed),
        ("facts as before", report.kept.same),
        ("facts ended", report.kept.ended),
    ]
    if report.data.authorities:
        rows += [
            ("authorities", len(report.data.authorities)),
            ("authorities changed", report.authorities_changed),
        ]
    return rows


def _whys(report: ImportReport) -> list[tuple[Why, int]]:
    counted = Counter(why for _, why in report.matching.unmatched)
    return [(why, count) for why, count in counted.most_common()]


def write_report(report: ImportReport, file: Path) -> None:
    """Write all rows: JSON when the name ends so, else tab-separated. Raises OSError."""
    rows = [asdict(row) for row in report_rows(report)]
    if file.suffix == ".json":
        file.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return
    text = io.StringIO()
    fields = ["outcome", "record", "name", "entity", "entity_name", "reason", "detail"]
    writer = csv.DictWriter(text, fields, dialect="excel-tab", lineterminator="\n")
    writer.writeheader()
    # A cell that begins with one of these is a formula to a spreadsheet.
    writer.writerows(
        {key: f"'{value}" if value[:1] in ("=", "+", "-", "@") else value for key, value in row.items()}
        for row in rows
    )
    file.write_text(text.getvalue(), encoding="utf-8")
