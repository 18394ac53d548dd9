"""Finds the programs that the tests drive, installing a missing one where that is possible.

Never skips silently: what cannot be had fails, and says what to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Program:
    """A program by the commands it is found under, its Debian package, and what needs it."""

    commands: tuple[str, ...]
    package: str
    needed_for: str
    variable: str | None = None

    def find(self) -> str | None:
        """Path of the installed program; the environment variable goes first."""
        if self.variable and (given := os.environ.get(self.variable)):
            return shutil.which(given)
        return next((path for command in self.commands if (path := shutil.which(command))), None)


PROGRAMS = (
    Program(("chromium", "chromium-browser"), "chromium", "the browser tests", "CLAUSELIGHT_CHROMIUM"),
    Program(("nginx", "/usr/sbin/nginx"), "nginx-light", "the tests of static hosting"),
)


def install(packages: list[str]) -> None:
    """With apt, when we may: on CI and in containers."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print(f"Installing {' '.join(packages)} with apt-get ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        check=False,
        env=quiet,
        stdout=subprocess.DEVNULL,
    )


def main() -> int:
    """0 when every program is there."""
    if missing := [program.package for program in PROGRAMS if program.find() is None]:
        install(missing)
    complete = True
    for program in PROGRAMS:
        if path := program.find():
            print(f"{program.package}: {path}")
            continue
        complete = False
        other = f", or set {program.variable} to its path" if program.variable else ""
        print(
            f"{program.package} is missing, which {program.needed_for} need. "
            f"Debian, Ubuntu: apt install {program.package}{other}.",
            file=sys.stderr,
        )
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
