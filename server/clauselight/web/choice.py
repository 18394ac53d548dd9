"""What a list of provisions is asked for, read from a query: filters, order, place to go on from.

The registry page and the CSV table take the same names. An empty value, as forms send it for what was not
filled in, is no filter.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

from multidict import MultiMapping

from clauselight.contract.problem import FieldError
from clauselight.knowledge.clause_types import categories, clause_types
from clauselight.publication.registry_codes import (
    CONFIDENCE_CODE,
    METHOD_CODE,
    SEVERITY_CODE,
    day_code,
)
from clauselight.publication.registry_query import Cursor, Filters, Sort, cursor_length

from .problems import ProblemRaised

FILTERS: Final = (
    "type",
    "category",
    "severity",
    "method",
    "confidence",
    "entity",
    "document",
    "since",
    "until",
)
"""Names of the filters; type, category, severity, method and confidence may be repeated."""

PLACES: Final = ("sort", "after", "before")

_DOCUMENT: Final = re.compile(r"CL-D-([0-9]{6})", re.ASCII)
_ENTITY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_CURSOR: Final = re.compile(r"[0-9]{1,10}(\.[0-9]{1,10}){0,3}", re.ASCII)

LONGEST_NAME: Final = 200


@dataclass(slots=True)
class Choice:
    """A list that was asked for. `given`: the values as they came, by name, for showing them in a form;
    `entity_name`: words that are no id, to be looked up."""

    filters: Filters
    sort: Sort
    after: Cursor | None
    before: Cursor | None
    given: dict[str, list[str]] = field(default_factory=dict)
    entity_name: str | None = None

    def use_entity(self, identity: str) -> None:
        """Ask for an organisation whose id was found by its name."""
        self.filters = replace(self.filters, entity=identity)
        self.given["entity"] = [identity]
        self.entity_name = None

    def query(self, **changes: Any) -> str:
        """A query that asks for the same with some names replaced, from the first page on; None removes."""
        values = {**self.given, "sort": [self.sort.value]}
        if self.sort is Sort.GRAVEST:
            del values["sort"]
        for name, value in changes.items():
            if value is None:
                values.pop(name, None)
            else:
                values[name] = [value] if isinstance(value, str) else [str(one) for one in value]
        return urlencode([(name, one) for name, given in values.items() for one in given])


def written_cursor(cursor: Cursor) -> str:
    """A cursor as it stands in an address."""
    return ".".join(map(str, cursor))


def read_choice(query: MultiMapping[str], *, others: Collection[str] = ()) -> Choice:
    """Read a query. Raises ProblemRaised that names each parameter at fault; `others` are allowed besides."""
    wrong: list[FieldError] = []
    given: dict[str, list[str]] = {}
    for name in dict.fromkeys(query):
        if name not in (*FILTERS, *PLACES, *others):
            wrong.append(FieldError(field=name[:80], message="is no parameter of this list"))
        elif name in FILTERS and (values := [one for one in query.getall(name) if one.strip()]):
            given[name] = values
    entity, entity_name = _entity(given, wrong)
    document = _pattern(given, "document", _DOCUMENT, "must be an id such as CL-D-000098", wrong)
    filters = Filters(
        types=_types(given, wrong),
        severities=_codes(given, "severity", SEVERITY_CODE, wrong),
        methods=_codes(given, "method", METHOD_CODE, wrong),
        confidences=_codes(given, "confidence", CONFIDENCE_CODE, wrong),
        entity=entity,
        document=None if document is None else int(document[5:]),
        since=_day(given, "since", wrong),
        until=_day(given, "until", wrong),
    )
    sort = _sort(query, wrong)
    after, before = _cursor(query, "after", sort, wrong), _cursor(query, "before", sort, wrong)
    if wrong:
        raise ProblemRaised(
            "bad-parameter", "; ".join(f"{one.field} {one.message}" for one in wrong) + ".", errors=wrong
        )
    return Choice(filters, sort, after, None if after is not None else before, given, entity_name)


def _types(given: Mapping[str, list[str]], wrong: list[FieldError]) -> frozenset[str] | None:
    known = clause_types()
    _among(given, "type", known, "must be the id of a clause type, such as data-sale", wrong)
    names = {one.id.value for one in categories()}
    _among(given, "category", names, "must be the id of a category, such as sharing", wrong)
    types = frozenset(given.get("type", ()))
    wanted = set(given.get("category", ()))
    of_category = {one.id for one in known.values() if one.category.value in wanted}
    if types and wanted:
        return types & of_category
    return types or (frozenset(of_category) if wanted else None)


def _codes(
    given: Mapping[str, list[str]], name: str, codes: Mapping[str, int], wrong: list[FieldError]
) -> frozenset[int]:
    _among(given, name, codes, f"must be one of {', '.join(codes)}", wrong)
    return frozenset(codes[one] for one in given.get(name, ()) if one in codes)


def _among(
    given: Mapping[str, list[str]],
    name: str,
    known: Collection[str],
    message: str,
    wrong: list[FieldError],
) -> None:
    if any(one not in known for one in given.get(name, ())):
        wrong.append(FieldError(field=name, message=message))


def _pattern(
    given: Mapping[str, list[str]],
    name: str,
    pattern: re.Pattern[str],
    message: str,
    wrong: list[FieldError],
) -> str | None:
    values = given.get(name)
    if not values:
        return None
    if len(values) > 1 or not pattern.fullmatch(values[0].strip()):
        wrong.append(FieldError(field=name, message=message))
        return None
    return values[0].strip()


def _entity(given: Mapping[str, list[str]], wrong: list[FieldError]) -> tuple[str | None, str | None]:
    """An id, or words to look up."""
    values = given.get("entity")
    if not values:
        return None, None
    text = values[0].strip()
    if len(values) > 1 or len(text) > LONGEST_NAME or not text.isprintable():
        wrong.append(
            FieldError(field="entity", message=f"must be one name of at most {LONGEST_NAME} letters")
        )
        return None, None
    return (text, None) if _ENTITY.fullmatch(text) else (None, text)


def _day(given: Mapping[str, list[str]], name: str, wrong: list[FieldError]) -> int | None:
    values = given.get(name)
    if not values:
        return None
    try:
        if len(values) > 1 or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", values[0].strip(), re.ASCII):
            raise ValueError
        return day_code(dt.date.fromisoformat(values[0].strip()))
    except ValueError:
        wrong.append(FieldError(field=name, message="must be a day such as 2026-11-23"))
        return None


def _sort(query: MultiMapping[str], wrong: list[FieldError]) -> Sort:
    value = query.get("sort") or Sort.GRAVEST.value
    try:
        return Sort(value)
    except ValueError:
        wrong.append(FieldError(field="sort", message=f"must be one of {', '.join(Sort)}"))
        return Sort.GRAVEST


def _cursor(query: MultiMapping[str], name: str, sort: Sort, wrong: list[FieldError]) -> Cursor | None:
    value = query.get(name)
    if not value:
        return None
    cursor = tuple(int(part) for part in value.split(".")) if _CURSOR.fullmatch(value) else ()
    if len(cursor) != cursor_length(sort):
        wrong.append(FieldError(field=name, message="must come from a link of this list"))
        return None
    return cursor
