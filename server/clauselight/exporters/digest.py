"""The weekly digest of changes: one page, and one e-mail in HTML and plain text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from clauselight.contract.news import ChangeNews, ClauseNews
from clauselight.contract.vocabulary import DiffKind

from .atom import KIND_NAMES, counted, severity_words, shortened

if TYPE_CHECKING:
    import jinja2


@dataclass(frozen=True, slots=True)
class Digest:
    """What changed from one day (included) to another (left out); `origin`: of links to this server."""

    since: dt.date
    until: dt.date
    news: Sequence[ChangeNews]
    origin: str

    @property
    def subject(self) -> str:
        """The e-mail's subject and the page's title."""
        if not self.news:
            return "No policy changed this week"
        if len(self.news) == 1:
            return f"1 policy changed: {self.news[0].entity.name}"
        names = list(dict.fromkeys(one.entity.name for one in self.news))
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        return f"{len(self.news)} changes of policies: {', '.join(names[:3])}{more}"

    @property
    def by_entity(self) -> list[tuple[str, list[ChangeNews]]]:
        """News by the entity's name, in its order."""
        ordered = sorted(self.news, key=lambda one: (one.entity.name.casefold(), one.captured_at))
        return [(name, list(some)) for name, some in groupby(ordered, key=lambda one: one.entity.name)]


@cache
def _environment() -> jinja2.Environment:
    # Not above: a server that writes no digest needs no templates.
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("clauselight.exporters"),
        autoescape=jinja2.select_autoescape(),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "counted": counted,
        "kind_name": lambda clause: KIND_NAMES[clause.change.kind],
        "severity_words": severity_words,
        "shortened": shortened,
        "marked": marked,
    }
    return made


def marked(clause: ClauseNews) -> str:
    """The words that differ in plain text: [-gone-] {+new+}, as word diffs are written."""
    written = {DiffKind.EQUAL: "{}", DiffKind.DELETE: "[-{}-]", DiffKind.INSERT: "{{+{}+}}"}
    parts = (written[part.op].format(part.text.strip()) for part in shortened(clause.words))
    return " ".join(" ".join(parts).split())


def digest_html(digest: Digest) -> str:
    """A whole HTML document without scripts, remote pictures or fonts."""
    return _environment().get_template("digest.html").render(digest=digest)


def digest_text(digest: Digest) -> str:
    """The same in plain text."""
    return _environment().get_template("digest.txt").render(digest=digest)
