"""A process that makes one PDF: a record as JSON comes in, the PDF goes out. Started by the server for each.

A process of its own, because the font library takes 40 MB that serving does not need, and because a process
can be ended when it takes too long.
"""

from __future__ import annotations

import sys

from clauselight.contract.provision import Provision

from .pdf import record_pdf


def main() -> None:
    """Reads `origin` and a newline, then the record."""
    origin, _, body = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.buffer.write(record_pdf(Provision.model_validate_json(body), origin.decode()))


if __name__ == "__main__":
    main()
