"""/openapi.json is sound OpenAPI 3.1 and says what the models say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from clauselight import __version__
from clauselight.contract.schema import PUBLIC_MODELS
from clauselight.web.api.operations import OPERATIONS
from serving import Client


@pytest.fixture
def described(server: Client) -> dict[str, Any]:
    reply = server.get("/openapi.json")
    assert reply.headers["content-type"] == "application/json; charset=utf-8"
    found: dict[str, Any] = reply.json
    return found


def references(value: Any) -> Iterator[str]:
    """Every $ref anywhere below."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def operations(described: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(path, item[method]) for path, item in described["paths"].items() for method in item]


def test_the_required_parts_are_there(described: dict[str, Any]) -> None:
    assert re.fullmatch(r"3\.1\.\d+", described["openapi"])
    assert described["info"]["title"] == "Clauselight"
    assert described["info"]["version"] == __version__
    assert set(described) <= {"openapi", "info", "jsonSchemaDialect", "paths", "components"}


def test_every_call_is_described(described: dict[str, Any]) -> None:
    given = {(path, method.upper()) for path, item in described["paths"].items() for method in item}
    assert given == {(operation.path, operation.method) for operation in OPERATIONS}
    names = [operation["operationId"] for _, operation in operations(described)]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", name) for name in names)


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    for reference in references(described):
        assert reference.startswith("#/components/schemas/")
        assert reference.rpartition("/")[2] in schemas


def test_path_parameters_are_those_of_the_path(described: dict[str, Any]) -> None:
    for path, operation in operations(described):
        given = operation["parameters"]
        in_path = {parameter["name"] for parameter in given if parameter["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path))
        assert len({(p["name"], p["in"]) for p in given}) == len(given)
        for parameter in given:
            assert parameter["in"] in ("path", "query", "header")
            assert parameter["required"] or parameter["in"] == "query"
            Draft202012Validator.check_schema(parameter["schema"])
            Draft202012Validator(parameter["schema"]).validate(parameter["example"])


def test_answers_have_a_description_and_a_schema(described: dict[str, Any]) -> None:
    for _, operation in operations(described):
        assert "200" in operation["responses"]
        for status, answer in operation["responses"].items():
            assert re.fullmatch(r"[2-5][0-9]{2}", status)
            assert answer["description"]
            if status != "304":
                assert all("schema" in content for content in answer["content"].values())
            if status >= "400":
                assert set(answer["content"]) == {"application/problem+json"}


def test_a_body_has_a_schema_and_an_example_that_fits_it(described: dict[str, Any]) -> None:
    with_body = {(one.path, one.method) for one in OPERATIONS if one.body}
    for path, operation in operations(described):
        method = next(name for name, one in described["paths"][path].items() if one is operation)
        assert ("requestBody" in operation) == ((path, method.upper()) in with_body), path
        if "requestBody" not in operation:
            continue
        content = operation["requestBody"]["content"]["application/json"]
        schemas = {**described, "$ref": content["schema"]["$ref"]}
        Draft202012Validator(schemas).validate(content["example"])


def test_schemas_are_those_of_the_models(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    for model in PUBLIC_MODELS.values():
        if model.__name__ not in schemas:
            continue
        own = model.model_json_schema(mode="serialization")
        assert schemas[model.__name__]["properties"].keys() == own["properties"].keys()
        assert schemas[model.__name__].get("required") == own.get("required")
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    answered = {operation.answer.__name__ for operation in OPERATIONS if operation.answer}
    assert answered | {"Problem"} <= set(schemas)


def test_the_page_to_read_it_names_every_call(server: Client) -> None:
    page = unescape(server.get("/api").text)
    for operation in OPERATIONS:
        assert f"{operation.method} {operation.path}" in page
        assert operation.summary in unescape(page)
