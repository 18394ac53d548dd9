"""The house of DESIGN.md section 3: imports run one way, files are short, everything public is explained."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "server" / "clauselight"

FLOORS: tuple[frozenset[str], ...] = tuple(
    map(
        frozenset,
        (
            {"contract", "settings", "capture", "lean_imports"},
            {"domain", "store", "knowledge", "exporters", "analysis_report"},
            {"analysis", "publication"},
            {"curation"},
            {"monitor", "web"},
            {"importers", "attempt"},
            {"app", "exporting", "analysing"},
            {"commands"},
            {"cli"},
            {"__main__"},
        ),
    )
)
"""From the ground up. A house stands on floors below its own, never on its neighbours."""

FLOOR_OF = {house: number for number, floor in enumerate(FLOORS) for house in floor}

MOST_LINES = 400
SOURCES = sorted(PACKAGE.rglob("*.py"))
WRITTEN_BY_PEOPLE = sorted(
    file
    for folder, endings in (
        (ROOT / "server", {".py", ".html", ".css", ".toml"}),
        (ROOT / "extension" / "src", {".ts", ".tsx", ".css", ".html", ".mjs"}),
    )
    for file in folder.rglob("*")
    if file.suffix in endings
    and not {"data", "contract", "node_modules"} & set(file.relative_to(folder).parts[:-1])
)


def name_of(file: Path) -> str:
    """A path below the package, for messages and test ids."""
    return file.relative_to(PACKAGE).as_posix()


def house_of(file: Path) -> str:
    """The folder or module directly below the package that a file belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported_houses(file: Path) -> set[str]:
    """Houses that a file imports anywhere, also within functions and for type checking only."""
    package = ("clauselight", *file.relative_to(PACKAGE).parts[:-1])
    found = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            modules = [base] if base.count(".") else [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        for module in modules:
            parts = module.split(".")
            if parts[0] == "clauselight" and len(parts) > 1 and parts[1] != "__version__":
                found.add(parts[1])
    return found


def test_every_house_has_its_floor() -> None:
    built = {house_of(file) for file in SOURCES} - {"__init__"}
    assert built <= set(FLOOR_OF), f"give {sorted(built - set(FLOOR_OF))} a floor"


@pytest.mark.parametrize("file", SOURCES, ids=name_of)
def test_imports_run_one_way(file: Path) -> None:
    house = house_of(file)
    imported = imported_houses(file) - {house}
    if house == "__init__":
        assert not imported
        return
    # Settings are values without behaviour; whoever runs in a process may read them.
    allowed = {other for other, floor in FLOOR_OF.items() if floor < FLOOR_OF[house]}
    assert imported <= allowed, f"{house} stands on {sorted(imported - allowed)}"


def test_the_ground_floor_knows_nobody() -> None:
    for file in SOURCES:
        if house_of(file) in FLOORS[0]:
            assert imported_houses(file) <= {house_of(file)}, name_of(file)


def test_domain_does_no_input_or_output() -> None:
    """Pure functions: no network, database, clock, subprocess; the only files are its own packaged data."""
    outside = {
        "socket",
        "aiohttp",
        "sqlite3",
        "sqlalchemy",
        "subprocess",
        "asyncio",
        "os",
        "time",
        "urllib.request",
    }
    for file in (PACKAGE / "domain").rglob("*.py"):
        for node in ast.walk(tree(file)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not outside & {*names, *(name.partition(".")[0] for name in names)}, name_of(file)


@pytest.mark.parametrize("file", WRITTEN_BY_PEOPLE, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_files_can_be_read_in_one_sitting(file: Path) -> None:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, f"{lines} lines; a file that needs a table of contents is two files"


@pytest.mark.parametrize("file", SOURCES, ids=name_of)
def test_everything_public_is_explained(file: Path) -> None:
    assert ast.get_docstring(tree(file)), "the module has no docstring"
    silent = [
        f"{name} (line {node.lineno})"
        for name, node in public_definitions(tree(file))
        if not ast.get_docstring(node)
    ]
    assert not silent, f"without a docstring: {', '.join(silent)}"


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public_definitions(module: ast.Module) -> list[tuple[str, Definition]]:
    """Public functions and classes of a module, and the public methods of its public classes."""
    found: list[tuple[str, Definition]] = []
    for node in module.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            found.append((node.name, node))
            if isinstance(node, ast.ClassDef):
                found += [
                    (f"{node.name}.{inner.name}", inner)
                    for inner in node.body
                    if isinstance(inner, Definition) and not inner.name.startswith("_")
                ]
    return found


def test_every_module_of_one_topic_stays_findable() -> None:
    """No two modules of the same house have one name, so that a test's name says which file it is about."""
    for house in {house_of(file) for file in SOURCES}:
        names = [file.stem for file in SOURCES if house_of(file) == house and file.stem != "__init__"]
        assert len(names) == len(set(names)), house
