"""The committed JSON Schemas are what the models say today."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from clauselight.contract.schema import json_schema, schema_files

SHARED = Path(__file__).parents[2] / "shared_schema"


def test_every_schema_is_committed_and_current() -> None:
    committed = {file.name: file.read_text(encoding="utf-8") for file in SHARED.glob("*.schema.json")}
    assert committed == schema_files(), "run 'clauselight schema' and commit shared_schema/"


@pytest.mark.parametrize("name", [name.removesuffix(".schema.json") for name in schema_files()])
def test_schemas_are_json_schema_2020_12_with_descriptions(name: str) -> None:
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["description"].strip()
    for defined in schema.get("$defs", {}).values():
        assert defined.get("description"), f"{defined.get('title')} has no description"
