"""pydantic and `jsonschema` judge every example alike; vitest judges the same files with ajv."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import ValidationError

from clauselight.contract.provision import ProvisionRecord
from clauselight.contract.record_rules import SnapshotFacts, check_record
from clauselight.contract.schema import PUBLIC_MODELS, json_schema

EXAMPLES = Path(__file__).parents[2] / "shared_schema" / "examples"
VALID = sorted((EXAMPLES / "valid").glob("*.json"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.json"))
REFUSED = sorted((EXAMPLES / "refused").glob("*.json"))


def judge(file: Path) -> tuple[bool, bool]:
    """Whether pydantic and whether jsonschema accept a file."""
    name = file.name.partition("--")[0]
    text = file.read_text(encoding="utf-8")
    validator = Draft202012Validator(json_schema(name), format_checker=FormatChecker())
    by_schema = validator.is_valid(json.loads(text))
    try:
        PUBLIC_MODELS[name].model_validate_json(text, strict=True)
    except ValidationError:
        return False, by_schema
    return True, by_schema


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.stem)
def test_valid_examples_are_accepted(file: Path) -> None:
    assert judge(file) == (True, True)


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_invalid_examples_are_rejected(file: Path) -> None:
    assert judge(file) == (False, False)


@pytest.mark.parametrize("file", REFUSED, ids=lambda file: file.stem)
def test_refused_examples_have_the_right_shape_and_break_the_rule_they_are_named_for(file: Path) -> None:
    assert judge(file) == (True, True)
    record = ProvisionRecord.model_validate_json(file.read_text(encoding="utf-8"))
    base = ProvisionRecord.model_validate_json((EXAMPLES / "valid/provision_record--quoted.json").read_text())
    snapshot = SnapshotFacts(base.provenance.sha256 or "", quote_found=True)
    broken = {violation.rule for violation in check_record(record, today=TODAY, snapshot=snapshot)}
    assert file.stem.partition("--")[2] in broken


TODAY = dt.date(2026, 11, 22)


def test_every_public_model_has_a_valid_example() -> None:
    assert {file.name.partition("--")[0] for file in VALID} == set(PUBLIC_MODELS)
