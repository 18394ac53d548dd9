"""What `clauselight lint` checks of the law of requests and the letters, beyond what their files must hold.

A letter under a law that gives the right names its article and says by when; one under no law cites none.
"""

from __future__ import annotations

from itertools import product

from clauselight.contract.record_rules import Violation

from .clause_types import clause_types
from .files import KnowledgeBroken
from .letters import LetterLanguage, letters
from .requests import RequestKind, RequestLaw, Right, request_laws, requests_for

FOLLOW_UPS = frozenset({RequestKind.REMINDER, RequestKind.ANSWER_TO_REFUSAL})
"""They name the article of the request before them, and set a day of their own."""

OWN_TIME = FOLLOW_UPS | {RequestKind.ARBITRATION_OPT_OUT, RequestKind.COMPLAINT}
"""Letters that say no time limit of the law."""


def check_letters() -> list[tuple[str, Violation]]:
    """Broken rules of letters and law, with the letter or file they are in."""
    try:
        languages, laws, fitting = letters(), request_laws(), requests_for()
    except KnowledgeBroken as error:
        return [("letters", Violation("letters-complete", "letters", str(error)))]
    found = []
    for (name, language), law, kind in product(languages.items(), laws.values(), RequestKind):
        if law.rules[kind].right is not Right.NONE:
            place = f"{name}/{kind} under {law.id}"
            found += [(place, Violation("letters-cite", "letter", it)) for it in _broken(language, law, kind)]
    for one in sorted(set(clause_types()) ^ set(fitting)):
        unknown = Violation("requests-for-each-type", one, "stands only in one of both lists of clause types")
        found.append(("requests_for.toml", unknown))
    return found


def _broken(language: LetterLanguage, law: RequestLaw, kind: RequestKind) -> list[str]:
    """What is wrong with one letter under one law."""
    cited = law.rules[kind].article is not None
    present = {"article"} if cited else set()
    shown = [
        paragraph
        for paragraph in language.letters[kind].paragraphs
        if (not paragraph.laws or law.id in paragraph.laws)
        and not ("article" in paragraph.needs and not cited)
        and not (present & set(paragraph.without))
    ]
    used = "\n".join(paragraph.text for paragraph in shown)
    broken = []
    if cited and kind not in FOLLOW_UPS and "{article}" not in used:
        broken.append("the article is not named")
    if not cited and "{article}" in used:
        broken.append("an article is named where no law is cited")
    if kind not in OWN_TIME and "{deadline}" not in used:
        broken.append("it does not say by when")
    if kind is RequestKind.COMPLAINT and "{authority}" not in used:
        broken.append("the authority is not named")
    broken += [f"{name} is not in it" for name in ("{name}", "{entity}") if name not in used]
    return broken
