"""Finds the browsers that the tests drive, installing a missing one where that is possible.

Never skips silently: without a browser it fails and says what to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

BROWSERS = {"CLAUSELIGHT_CHROMIUM": ("chromium", "chromium-browser")}
"""Environment variable that names a browser, and the commands it is looked for by."""


def find(variable: str, commands: tuple[str, ...]) -> str | None:
    """Path of an installed browser."""
    if given := os.environ.get(variable):
        return given if shutil.which(given) else None
    return next((path for command in commands if (path := shutil.which(command))), None)


def install(package: str) -> None:
    """With apt, when we may: on CI and in containers."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print(f"Installing {package} with apt-get ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
        check=False,
        env=quiet,
        stdout=subprocess.DEVNULL,
    )


def main() -> int:
    """0 when every browser is there."""
    missing = []
    for variable, commands in BROWSERS.items():
        if find(variable, commands) is None:
            install(commands[0])
        if (path := find(variable, commands)) is None:
            missing.append(f"{commands[0]} (or set {variable} to its path)")
        else:
            print(f"{commands[0]}: {path}")
    for name in missing:
        print(f"The browser tests need {name}. Debian, Ubuntu: apt install chromium", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
