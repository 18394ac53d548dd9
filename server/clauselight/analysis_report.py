"""An analysis for people at a terminal: what weighs most first, each clause with its words and why it is
labelled."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from clauselight.contract.analysis import AnalysisAnswer
from clauselight.contract.provision import Provision
from clauselight.contract.vocabulary import Confidence, Method, Severity

STYLES: Final = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.PROTECTIVE: "green",
}

SURE: Final = {Confidence.HIGH: "sure", Confidence.MEDIUM: "fairly sure", Confidence.LOW: "unsure"}


def print_report(console: Console, answer: AnalysisAnswer) -> None:
    """The whole report, as wide as the terminal."""
    document, summary = answer.set.document, answer.summary
    provisions = answer.set.provisions
    console.print(Text(plain(f"{document.title} · {document.entity.name}"), style="bold"))
    console.print(
        f"{summary.words:,} words in {summary.clauses:,} clauses, read in {summary.seconds:.2f} s by "
        f"classifier {answer.method_version}. {_kept(answer)}"
    )
    if not provisions:
        console.print("\nNothing in it is worth a label.")
        return
    console.print(_totals(provisions))
    for severity in Severity:
        some = [one for one in provisions if one.severity is severity]
        if some:
            console.print()
            console.print(Rule(Text(f" {severity.value} ", style=STYLES[severity]), align="left"))
        for one in some:
            _print_provision(console, one)
    console.print()
    console.print("Labels marked automatic were set by a classifier: read the words before you rely on one.")


def plain(text: str) -> str:
    """A stranger's text without anything that a terminal would obey or hide."""
    return "".join(character if character.isprintable() else " " for character in text)


def _kept(answer: AnalysisAnswer) -> str:
    return f"Kept as {answer.set.document.id}." if answer.kept else "Nothing was kept."


def _totals(provisions: list[Provision]) -> Text:
    counted = Counter(one.severity for one in provisions)
    line = Text()
    for severity in Severity:
        if counted[severity]:
            line.append("  " if line else "")
            line.append(f"{counted[severity]} {severity.value}", style=STYLES[severity])
    return line


def _print_provision(console: Console, one: Provision) -> None:
    console.print()
    title = Text()
    title.append(plain(one.title), style=STYLES[one.severity])
    title.append(f"  {_how_sure(one)}", style="dim")
    console.print(title)
    if one.quote is not None:
        console.print(Padding(_quote(one, one.quote.selector.exact), (0, 2)))
    console.print(Padding(Text(plain(one.explanation.how_it_affects_you)), (0, 2)))
    if one.automatic is not None and one.automatic.words:
        named = ", ".join(f"“{plain(word)}”" for word in one.automatic.words)
        console.print(Padding(Text(f"Why: decided by {named}", style="dim"), (0, 2)))


def _how_sure(one: Provision) -> str:
    if one.method is Method.CURATED or one.automatic is None:
        return "recorded by a person"
    return f"automatic, {SURE[one.confidence]} ({one.automatic.probability:.0%})"


def _quote(one: Provision, exact: str) -> Text:
    text = Text(f"“{plain(exact)}”", style="italic")
    for word in one.automatic.words if one.automatic else []:
        text.highlight_regex(rf"(?i)(?<!\w){re.escape(plain(word))}(?!\w)", style="bold underline")
    return text
