"""A certificate for a server that is not on this computer, which the browser is told to believe."""

from __future__ import annotations

import subprocess
from pathlib import Path


def certificate(folder: Path) -> Path:
    """PEM file with certificate and key for `clauses.example`."""
    pem = folder / "server.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=clauses.example", "-keyout", str(pem)]
    text = subprocess.run([*command, "-out", "-"], capture_output=True, check=True).stdout
    with pem.open("ab") as opened:
        opened.write(text)
    return pem
