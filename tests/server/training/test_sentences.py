"""Labels name sentences by the hash of their text, so the splitter may never split otherwise."""

from __future__ import annotations

from training.sentences import sentence_id, sentences

MARKDOWN = """# Privacy *Policy*

We collect **your** [e-mail address](https://example.org/why). "It is yours." We may sell it!

Who gets it
===========

We share your data with:

- advertisers, e.g. networks
- our group. Each company decides itself.
1. the police

| Purpose | Basis |
| ------- | ----- |
| Newsletters | Consent. You may withdraw it. |

---

![logo](logo.png)
Version 2\\.1
"""


def test_sentences_are_split_in_reading_order_without_markup() -> None:
    assert [text for text, _ in sentences(MARKDOWN)] == [
        "Privacy Policy",
        "We collect your e-mail address.",
        '"It is yours.',
        "We may sell it!",
        "Who gets it ===========",
        "We share your data with:",
        "advertisers, e.g. networks",
        "our group.",
        "Each company decides itself.",
        "the police",
        "Purpose",
        "Basis",
        "Newsletters",
        "Consent.",
        "You may withdraw it.",
        "Version 2.1",
    ]


def test_headings_are_told_apart_however_they_are_written() -> None:
    headings = [text for text, heading in sentences(MARKDOWN) if heading]
    assert headings == ["Privacy Policy", "Who gets it ==========="]


def test_ids_are_those_of_the_label_files() -> None:
    assert sentence_id("We do not sell your data.") == "cbc4e8523ed0b796"
    assert sentence_id("We do not sell your data.") != sentence_id("We do sell your data.")


def test_the_same_words_have_the_same_id_whatever_the_markup() -> None:
    plain, marked = (
        [sentence_id(text) for text, _ in sentences(markdown)]
        for markdown in (
            "We may sell it. You may object.",
            "We **may** sell _it_.\n\n* You [may](/x) object.",
        )
    )
    assert plain == marked


def test_nothing_gives_nothing() -> None:
    assert list(sentences("")) == []
    assert list(sentences("\n\n---\n\n| --- | --- |\n\n...\n")) == []
