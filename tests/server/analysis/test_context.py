"""What the neighbours of a sentence say about it, and what lies beyond the edges of a document."""

from __future__ import annotations

import numpy as np
import pytest

from clauselight.analysis.context import NOWHERE, PAIR_FEATURES, pair_features, worth_features

SCORES = np.array([[1.0, -1.0, -2.0], [-1.5, 0.5, -0.5], [-1.0, -1.1, 2.0]], dtype=np.float32)
FACTS = np.array([[3, 0, 1], [2, 0, 1], [1, 1, 0]], dtype=np.float32)


def worth(count: int) -> np.ndarray:
    """Features of a document of so many sentences, all alike."""
    chances = np.full((count, 3), 0.2, np.float32)
    return worth_features(
        np.zeros((count, 2), np.float32),
        np.zeros((count, 4), np.float32),
        np.full(count, 9, np.float32),
        chances,
        FACTS,
    )


def test_a_sentence_sees_itself_and_both_neighbours() -> None:
    seen = pair_features(SCORES)[1, 2].tolist()
    assert seen[0] == -0.5
    assert seen[1] == SCORES[0, 2]
    assert seen[3] == SCORES[2, 2]


def test_beyond_the_edges_nothing_is_said() -> None:
    features = pair_features(SCORES)
    assert (features[0, :, 1] == np.float32(NOWHERE)).all()
    assert (features[0, :, 2] == np.float32(NOWHERE)).all()
    assert (features[-1, :, 3] == np.float32(NOWHERE)).all()


def test_the_best_other_type_is_never_the_type_itself() -> None:
    other = pair_features(SCORES)[0, :, 4].tolist()
    assert other == [-1.0, 1.0, 1.0]


@pytest.mark.parametrize("count", [1, 2, 3, 10])
def test_documents_of_any_length_have_features(count: int) -> None:
    pairs = pair_features(np.zeros((count, 3), np.float32))
    assert pairs.shape == (count, 3, PAIR_FEATURES)
    features = worth(count)
    assert len(features) == count
    assert np.isfinite(features).all()


def test_an_empty_document_has_none() -> None:
    assert pair_features(np.zeros((0, 3), np.float32)).shape == (0, 3, PAIR_FEATURES)


def test_the_first_of_equal_sentences_is_told_from_the_others() -> None:
    """Of ten sentences that say the same, not all are worth highlighting."""
    features = worth(10)
    assert not np.array_equal(features[0], features[9])


def test_features_do_not_depend_on_another_document() -> None:
    alone = pair_features(SCORES)
    pair_features(np.ones((5, 3), np.float32))
    assert np.array_equal(alone, pair_features(SCORES))
