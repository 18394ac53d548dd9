"""The wheel holds everything: installed elsewhere, `clauselight serve` works outside the repository."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as `make dist` builds it."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", out, ROOT],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_extension_catalogue_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "clauselight/web/downloads/clauselight-extension-chromium.zip",
        "clauselight/web/static/reader.js",
        "clauselight/web/static/ways.js",
        "clauselight/web/static/curation.js",
        "clauselight/web/static/letter.js",
        "clauselight/web/templates/landing.html",
        "clauselight/knowledge/data/known_documents.jsonl.gz",
        "clauselight/knowledge/data/demo/privacy.html",
        "clauselight/analysis/model/clauses.npz",
        "clauselight/analysis/model/MODEL_CARD.md",
        "clauselight/store/migrations/versions/0001_first_tables.py",
    ):
        assert wanted in names
    assert any(name.endswith("licenses/NOTICE") for name in names)


def test_installed_elsewhere_it_serves_demo_and_extension(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    python = environment / "bin" / "python"
    # The dependencies come from the environment that runs the tests, so that this test needs no registry;
    # Clauselight itself comes from the wheel alone.
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", wheel], check=True)
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    libraries = Path(sysconfig.get_path("purelib"))
    (Path(site) / "libraries.pth").write_text(f"{libraries}\n")
    process = subprocess.Popen(
        [environment / "bin" / "clauselight", "serve", "--port", "0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "CLAUSELIGHT_DATA": str(tmp_path / "data"), "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        address = ""
        for line in process.stdout:
            if "is up:" in line:
                address = line.split("is up:")[1].strip().rstrip("/")
            if "Ctrl-C" in line:
                break
        assert address
        with urllib.request.urlopen(f"{address}/v1/info") as answer:
            assert json.load(answer)["documents"] > 1_500
        for path in ("/demo/privacy", "/downloads/clauselight-extension-chromium.zip", "/static/site.css"):
            with urllib.request.urlopen(address + path) as answer:
                assert answer.status == 200
                assert len(answer.read()) > 1_000
        where = subprocess.run(
            [python, "-c", "import clauselight; print(clauselight.__file__)"],
            check=True,
            capture_output=True,
            text=True,
            cwd=tmp_path,
        ).stdout
        assert where.startswith(str(environment))
    finally:
        process.terminate()
        assert process.wait(15) == 0
