"""Letters in English, German and French: our own texts, filled in on the reader's computer and nowhere else.

A letter is a list of paragraphs. Which of them appear is said by the data (`needs`, `without`, `laws`, `of`),
and every sentence stands there whole: no code builds sentences, in whatever language.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError, model_validator

from clauselight.contract.base import Model, ShortText, Slug, Text, distinct

from .files import KnowledgeBroken, data_folder, read_toml
from .requests import RequestKind

LANGUAGES: Final = ("en", "de", "fr")

VARIABLES: Final = frozenset(
    {
        *("name", "email", "customer_number", "address", "place"),
        *("entity", "document", "document_url", "clause"),
        *("article", "deadline", "today", "authority"),
        *("request", "request_article", "sent_on", "due_on", "until", "answered_on", "refusal", "case"),
        *("correction", "reasons", "accepted_on", "opt_out_until"),
    }
)
"""All that can be filled in; anything else in braces is an error in the text."""

EVENTS: Final = (
    *("sent", "confirmed", "extended", "answered", "refused", "reminded", "objected", "complained"),
    *("overdue", "note"),
)
EVENT_VARIABLES: Final = frozenset({"date", "entity", "request", "way", "text"})
WAYS: Final = ("email", "post", "form", "setting")

MOST_CHARACTERS: Final = 1_200
"""Of one paragraph; the longest that is needed (sensitive data under the GDPR, in German) has about 750."""

_BRACES = re.compile(r"{([^{}]*)}")


class LetterParagraph(Model):
    """A paragraph and when it appears; conditions are joined by "and"."""

    text: Annotated[Text, Field(max_length=MOST_CHARACTERS)]
    needs: Annotated[list[str], *distinct()] = []
    """Variables that must have a value."""
    without: Annotated[list[str], *distinct()] = []
    """Variables that must have none."""
    laws: Annotated[list[Slug], *distinct()] = []
    """Only under these laws; empty: under all."""
    of: Annotated[list[RequestKind], *distinct()] = []
    """Only when the earlier request was one of these; empty: any, or none."""

    @model_validator(mode="after")
    def _only_known_variables(self) -> LetterParagraph:
        _known(self.text, VARIABLES)
        if unknown := {*self.needs, *self.without} - VARIABLES:
            raise ValueError(f"unknown variables: {', '.join(sorted(unknown))}")
        return self


class LetterTemplate(Model):
    """One letter in one language."""

    subject: ShortText
    paragraphs: Annotated[list[LetterParagraph], Field(min_length=1, max_length=60)]

    @model_validator(mode="after")
    def _plain(self) -> LetterTemplate:
        _known(self.subject, VARIABLES)
        for paragraph in self.paragraphs:
            for link in re.findall(r"\b\w+://\S*", paragraph.text):
                if not link.startswith("https://"):
                    raise ValueError(f"no https address: {link}")
        return self


class LetterLanguage(Model):
    """All letters of a language, with the words that they share."""

    labels: dict[str, ShortText]
    """What stands in the place of a value that is still missing."""
    requests: dict[RequestKind, ShortText]
    """How a later letter names an earlier request."""
    ways: dict[str, ShortText]
    events: dict[str, ShortText]
    """Lines of the account in a complaint."""
    letters: dict[RequestKind, LetterTemplate]

    @model_validator(mode="after")
    def _complete(self) -> LetterLanguage:
        for name, has, wanted in (
            ("labels", set(self.labels), set(VARIABLES)),
            ("requests", set(self.requests), set(RequestKind)),
            ("ways", set(self.ways), set(WAYS)),
            ("events", set(self.events), set(EVENTS)),
            ("letters", set(self.letters), set(RequestKind)),
        ):
            if has != wanted:
                raise ValueError(f"{name}: {', '.join(sorted(has ^ wanted))} missing or unknown")
        for label in (*self.labels.values(), *self.requests.values(), *self.ways.values()):
            _known(label, frozenset())
        for line in self.events.values():
            _known(line, EVENT_VARIABLES)
        return self


@cache
def letters() -> dict[str, LetterLanguage]:
    """All letters by language. Raises KnowledgeBroken when a file does not hold what it should."""
    found = {}
    for language in LANGUAGES:
        folder = data_folder() / "letters" / language
        common = read_toml(folder / "common.toml")
        parts = common.pop("parts")
        raw: dict[str, Any] = {}
        try:
            for file in sorted(folder.iterdir(), key=lambda f: f.name):
                if file.name.endswith(".toml") and file.name != "common.toml":
                    raw[file.name.removesuffix(".toml")] = _resolved(read_toml(file), parts)
            found[language] = LetterLanguage.model_validate({**common, "letters": raw})
        except (KeyError, ValueError, ValidationError) as error:
            raise KnowledgeBroken(f"letters/{language}: {error}") from error
    return found


def _resolved(raw: dict[str, Any], parts: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Shared parts put in where a letter names them."""
    paragraphs: list[dict[str, Any]] = []
    for paragraph in raw.pop("paragraph"):
        paragraphs += parts[paragraph["use"]] if "use" in paragraph else [paragraph]
    return raw | {"paragraphs": paragraphs}


def _known(text: str, variables: frozenset[str]) -> None:
    if unknown := set(_BRACES.findall(text)) - variables:
        raise ValueError(f"unknown in braces: {', '.join(sorted(unknown))}")
    if {"{", "}"} & set(_BRACES.sub("", text)):
        raise ValueError(f"a brace without its other half: {text}")
