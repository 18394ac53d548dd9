"""What passes between the server and its analysing process: frames of a length and bytes.

The process first says `READY`. A request is two frames: a `Task`, and the JSON of an `AnalysisRequest`. An
answer is one frame of JSON: the name of the outcome (`analysed`, `refused`, `unknown_language` or `failed`),
what belongs to it, and whether the process stays for another page.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from typing import Any, Final

LENGTH: Final = struct.Struct(">I")
"""A frame's length in bytes, before the bytes."""

MOST_BYTES: Final = 256 * 1024 * 1024
"""Longest frame that is read; the limits on pages and answers are far below."""


def frame(data: bytes) -> bytes:
    """One frame."""
    return LENGTH.pack(len(data)) + data


READY: Final = frame(b"ready")
"""Libraries and model are loaded."""


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with the request that follows.

    `seconds`: the process ends itself when it works longer. `verify`: also look for the quotes in the
    snapshot that would be kept, and answer with the text. `any_language`: a page in a language that there are
    no labels for is read all the same, and nothing found in it. `categories`: clause types and their
    categories, which the process need not know.
    """

    seconds: int
    verify: bool
    categories: dict[str, str]
    any_language: bool = False

    def to_bytes(self) -> bytes:
        """For the first frame."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Task:
        """The first frame's contents."""
        return cls(**json.loads(data))


def outcome(name: str, value: dict[str, Any], *, stays: bool) -> bytes:
    """The answer's frame."""
    return frame(json.dumps({"outcome": name, "value": value, "stays": stays}).encode())
