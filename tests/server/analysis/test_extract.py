"""What is the document on a page, and what is not."""

from __future__ import annotations

import pytest

from analysis_pages import page
from clauselight.analysis.extract import Block, BlockKind, Extracted, blocks_of_text, extract


@pytest.fixture(scope="module")
def policy() -> Extracted:
    return extract(page("policy"), encoding="utf-8")


def block(extracted: Extracted, words: str) -> Block:
    (found,) = [one for one in extracted.blocks if words in one.text]
    return found


def test_the_document_is_kept_whole(policy: Extracted) -> None:
    for words in (
        "Privacy Policy",
        "Last updated: 3 May 2026",
        "your e-mail address and the name you choose;",
        "We remove their location before others see them.",
        "To set the price of your insurance.",
        "We keep recorded walks for seven years after you delete your account.",
        "you may ask us once a year which of your data we sold",
        "privacy@larkmoor.test",
    ):
        assert words.lower() in policy.text.lower()


@pytest.mark.parametrize(
    "words",
    [
        "Skip to the content",
        "Log in",
        "We use cookies to remember",
        "Accept all",
        "Deutsch",
        "opens in a new tab",
        "Related articles",
        "Ten walks",
        "All rights reserved",
        "Jobs",
        "sell your soul",
    ],
)
def test_what_surrounds_it_is_not(policy: Extracted, words: str) -> None:
    assert words not in policy.text


def test_a_hidden_copy_is_read_once(policy: Extracted) -> None:
    assert policy.text.count("unless you opt out in your settings") == 1


def test_title_language_and_offsets(policy: Extracted) -> None:
    assert policy.title == "Privacy Policy - Larkmoor"
    assert policy.language == "en"
    for one in policy.blocks:
        assert policy.text[one.start : one.end] == one.text


def test_headings_lead_to_each_block(policy: Extracted) -> None:
    assert block(policy, "What we collect").kind is BlockKind.HEADING
    assert block(policy, "e-mail address").heading_path == ("Privacy Policy", "1. What we collect")
    seven_years = block(policy, "seven years")
    assert seven_years.heading_path == ("Privacy Policy", "2. Who gets it", "How long we keep it")
    assert block(policy, "once a year").heading_path[-1] == "For readers in California"


def test_list_items_know_the_sentence_they_hang_on(policy: Extracted) -> None:
    item = block(policy, "e-mail address")
    assert (item.kind, item.lead_in) == (BlockKind.LIST_ITEM, "When you use the map, we collect:")
    assert (
        block(policy, "every point").lead_in
        == "When you use the map, we collect: the walks you record, with:"
    )
    assert block(policy, "photographs").lead_in == "When you use the map, we collect:"
    assert block(policy, "Your device").lead_in == ""


def test_a_table_row_is_one_block(policy: Extracted) -> None:
    row = block(policy, "Hill Insurance")
    assert row.kind is BlockKind.TABLE_ROW
    assert row.text == "Hill Insurance Ltd. Recorded walks To set the price of your insurance."
    assert [row.text[cell:].split(" ")[0] for cell in row.cells] == ["Hill", "Recorded", "To"]
    assert row.lead_in == "Partner What they get Why"


def test_a_heading_that_runs_into_its_paragraph_gets_its_space(policy: Extracted) -> None:
    assert "Your device. We also read the model" in policy.text


def test_lines_of_an_address_are_lines(policy: Extracted) -> None:
    assert "Larkmoor Inc.\n12 Beacon Street\nKeswick" in policy.text


def test_a_bare_fragment_is_read() -> None:
    extracted = extract(page("fragment"))
    assert [one.kind.value for one in extracted.blocks] == ["heading", "paragraph", "paragraph"]
    assert extracted.blocks[2].heading_path == ("Ending the contract",)


def test_a_very_long_table_is_read_whole() -> None:
    rows = "".join(
        f"<tr><td>Partner {n}</td><td>gets data of kind {n} for its own ends.</td></tr>" for n in range(4000)
    )
    extracted = extract(f"<main><h1>Partners</h1><table>{rows}</table></main>")
    assert len(extracted.blocks) == 4001
    assert extracted.blocks[-1].text == "Partner 3999 gets data of kind 3999 for its own ends."


def test_a_document_in_the_footer_or_called_a_menu_is_still_the_document() -> None:
    text = "<p>We may share what we know about you with anybody who pays us for it, at any time.</p>" * 8
    for markup in (
        f"<footer>{text}</footer>",
        f"<div class='menu'>{text}</div>",
        f"<form><aside>{text}</aside></form>",
    ):
        assert (
            extract(f"<html><body><nav><a href='/'>Home</a></nav>{markup}</body></html>").text.count(
                "pays us"
            )
            == 8
        )


def test_text_in_two_places_is_read_in_both() -> None:
    half = (
        "<p>We may share what we know about you with anybody who pays us, as long as you do not object.</p>"
        * 6
    )
    sale = half.replace("share", "sell")
    extracted = extract(f"<body><div><div>{half}</div></div><div class='x'><div>{sale}</div></div></body>")
    assert extracted.text.count("We may share") == extracted.text.count("We may sell") == 6


def test_a_consent_box_is_dropped_and_a_cookie_policy_is_not() -> None:
    policy = "<h2>Cookies we set</h2><p>We set a cookie that follows you everywhere for ten years.</p>"
    box = "<div id='onetrust-banner'><p>We value your privacy, so we ask: may we set cookies?</p></div>"
    text = extract(f"<html><body><div class='cookie-list'>{policy * 4}</div>{box}</body></html>").text
    assert text.count("ten years") == 4
    assert "We value your privacy" not in text


def test_preformatted_text_keeps_its_paragraphs() -> None:
    text = (
        "TERMS OF USE\n\nYou use this service at your own risk,\nand we are not liable for anything.\n\n"
        "We may change\n"
    )
    extracted = extract(
        f"<html><body><pre>{text}these terms without telling you. {'So it is. ' * 20}</pre></body></html>"
    )
    assert [one.text for one in extracted.blocks][:2] == [
        "TERMS OF USE",
        "You use this service at your own risk, and we are not liable for anything.",
    ]


def test_plain_text_becomes_blocks() -> None:
    extracted = blocks_of_text(
        "PRIVACY\n\nWe collect:\n- your name\n- your address,\n  and your age\n\nWe sell it."
    )
    assert [(one.kind.value, one.text) for one in extracted.blocks] == [
        ("heading", "PRIVACY"),
        ("paragraph", "We collect:"),
        ("list item", "- your name"),
        ("list item", "- your address, and your age"),
        ("paragraph", "We sell it."),
    ]
    assert extracted.blocks[3].lead_in == "We collect:"
    assert extracted.reader == "text"


def test_html_without_a_tag_is_read_as_text() -> None:
    assert extract("We sell your data. We do it every day.").reader == "text"


def test_one_paragraph_and_a_long_list_of_short_lines_are_one_document() -> None:
    items = "".join(f"<li>data of kind {n}</li>" for n in range(40))
    body = f"<div><p>We collect all this about you, and we sell it to others, too:</p></div><ul>{items}</ul>"
    assert "data of kind 39" in extract(f"<html><body>{body}</body></html>").text
