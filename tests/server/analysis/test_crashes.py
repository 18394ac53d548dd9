"""Killed at any moment, an archive has lost nothing that was acknowledged, and verifies clean."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from clauselight.store.engine import migrate
from crashes import kill_many


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "archive.sqlite"
    migrate(file)
    outcome = kill_many(file, 12)
    assert outcome.acknowledged > 10, "the processes had time to write"
    assert outcome.missing == 0
    assert outcome.failures == []
