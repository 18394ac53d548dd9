"""`clauselight try`: opens an installed Chromium or Chrome with the extension on the demo page.

A fresh profile in a temporary folder, so that nobody's own browser is touched; it is removed when the
browser is closed.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from importlib.resources import files
from pathlib import Path

from clauselight.capture.chromium import CANDIDATES


class BrowserMissing(Exception):
    """There is no browser, or no extension to load into it; the text says what to do."""


def find_browser() -> str:
    """The first installed browser. Raises BrowserMissing."""
    for name in CANDIDATES:
        if path := shutil.which(name):
            return path
    raise BrowserMissing(
        "No Chromium or Chrome was found. Install one (Debian, Ubuntu: apt install chromium), or load the "
        "extension by hand as the server's front page describes."
    )


def unpack_extension(folder: Path) -> Path:
    """Unpack the packaged extension below `folder`. Raises BrowserMissing when there is none."""
    packed = files("clauselight.web") / "downloads" / "clauselight-extension-chromium.zip"
    if not packed.is_file():
        raise BrowserMissing("The extension has not been built; 'make run' or 'make extension' builds it.")
    target = folder / "extension"
    with zipfile.ZipFile(io.BytesIO(packed.read_bytes())) as archive:
        archive.extractall(target)  # our own archive, made by our own build
    return target


def _for_this_computer() -> tuple[str, ...]:
    """What the browser needs here: as root, as in containers, it has no sandbox.

    Raises BrowserMissing when there is no screen.
    """
    if not sys.platform.startswith("linux"):
        return ()
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise BrowserMissing(
            "There is no screen here to open a browser on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
            "Open the server's front page from a computer with one, or start a virtual screen such as Xvfb."
        )
    return ("--no-sandbox",) if os.geteuid() == 0 else ()


def open_browser(port: int, extra: tuple[str, ...] = ()) -> None:
    """Open the demo page and wait until the browser is closed."""
    browser = find_browser()
    needed = _for_this_computer()
    with tempfile.TemporaryDirectory(prefix="clauselight-try-", ignore_cleanup_errors=True) as folder:
        extension = unpack_extension(Path(folder))
        subprocess.run(  # noqa: S603 - an installed browser with our own arguments
            [
                browser,
                f"--user-data-dir={folder}/profile",
                f"--load-extension={extension}",
                f"--disable-extensions-except={extension}",
                "--no-first-run",
                "--no-default-browser-check",
                *needed,
                *extra,
                f"http://127.0.0.1:{port}/demo/privacy#murmur",
            ],
            check=False,
            stderr=subprocess.DEVNULL,
        )
