"""What each law gives a person who writes to a company: right, article, time, what may be refused.

One file a law in `data/requests/`. A fact stands there once; what rests on it (letters, deadlines, the order
of ways) reads it from here. Checked strictly: a wrong article in a letter harms the person who sends it.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from clauselight.contract.base import HttpsUrl, Jurisdiction, Model, ShortText, Slug, Text, distinct
from clauselight.contract.places import Names
from clauselight.contract.vocabulary import ActionEffect

from .files import KnowledgeBroken, data_folder, read_table, read_toml


class RequestKind(StrEnum):
    """What one can ask for by letter; the last two answer a company's silence and its refusal."""

    ACCESS = "access"
    ERASURE = "erasure"
    OBJECTION_MARKETING = "objection-marketing"
    OBJECTION_LEGITIMATE_INTERESTS = "objection-legitimate-interests"
    OBJECTION_AI_TRAINING = "objection-ai-training"
    CONSENT_WITHDRAWAL = "consent-withdrawal"
    PORTABILITY = "portability"
    RECTIFICATION = "rectification"
    OPT_OUT_SALE_SHARING = "opt-out-sale-sharing"
    LIMIT_SENSITIVE = "limit-sensitive"
    ARBITRATION_OPT_OUT = "arbitration-opt-out"
    COMPLAINT = "complaint"
    REMINDER = "reminder"
    ANSWER_TO_REFUSAL = "answer-to-refusal"


class Right(StrEnum):
    """Whether the law gives what is asked for."""

    YES = "yes"
    PARTLY = "partly"
    """Something that comes close; the note says what."""
    CONTRACT = "contract"
    """The clause itself gives it."""
    COURTESY = "courtesy"
    """No law that we know, but a company may agree; the letter cites none, and denies none."""
    NONE = "none"


class Extension(Model):
    """By how much the company may prolong its time, and when; no value: the law names no longest time."""

    value: Annotated[int, Field(ge=1, le=365)] | None = None
    unit: Literal["months", "days", "business-days"] | None = None
    when: ShortText


class Confirmation(Model):
    """An acknowledgement that is due before the answer."""

    value: Annotated[int, Field(ge=1, le=90)]
    unit: Literal["months", "days", "business-days"]
    what: ShortText


class Deadline(Model):
    """The time to answer, counted from receipt. A month ends on the same day of the next month, or on its
    last day where that has no such day; a day of rest at the end moves it to the next working day."""

    value: Annotated[int, Field(ge=1, le=365)]
    unit: Literal["months", "days", "business-days"]
    basis: Literal["law", "asked"]
    """`law`: the law fixes it; `asked`: the law says less (at once, reasonable), and the letter asks this."""
    source: ShortText | None = None
    url: HttpsUrl | None = None
    extension: Extension | None = None
    confirm: Confirmation | None = None
    phrase: Names
    """As it stands in a letter, after "Please answer"."""

    @model_validator(mode="after")
    def _law_has_a_source(self) -> Deadline:
        if self.basis == "law" and not (self.source and self.url):
            raise ValueError("a deadline of the law names its article and the official text")
        return self


class Rule(Model):
    """One kind of request under one law."""

    right: Right
    article: Names | None = None
    """As it stands in a letter: "Article 15 GDPR"."""
    url: HttpsUrl
    """The official text."""
    deadline: str | None = None
    """Name of one of the law's deadlines."""
    effect: ActionEffect | None = None
    account_lost: bool = False
    refuse: Text | None = None
    """What the law lets the company refuse."""
    note: Text | None = None
    """What to know: where the law gives less than the name of the request promises."""
    instead: Annotated[list[RequestKind], *distinct()] = []
    """What comes closest where there is no such right."""

    @model_validator(mode="after")
    def _says_enough(self) -> Rule:
        granted = self.right in (Right.YES, Right.PARTLY)
        if granted and not (self.article and self.refuse):
            raise ValueError("a right needs its article, and what may be refused")
        if self.right is not Right.YES and not self.note:
            raise ValueError("less than a full right needs a note")
        if (self.right is Right.NONE) != (self.deadline is None) or (self.right is Right.NONE) != (
            self.effect is None
        ):
            raise ValueError("exactly what can be asked for has a deadline and an effect")
        if self.right is Right.COURTESY and self.article:
            raise ValueError("where no law obliges the company, none is cited")
        return self


class StateLaw(Model):
    """A state's own entry under a group of laws: its articles, and deadlines that differ."""

    jurisdiction: Jurisdiction
    name: ShortText
    url: HttpsUrl
    article: ShortText
    articles: dict[RequestKind, ShortText] = {}
    deadlines: dict[str, Deadline] = {}
    without: Annotated[list[RequestKind], *distinct()] = []
    """Rights that this state does not give."""


class RequestAuthority(Model):
    """Where a complaint goes when the list of authorities knows no nearer one."""

    id: Slug
    name: ShortText
    names: Names | None = None
    """Official names in the languages of the letters, where it has them."""
    complaint_url: HttpsUrl
    directory: bool = False
    """It is no office but a page that leads to one; letters do not name it."""


class RequestLaw(Model):
    """One law, or a group of laws of one pattern, with its rule for every kind of request."""

    id: Slug
    title: ShortText
    name: Names
    """Short, as letters and the interface show it."""
    url: HttpsUrl
    jurisdictions: Annotated[list[Jurisdiction], *distinct(1)]
    authority: RequestAuthority | None = None
    cost: Text
    identity: Text
    """What the company may ask for to know who writes."""
    deadlines: dict[str, Deadline]
    rules: dict[RequestKind, Rule]
    states: list[StateLaw] = []

    @model_validator(mode="after")
    def _complete(self) -> RequestLaw:
        if missing := set(RequestKind) - set(self.rules):
            raise ValueError(f"no rule for {', '.join(sorted(missing))}")
        for kind, rule in self.rules.items():
            if rule.deadline is not None and rule.deadline not in self.deadlines:
                raise ValueError(f"{kind}: no deadline '{rule.deadline}'")
            for other in rule.instead:
                if self.rules[other].right is Right.NONE:
                    raise ValueError(f"{kind}: '{other}' does not exist either")
        if unused := set(self.deadlines) - {rule.deadline for rule in self.rules.values()}:
            raise ValueError(f"unused deadlines: {', '.join(sorted(unused))}")
        for state in self.states:
            known = set(state.deadlines) <= set(self.deadlines)
            if state.jurisdiction not in self.jurisdictions or not known:
                raise ValueError(f"{state.jurisdiction} does not fit the group")
        if self.states and {state.jurisdiction for state in self.states} != set(self.jurisdictions):
            raise ValueError("a group has an entry for each of its states")
        return self


ELSEWHERE = "elsewhere"
"""The law of places that no other law is for: none that we could cite."""


@cache
def request_laws() -> dict[str, RequestLaw]:
    """All laws by id. Raises KnowledgeBroken when a file does not hold what it should."""
    folder = data_folder() / "requests"
    own = {entry["id"]: entry for entry in read_toml(folder / "authorities.toml")["agency"]}
    found = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml") or file.name == "authorities.toml":
            continue
        try:
            law = RequestLaw.model_validate(_resolved(read_toml(file), own))
        except (KeyError, TypeError, ValueError, ValidationError) as error:
            raise KnowledgeBroken(f"requests/{file.name}: {error}") from error
        found[law.id] = law
    codes = [code for law in found.values() for code in law.jurisdictions]
    if len(codes) != len(set(codes)):
        raise KnowledgeBroken("requests: two laws are for one place")
    return found


def _resolved(raw: dict[str, Any], own_authorities: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Defaults and references put in: every rule says its article and address, every law its name."""
    cite, default = raw.pop("cite", None), raw.pop("article", None)
    if reference := raw.pop("regulation", None):
        regulation = read_table("regulations", "regulation")[reference]
        raw |= {"title": raw.get("title", regulation["name"]), "url": raw.get("url", regulation["url"])}
    if reference := raw.get("authority"):
        known = read_table("agencies", "agency")
        agency = known[reference] if reference in known else own_authorities[reference]
        raw["authority"] = {key: agency[key] for key in ("id", "name", "complaint_url")} | {
            "names": raw.pop("authority_names", None),
            "directory": raw.pop("authority_is_directory", False),
        }
    rules = raw.pop("requests")
    for rule in rules.values():
        rule.setdefault("url", raw["url"])
        rule["account_lost"] = rule.pop("account", None) == "lost"
        if (number := rule.pop("n", None)) is not None:
            numbers = number if isinstance(number, dict) else dict.fromkeys(("en", "de", "fr"), number)
            rule["article"] = {language: cite[language].format(n=numbers[language]) for language in cite}
        elif default and rule["right"] in ("yes", "partly"):
            rule.setdefault("article", default)
    states = raw.pop("state", [])
    for state in states:
        regulation = read_table("regulations", "regulation")[state.pop("regulation")]
        state |= {"name": regulation["name"], "url": regulation["url"]}
    return raw | {"rules": rules, "states": states}


@cache
def requests_for() -> dict[str, tuple[RequestKind, ...]]:
    """Which requests fit a clause type, the most fitting first; empty where none does."""
    raw = read_toml(data_folder() / "requests_for.toml")["clause_types"]
    try:
        return {name: tuple(RequestKind(kind) for kind in kinds) for name, kinds in raw.items()}
    except ValueError as error:
        raise KnowledgeBroken(f"requests_for.toml: {error}") from error


@cache
def about_leaving() -> tuple[str, ...]:
    """Clause types about leaving itself, for which losing the account is no cost."""
    return tuple(read_toml(data_folder() / "requests_for.toml")["leaving"])
