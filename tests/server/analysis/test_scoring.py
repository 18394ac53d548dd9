"""First stage of the classifier: the same words have the same scores, to the last digit, in every process."""

from __future__ import annotations

import os
import subprocess
import sys

SCORES = """
import hashlib
from clauselight.analysis import other_languages
from clauselight.analysis.classify import load_classifier
from clauselight.analysis.scoring import scores

sentences = [
    "We may share your personal data with advertisers, data brokers and others who buy it from us.",
    "Any dispute will be settled by final and binding arbitration, and you waive every class action.",
    "For shopping ads in France, you allow us to measure which of our partners' products you looked at.",
]
judge = load_classifier()
document = judge.document(sentences)
german = "Wir haften nicht für leichte Fahrlässigkeit und mittelbare Schäden."
told = other_languages.load().judge(german, "de", 6)
exact = (scores(sentences, judge.model), document.types, document.worth)
print(hashlib.sha256(b"".join(one.tobytes() for one in exact) + repr(told).encode()).hexdigest())
"""


def exact_scores(seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SCORES],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_process_gives_the_same_scores() -> None:
    """A set of words comes in another order in every process. Sums that followed it differed in their last
    digit, and of 3,600 records of an import one had another probability than after a resume."""
    assert len({exact_scores(seed) for seed in ("1", "2", "3")}) == 1
