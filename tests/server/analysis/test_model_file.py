"""The model's file: small, without code in it, complete, and refused with a clear error when broken."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

import clauselight
from clauselight.analysis.features import BLOCKS
from clauselight.analysis.model.file import FILE, load

MOST_BYTES = 2_000_000
TYPES = {
    path.stem for path in (Path(clauselight.__file__).parent / "knowledge/data/clause_types").glob("*.toml")
}


def test_the_file_is_small() -> None:
    assert FILE.stat().st_size <= MOST_BYTES


def test_it_holds_plain_numbers_only() -> None:
    """A pickle could run code; numpy refuses to read one when told so."""
    with np.load(FILE, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "fiu" for name in arrays.files)


def test_it_knows_every_clause_type() -> None:
    model = load()
    assert set(model.types) == TYPES
    assert len(model.types) == len(TYPES)


def test_all_parts_fit_together() -> None:
    model = load()
    size = sum(len(vocabulary) for vocabulary in model.vocabularies)
    assert len(model.vocabularies) == len(BLOCKS)
    assert model.importance.shape == (size,)
    assert model.directions.shape == (size, len(model.heads))
    assert model.heads.shape[1] == len(model.biases) == max(part.stop for part in model.outputs.values())
    assert np.isfinite(model.importance).all()
    assert np.isfinite(model.heads).all()
    assert (model.importance >= 0).all()


def test_levels_of_confidence_are_in_order() -> None:
    levels = load().meta["confidence"]
    assert 0 < levels["low"] < levels["medium"] < levels["high"] < 1


def test_the_same_bytes_have_the_same_version(tmp_path: Path) -> None:
    copy = tmp_path / "copy.npz"
    copy.write_bytes(FILE.read_bytes())
    assert load(copy).digest == load().digest


def test_zip_members_carry_no_time() -> None:
    """Else the file would differ from one `make model` to the next."""
    with zipfile.ZipFile(FILE) as file:
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"not a model", id="text"),
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04 cut off", id="beginning of a zip"),
        pytest.param(FILE.read_bytes()[:100_000], id="half"),
        pytest.param(FILE.read_bytes()[:-1], id="last byte missing"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "broken.npz"
    broken.write_bytes(content)
    with pytest.raises((OSError, ValueError)) as refused:
        load(broken)
    assert str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"gone\.npz"):
        load(tmp_path / "gone.npz")


def test_a_pickle_is_refused(tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.npz"
    with np.load(FILE, allow_pickle=False) as arrays:
        content = dict(arrays)
    np.savez(hostile, **{**content, "heads": np.array([{"any": "object"}], dtype=object)})
    with pytest.raises(ValueError, match="pickle"):
        load(hostile)


def test_judging_imports_nothing_but_numpy() -> None:
    """scikit-learn is for training alone."""
    code = (
        "import sys; from clauselight.analysis.classify import load_classifier; "
        "load_classifier().quote('We sell your data.'); "
        "print(sorted({'sklearn', 'scipy', 'joblib', 'training', 'pandas'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
