"""Which provisions can be followed into a version, and whose words the analysis has the last word on."""

from __future__ import annotations

from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.vocabulary import ChangeKind, Method
from clauselight.store.provision_rows import StoredRow

from .history_records import Step


def may_follow(step: Step, row: StoredRow) -> bool:
    """Whether the version can tell what became of a provision."""
    record = row.record
    if record.method is Method.AUTOMATIC:
        return True
    quote = record.quote
    recorded = quote.recorded if quote and quote.recorded else record.history.first_seen
    if step.sent or recorded > step.day:
        return False
    # A page has variants by country and address: what was never seen in a capture of this one cannot have
    # gone from it.
    seen = row.seen_version is not None
    return seen or (quote is not None and step.after.says(quote.selector.exact))


def came_back(step: Step, row: StoredRow) -> bool:
    """Whether the words of a provision that went because of the text stand there again."""
    record = row.record
    last = record.history.changes[-1]
    if last.kind is not ChangeKind.REMOVED or last.version_to is None or record.quote is None:
        return False
    if step.before is None or not may_follow(step, row):
        return False
    words = record.quote.selector.exact
    if not step.after.says(words) or step.before.says(words):
        return False
    return not step.refused(record.clause_type, words)


def authoritative(step: Step, record: ProvisionRecord) -> bool:
    """Whether the analysis says all there is to say about a provision's unchanged words: another classifier
    judged them, or there is no version before that they could be compared with, or no other text."""
    return step.before is None or step.unchanged or record.method_version != step.method_version
