"""How often wrong tokens come. Nobody guesses 256 random bits; this keeps the attempt from costing the server
anything, and a mistaken program from trying all day.

Senders are told apart by a keyed digest of their address, which is forgotten after a minute, never written
anywhere, and means nothing outside of this process.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

MOST_WRONG: Final = 10
"""Wrong tokens in a minute: more than anybody mistypes."""

REMEMBERED: Final = 60.0
"""Seconds."""

MOST_SENDERS: Final = 10_000
"""Bounds the memory; beyond it the oldest are forgotten."""


class Attempts:
    """Wrong tokens of the last minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(16)
        self._wrong: OrderedDict[bytes, list[float]] = OrderedDict()

    def wait(self, sender: str) -> int:
        """Seconds until a sender may try again; 0 when they may now."""
        times = self._recent(self._digest(sender))
        if len(times) < MOST_WRONG:
            return 0
        return max(1, math.ceil(times[0] + REMEMBERED - self._clock()))

    def failed(self, sender: str) -> None:
        """A wrong token came."""
        key = self._digest(sender)
        self._wrong[key] = [*self._recent(key), self._clock()]
        self._wrong.move_to_end(key)
        while len(self._wrong) > MOST_SENDERS:
            self._wrong.popitem(last=False)

    def _recent(self, key: bytes) -> list[float]:
        since = self._clock() - REMEMBERED
        return [moment for moment in self._wrong.get(key, []) if moment > since]

    def _digest(self, sender: str) -> bytes:
        return hashlib.blake2b(sender.encode(), key=self._key, digest_size=16).digest()
