"""Labels of clauses: the plain cases are right, `not` is understood, and no text whatever breaks it."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauselight.analysis.blocks import BlockKind
from clauselight.analysis.classify import MOST_TYPES, MOST_WORDS, Finding, UnknownLanguage, load_classifier
from clauselight.analysis.extract import blocks_of_text
from clauselight.analysis.features import words
from clauselight.analysis.segment import Clause, segment
from clauselight.contract.vocabulary import Confidence, Severity

PLAIN = [
    ("binding-arbitration", "Any dispute with Larkmoor will be settled by final and binding arbitration."),
    ("class-action-waiver", "You waive your right to take part in a class action lawsuit against us."),
    ("governing-law-venue", "These terms are governed by the laws of the State of California."),
    ("indemnification", "You agree to indemnify and hold harmless Larkmoor from all claims and losses."),
    ("warranty-disclaimer", 'The service is provided "as is", without warranties, express or implied.'),
    ("liability-limitation", "Larkmoor is not liable for any indirect, incidental or consequential damages."),
    ("location-data", "We collect your precise location from GPS and nearby Wi-Fi networks."),
    ("limited-retention", "We keep your personal data only for as long as necessary to provide the service."),
    ("ai-training-on-user-content", "Your conversations are used to train our artificial intelligence."),
    ("opt-out-choices", "You can opt out of personalized advertising in your account settings."),
    ("no-data-sale", "We do not sell your personal information."),
    ("limited-sharing", "We share your personal information only with your consent."),
    ("first-party-cookies", "We use cookies to remember your preferences."),
    ("government-disclosure", "We may disclose your information to law enforcement under a subpoena."),
    ("business-transfer", "In a merger, your information may be transferred to the new owner."),
    ("data-rights", "You have the right to access, correct and delete your personal data."),
    ("account-termination", "We may terminate your account at any time, without notice."),
    ("change-with-notice", "We will notify you by email at least 30 days before a change takes effect."),
    ("age-restriction", "You must be at least 13 years old to use the service."),
    ("recurring-billing", "Your subscription renews automatically every month until you cancel it."),
    ("no-refund", "All payments are final and non-refundable."),
    ("user-keeps-ownership", "You retain ownership of the content that you post."),
    ("broad-content-license", "You grant us a worldwide, royalty-free license to use your content."),
    ("international-transfer", "Your data may be transferred to and processed in the United States."),
]  # fmt: skip
"""A type, and a sentence that says nothing else."""

POLICY = "Larkmoor terms\n\n1. Everything\n\n" + "\n\n".join(sentence for _, sentence in PLAIN)

OPPOSITES = [
    ("no-data-sale", "data-sale", "We do not sell your personal data to data brokers."),
    ("data-sale", "no-data-sale", "We sell your personal data to advertisers and data brokers."),
    ("limited-sharing", "third-party-sharing", "We do not share your information with third parties."),
    ("third-party-sharing", "limited-sharing", "We share your information with our advertising partners."),
    ("ai-training-limits", "ai-training-on-user-content", "We never train our models with your content."),
    ("ai-training-on-user-content", "ai-training-limits", "Your uploads train our machine learning models."),
    ("change-with-notice", "change-without-notice", "You will be notified before these terms change."),
    ("change-without-notice", "change-with-notice", "We may change these terms at any time without notice."),
    ("refund-right", "no-refund", "If you cancel within 14 days, you receive a full refund."),
    ("no-refund", "refund-right", "Fees are non-refundable, even if you cancel."),
    ("account-termination", "account-closure-right", "We may close your account at any time."),
    ("account-closure-right", "account-termination", "You may close your account at any time."),
]  # fmt: skip
"""What a sentence says, what it must not be taken for, and the sentence."""

LEVELS = [Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH]


def clauses(text: str) -> list[Clause]:
    """The clauses of a text."""
    return segment(blocks_of_text(text))


def clause(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Clause:
    """One clause, however odd its text."""
    return Clause(text, 0, len(text), (), "", kind)


@cache
def judged() -> dict[str, list[Finding]]:
    """Findings of the sentences of POLICY."""
    document = clauses(POLICY)
    found = load_classifier().judge(document, language="en")
    return {clause.text: findings for clause, findings in zip(document, found, strict=True)}


def every_finding() -> list[tuple[str, Finding]]:
    """All findings of POLICY with their clause."""
    return [(text, finding) for text, findings in judged().items() for finding in findings]


@pytest.mark.parametrize(("expected", "sentence"), PLAIN, ids=[name for name, _ in PLAIN])
def test_a_plain_sentence_gets_its_type(expected: str, sentence: str) -> None:
    findings = judged()[sentence]
    assert findings, "no label"
    assert findings[0].clause_type == expected


@pytest.mark.parametrize(
    ("expected", "opposite", "sentence"), OPPOSITES, ids=[text for *_, text in OPPOSITES]
)
def test_a_denial_is_not_taken_for_its_opposite(expected: str, opposite: str, sentence: str) -> None:
    """Saying the opposite is worse than saying nothing; the right type stands before it."""
    (findings,) = load_classifier().judge([clause(sentence)], language="en")
    chance = {finding.clause_type: finding.probability for finding in findings}
    assert chance.get(opposite, 0.0) <= chance.get(expected, 0.0)


def test_sentences_that_say_nothing_get_nothing_sure() -> None:
    idle = [
        "Welcome to Larkmoor.",
        "This page was written with care by our team in Bristol.",
        "The examples below explain what we mean.",
    ]
    for findings in load_classifier().judge([clause(text) for text in idle], language="en"):
        assert all(finding.confidence is not Confidence.HIGH for finding in findings)
        assert not any(finding.highlight for finding in findings)


def test_headings_get_no_label() -> None:
    heading = clause("We sell your personal data to data brokers", BlockKind.HEADING)
    found = load_classifier().judge([heading, clause(PLAIN[0][1])], language="en")
    assert found[0] == []
    assert found[1]


def test_an_empty_document_gets_nothing() -> None:
    assert load_classifier().judge([], language="en") == []
    assert load_classifier().judge([clause("Terms", BlockKind.HEADING)], language="en") == [[]]


@pytest.mark.parametrize("language", ["fr", "xx", "", "EN-gibberish"])
def test_an_unknown_language_is_refused_not_mislabelled(language: str) -> None:
    with pytest.raises(UnknownLanguage) as refused:
        load_classifier().judge([clause("Nous vendons vos données.")], language=language)
    assert refused.value.language == language


def test_findings_come_best_first_and_few() -> None:
    for findings in judged().values():
        chances = [finding.probability for finding in findings]
        assert chances == sorted(chances, reverse=True)
        assert len(findings) <= MOST_TYPES
        assert len({finding.clause_type for finding in findings}) == len(findings)


def test_confidence_follows_the_probability() -> None:
    found = sorted((finding for _, finding in every_finding()), key=lambda finding: finding.probability)
    assert all(0 <= finding.probability <= 1 for finding in found)
    levels = [LEVELS.index(finding.confidence) for finding in found]
    assert levels == sorted(levels)
    assert levels[-1] == LEVELS.index(Confidence.HIGH), "nothing in a plain policy is sure"


def test_only_the_best_finding_of_a_clause_is_highlighted() -> None:
    marked = [findings for findings in judged().values() if any(finding.highlight for finding in findings)]
    assert marked, "nothing in a harsh policy is worth highlighting"
    for findings in marked:
        assert findings[0].highlight
        assert not any(finding.highlight for finding in findings[1:])


def test_severity_is_that_of_the_type() -> None:
    severity = {finding.clause_type: finding.severity for _, finding in every_finding()}
    assert severity["no-data-sale"] is Severity.PROTECTIVE
    assert severity["binding-arbitration"] in (Severity.CRITICAL, Severity.HIGH)


def test_the_words_that_decided_stand_in_the_clause() -> None:
    for text, finding in every_finding():
        told = finding.highlight or finding.confidence is Confidence.HIGH
        assert int(told) <= len(finding.words) <= MOST_WORDS, text
        found = words(text)
        assert [word for word in dict.fromkeys(found) if word in finding.words] == list(finding.words)


@pytest.mark.parametrize(
    ("expected", "word"),
    [
        ("binding-arbitration", "arbitration"),
        ("class-action-waiver", "class"),
        ("indemnification", "indemnify"),
    ],
)
def test_the_telling_word_is_among_them(expected: str, word: str) -> None:
    assert any(f.clause_type == expected and word in f.words for _, f in every_finding())


def test_the_same_document_is_judged_the_same() -> None:
    classifier = load_classifier()
    document = clauses(POLICY)
    assert classifier.judge(document, language="en") == classifier.judge(document, language="en")


@pytest.mark.parametrize(("expected", "sentence"), PLAIN[:8], ids=[name for name, _ in PLAIN[:8]])
def test_a_quote_alone_is_labelled_best_first(expected: str, sentence: str) -> None:
    label = load_classifier().quote(sentence)
    chances = [chance for _, chance in label.types]
    assert label.types[0][0] == expected
    assert chances == sorted(chances, reverse=True)
    assert all(0 <= chance <= 1 for chance in chances)
    assert isinstance(label.severity, Severity)


@pytest.mark.parametrize("text", ["", " ", "\ud800", "1", "ß" * 100])
def test_a_quote_that_says_nothing_is_no_error(text: str) -> None:
    label = load_classifier().quote(text)
    assert all(0 <= chance <= 1 for _, chance in label.types)


@given(st.lists(st.text(st.characters()), max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_text_is_judged(texts: list[str]) -> None:
    found = load_classifier().judge([clause(text) for text in texts], language="en")
    assert len(found) == len(texts)


@pytest.mark.parametrize(
    "text",
    [
        "\ud800 we sell your data \udfff",
        "we sell your data " * 6_000,
        "a" * 100_000,
        "don't" * 20_000,
        "\x00\x01\x02",
        "我们出售您的数据。",
        "🍪" * 1_000,
        "%" * 50_000,
        "0 " * 50_000,
    ],
    ids=[
        "surrogates",
        "100 kB",
        "one word",
        "apostrophes",
        "controls",
        "Chinese",
        "emoji",
        "signs",
        "numbers",
    ],
)
def test_odd_texts_are_judged_between_others(text: str) -> None:
    plain = clause(PLAIN[0][1])
    found = load_classifier().judge([plain, clause(text), plain], language="en")
    assert len(found) == 3
    assert found[0][0].clause_type == found[2][0].clause_type == PLAIN[0][0]
    assert all(0 <= finding.probability <= 1 for findings in found for finding in findings)
