"""What the neighbours of a sentence say about it, and what lies beyond the edges of a document."""

from __future__ import annotations

import numpy as np
import pytest

from clauselight.analysis.context import (
    NOWHERE,
    PAIR_FEATURES,
    SHAPES,
    pair_features,
    shape_features,
    subject_features,
    worth_features,
)

SCORES = np.array([[1.0, -1.0, -2.0], [-1.5, 0.5, -0.5], [-1.0, -1.1, 2.0]], dtype=np.float32)
FACTS = np.array([[3, 0, 1], [2, 0, 1], [1, 1, 0]], dtype=np.float32)


def worth(count: int) -> np.ndarray:
    """Features of a document of so many sentences, all alike."""
    chances = np.full((count, 3), 0.2, np.float32)
    outputs = {
        name: np.zeros((count, width), np.float32)
        for name, width in (("worth", 2), ("unfair", 4), ("severity", 5))
    }
    return worth_features(outputs, ["We may share your data with anybody we like."] * count, chances, FACTS)


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


def test_what_is_around_counts_for_all_subjects() -> None:
    features = subject_features(np.hstack([SCORES, SCORES[:, :1]]), SCORES)
    assert features.shape == (3, 4 + 3 * 3)
    before, after = features[1, 4:7], features[1, 7:10]
    assert before.tolist() == [1.0, -1.0, -1.5], "the sentence before, scores cut below"
    assert after.tolist() == [-1.0, np.float32(-1.1), 2.0]
    assert features[1, 10] == pytest.approx((1.0 - 1.0) / 2), "the mean of both, itself left out"


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_subjects_of_documents_of_any_length(count: int) -> None:
    features = subject_features(np.zeros((count, 4), np.float32), np.zeros((count, 3), np.float32))
    assert features.shape == (count, 13)
    assert np.isfinite(features).all()


def test_a_heading_that_was_taken_for_a_sentence_looks_like_one() -> None:
    heading, sentence, lead, item, empty, odd = shape_features(
        [
            "Sharing Your Information With Partners",
            "We share your information with partners.",
            "We share it with:",
            "(a) our partners, and",
            "",
            " \ud800\n",
        ]
    )
    assert heading[0] > 0.9 > 0.1 > sentence[0]
    assert (heading[1], sentence[1]) == (1, 0)
    assert (lead[2], sentence[2]) == (1, 0)
    assert (item[3], sentence[3]) == (1, 0)
    assert len(empty) == len(odd) == SHAPES


def test_the_first_of_equal_sentences_is_told_from_the_others() -> None:
    """Of ten sentences that say the same, not all are worth highlighting."""
    features = worth(10)
    assert not np.array_equal(features[0], features[9])


def test_features_do_not_depend_on_another_document() -> None:
    alone = pair_features(SCORES)
    pair_features(np.ones((5, 3), np.float32))
    assert np.array_equal(alone, pair_features(SCORES))
