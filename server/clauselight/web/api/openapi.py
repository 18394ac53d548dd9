"""The API's description, generated from the models and the list of operations."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from aiohttp import web
from pydantic.json_schema import models_json_schema

from clauselight import __version__
from clauselight.contract.problem import Problem
from clauselight.publication.files import Rendered, render

from ..answers import send
from ..problems import MEDIA_TYPE, PROBLEM_TYPES
from .operations import OPERATIONS, Operation

routes = web.RouteTableDef()


IF_MATCH: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of what was read, or * to overwrite whatever is there.",
    "schema": {"type": "string"},
    "example": '"0123456789abcdef"',
}


@routes.get("/openapi.json")
async def openapi(request: web.Request) -> web.Response:
    """OpenAPI 3.1 of every call."""
    return send(request, _rendered())


@cache
def _rendered() -> Rendered:
    return render(describe())


def describe() -> dict[str, Any]:
    """The OpenAPI document."""
    used = {model for operation in OPERATIONS for model in (operation.answer, operation.body) if model}
    models = sorted(used | {Problem}, key=lambda model: model.__name__)
    _, definitions = models_json_schema(
        [(model, "serialization") for model in models], ref_template="#/components/schemas/{model}"
    )
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Clauselight",
            "version": __version__,
            "summary": "The risky clauses of policies, with what they mean and what to do.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": paths,
        "components": {
            "schemas": json.loads(json.dumps(definitions.get("$defs", {}))),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Made with 'clauselight token create --scope read|dispute|curate|admin'. "
                    "The owner of a server that only their own computer reaches needs none.",
                }
            },
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "properties": {"status": {"type": "string"}}}
    if operation.answer:
        schema = {"$ref": f"#/components/schemas/{operation.answer.__name__}"}
    elif operation.media != "application/json":
        schema = {"type": "string", "contentMediaType": operation.media}
    content = {operation.media: {"schema": schema}}
    answers: dict[str, Any] = {"200": {"description": "The answer", "content": content}}
    if operation.method == "GET" and (operation.answer or operation.media != "application/json"):
        answers["304"] = {"description": "Not modified: the client's entity tag is still current"}
    for slug in operation.problems:
        kind = PROBLEM_TYPES[slug]
        earlier = answers.get(str(kind.status))
        title = f"{earlier['description']}; {kind.title}" if earlier else kind.title
        answers[str(kind.status)] = {
            "description": title,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    described: dict[str, Any] = {
        "summary": operation.summary,
        "description": operation.description,
        "operationId": _name(operation),
        "parameters": [
            {
                "name": parameter.name,
                "in": parameter.place,
                "required": parameter.place == "path" or parameter.name == "url",
                "description": parameter.description,
                "schema": parameter.schema,
                "example": int(parameter.example)
                if parameter.schema["type"] == "integer"
                else parameter.example,
            }
            for parameter in operation.parameters
        ],
        "responses": answers,
    }
    if operation.if_match:
        described["parameters"].append(IF_MATCH)
    if operation.scope:
        described["security"] = [{"token": []}]
        described["description"] += f" Needs a token of scope {operation.scope}."
    if operation.body:
        described["requestBody"] = {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": f"#/components/schemas/{operation.body.__name__}"},
                    "example": operation.example,
                }
            },
        }
    return described


def _name(operation: Operation) -> str:
    """The operation's id: its path, and its method where it is not the only one there."""
    name = operation.path.strip("/").replace("/", "_").replace("{", "").replace("}", "")
    alone = sum(other.path == operation.path for other in OPERATIONS) == 1
    return name if alone else f"{operation.method.lower()}_{name}"
