"""What changed between the recorded words and the page's words, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

#: Above this many word pairs only the common beginning and end are told apart: bounded work.
MAX_CELLS = 1_000_000

_CJK = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
#: Words with the white space after them; CJK characters are words.
_PIECE = re.compile(rf"[{_CJK}]\s*|[^\s{_CJK}]+\s*|\s+")
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", None),
    }
)


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A run of words that is the same, removed or added."""

    kind: Literal["same", "removed", "added"]
    text: str


def _key(piece: str) -> str:
    return piece.strip().lower().translate(_ALIKE)


def diff_words(before: str, after: str) -> list[DiffPart]:
    """Word-by-word difference by longest common subsequence.

    Joining ``same`` and ``added`` gives ``after`` verbatim; joining ``same`` and ``removed`` gives
    ``before`` up to white space and look-alike characters.
    """
    a, b = _PIECE.findall(before), _PIECE.findall(after)
    ka, kb = [_key(p) for p in a], [_key(p) for p in b]
    runs: list[tuple[Literal["same", "removed", "added"], list[str]]] = []

    def push(kind: Literal["same", "removed", "added"], text: str) -> None:
        if runs and runs[-1][0] == kind:
            runs[-1][1].append(text)
        else:
            runs.append((kind, [text]))

    shorter = min(len(a), len(b))
    head = 0
    while head < shorter and ka[head] == kb[head]:
        push("same", b[head])
        head += 1
    tail = 0
    while tail < shorter - head and ka[-1 - tail] == kb[-1 - tail]:
        tail += 1
    n, m = len(a) - head - tail, len(b) - head - tail
    i = j = 0
    if 0 < n * m <= MAX_CELLS:
        lcs = [[0] * (m + 1) for _ in range(n + 1)]
        for x in range(n - 1, -1, -1):
            row, below, word = lcs[x], lcs[x + 1], ka[head + x]
            for y in range(m - 1, -1, -1):
                row[y] = below[y + 1] + 1 if word == kb[head + y] else max(below[y], row[y + 1])
        while i < n and j < m:
            if ka[head + i] == kb[head + j]:
                push("same", b[head + j])
                i += 1
                j += 1
            elif lcs[i + 1][j] >= lcs[i][j + 1]:
                push("removed", a[head + i])
                i += 1
            else:
                push("added", b[head + j])
                j += 1
    for piece in a[head + i : head + n]:
        push("removed", piece)
    for piece in b[head + j : head + m]:
        push("added", piece)
    for piece in b[len(b) - tail :]:
        push("same", piece)
    return [DiffPart(kind, "".join(texts)) for kind, texts in runs]
