"""Finds the browser that renders, and says how it is started so that it opens no connection itself."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from .problems import FetchFailed

CANDIDATES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome-for-testing",
    "microsoft-edge",
    "brave-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
"""Chromium first: branded Chrome ignores --load-extension (for `clauselight try`) since version 137."""
MOST_HEAP: Final = 512
"""Megabytes that the scripts of a page may hold: far more than a text needs, far less than a server has."""

ARGUMENTS: Final = (
    # Every request is answered by us (rendered.py). What would go another way finds no name, no proxy that
    # listens, and no UDP.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--no-pings",
    "--no-first-run",
    f"--js-flags=--max-old-space-size={MOST_HEAP}",
)


def find_chromium(chosen: Path | None) -> str:
    """Path of the browser, the chosen one or an installed one. Raises FetchFailed (`browser-missing`)."""
    if chosen is not None:
        if path := shutil.which(chosen):
            return path
        raise FetchFailed("browser-missing", f"CLAUSELIGHT_CHROMIUM names {chosen}, which cannot be run.")
    for name in CANDIDATES:
        if path := shutil.which(name):
            return path
    raise FetchFailed(
        "browser-missing",
        "The page shows its text only after its scripts have run, and there is no Chromium to run them. "
        "Install one (Debian, Ubuntu: apt install chromium), or set CLAUSELIGHT_CHROMIUM.",
    )


def sandboxed() -> bool:
    """Whether Chromium's own sandbox can be used: as root, as in containers, it cannot."""
    return not hasattr(os, "geteuid") or os.geteuid() != 0
