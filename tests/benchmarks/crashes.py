"""Two hundred processes killed while they capture: acknowledged writes lost, and what `verify` finds."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from clauselight.store.engine import migrate
from crashes import kill_many


def main() -> int:
    """Print the figures; 1 when something was lost or does not verify."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "archive.sqlite"
        migrate(file)
        outcome = kill_many(file, options.kills, seed=20261123)
    figures = {
        "kills": outcome.kills,
        "captures acknowledged": outcome.acknowledged,
        "of these lost": outcome.missing,
        "captures in the archive": outcome.captured,
        "failures of verify": len(outcome.failures),
    }
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:<28}{value:>8,}")
        for failure in outcome.failures[:20]:
            print(failure)
    return 1 if outcome.missing or outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
