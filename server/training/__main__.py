"""`python -m training DATA`: fit the classifier and write its file and its figures."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from training import languages
from training.fit import fit
from training.pack import write

MODEL = Path(__file__).parents[1] / "clauselight" / "analysis" / "model" / "clauses.npz"
LANGUAGES = MODEL.with_name("languages.npz")


def main() -> None:
    """Read the data folder, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with labels/, extraction/ and anchoring/")
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--heads", type=Path, help="keep the fitted first stage here, or take it from here")
    parser.add_argument("--languages-out", type=Path, default=LANGUAGES)
    parser.add_argument(
        "--languages-only", action="store_true", help="fit German, Italian and Polish, keep English as it is"
    )
    options = parser.parse_args()
    console = Console()
    if not options.languages_only:
        _fit_english(options, console)
    write(options.languages_out, *languages.fit(options.data, console.print))
    console.print(f"{options.languages_out.name}: {options.languages_out.stat().st_size / 1e6:.2f} MB")


def _fit_english(options: argparse.Namespace, console: Console) -> None:
    with Progress(console=console) as progress:
        bar = progress.add_task("Fitting", total=None)
        arrays, meta = fit(
            options.data,
            lambda text: progress.console.print(text),
            lambda done, total: progress.update(bar, completed=done, total=total),
            options.heads,
        )
    write(options.out, arrays, meta)
    console.print(f"{options.out.name}: {options.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
