"""What reporters and moderators write is text: it is shown as it was typed, and never becomes markup."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from clauselight.settings import Settings
from payloads import PAYLOADS, STOLEN, TOGETHER
from people import case_number, post_form, report, send
from serving import Client, running

TAGS = (
    "//script[not(@src) and not(@type='application/ld+json') and not(@type='application/json')]"
    " | //iframe | //object | //embed"
    " | //svg | //math | //base | //style | //img[@src='x']"
)


@pytest.fixture
def personal(data_copy: Path) -> Iterator[Client]:
    with running(Settings(data=data_copy)) as client:
        yield client


def as_browsers_keep(text: str) -> str:
    """Without what a parser of HTML drops or replaces by itself."""
    return " ".join(text.replace("\x00", "\ufffd").split())


def assert_harmless(page: str, payload: str) -> None:
    """The page shows the payload as text, and has no element or attribute that came from it."""
    tree = html.fromstring(page.encode())
    assert tree.xpath(TAGS) == [], payload
    assert [name for name in tree.xpath("//@*") if name.attrname.startswith("on")] == [], payload
    for address in tree.xpath("//@href | //@src | //@action | //@formaction"):
        assert not address.strip().lower().startswith(("javascript:", "data:")), payload
        assert "evil.example" not in address, payload
    assert tree.xpath("//meta[@http-equiv]") == []


def test_there_are_at_least_sixty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60
    assert all(any(payload in text for text in TOGETHER) for payload in PAYLOADS)


def test_a_comment_is_text_to_the_moderator_and_nobody_else_sees_it(
    personal: Client,
) -> None:
    for number, payload in enumerate(TOGETHER):
        reason = ["other", "outdated", "misleading"][number % 3]
        answer = report(
            personal, f"CL-P-{number % 25 + 1:06}", reason=reason, comment=payload, contact=payload[:250]
        )
        page = personal.get(answer["moderation"]).text
        assert_harmless(page, payload)
        shown = as_browsers_keep(html.fromstring(page.encode()).text_content())
        assert as_browsers_keep(payload) in shown or "\x00" in payload, payload
        assert_harmless(personal.get(answer["url"]).text, payload)
        status = personal.get(f"/v1/disputes/{answer['token']}").text
        assert payload not in status
    queue = personal.get("/moderation").text
    assert_harmless(queue, "all")
    assert STOLEN not in queue


def test_a_public_reason_is_text_wherever_it_is_shown(personal: Client) -> None:
    for number, payload in enumerate(TOGETHER):
        provision = f"CL-P-{number % 25 + 1:06}"
        answer = report(personal, provision)
        sent = {"act": "keep", "text": payload}
        decided = send(
            personal,
            "POST",
            f"/v1/admin/disputes/{case_number(answer)}/decision",
            sent,
            {"If-Match": "*"},
        )
        assert decided.status == 200, decided.text
        page = personal.get(answer["url"]).text
        assert_harmless(page, payload)
        shown = as_browsers_keep(html.fromstring(page.encode()).text_content())
        assert as_browsers_keep(payload) in shown or "\x00" in payload, payload
        assert_harmless(personal.get(answer["moderation"]).text, payload)
    target: str | None = "/moderation/audit"
    while target:
        audit = personal.get(target).text
        assert_harmless(audit, target)
        older = html.fromstring(audit.encode()).xpath("//a[@rel='next']/@href")
        target = older[0] if older else None
    for number in range(1, 26):
        assert_harmless(personal.get(f"/provisions/CL-P-{number:06}").text, "record")


def test_texts_of_a_record_are_text_on_every_page_about_it(personal: Client) -> None:
    for number, payload in enumerate(TOGETHER):
        provision = f"CL-P-{number % 25 + 1:06}"
        answer = report(personal, provision, reason="misleading")
        decision = {
            "act": "edit",
            "text": payload,
            "explanation": {
                "what_it_is": payload,
                "how_it_affects_you": payload,
                "why_it_matters": payload,
                "interpretive_note": payload,
            },
        }
        path = f"/v1/admin/disputes/{case_number(answer)}/decision"
        decided = send(personal, "POST", path, decision, {"If-Match": "*"})
        assert decided.status == 200, decided.text
        assert_harmless(personal.get(answer["moderation"]).text, payload)
        assert_harmless(personal.get(answer["url"]).text, payload)


def test_a_refused_form_shows_what_was_typed_as_text(personal: Client) -> None:
    answer = report(personal)
    for payload in PAYLOADS:
        fields = dict.fromkeys(
            ("act", "text", "clause_type", "severity", "what_it_is", "etag", "similar"), payload
        )
        assert_harmless(post_form(personal, answer["moderation"], fields).text, payload)
        fields = dict.fromkeys(
            ("reason", "proposed_type", "proposed_severity", "comment", "contact"), payload
        )
        assert_harmless(post_form(personal, "/provisions/CL-P-000001/dispute", fields).text, payload)
        assert_harmless(post_form(personal, "/sign-in", {"token": "x", "next": payload}).text, payload)


def test_titles_and_names_of_a_draft_are_text(personal: Client) -> None:
    quote = personal.get("/v1/admin/provisions/CL-P-000001").json["record"]["quote"]["selector"]
    for payload in PAYLOADS[:12]:
        draft = {
            "clause_type": personal.get("/v1/provisions/CL-P-000001").json["clause_type"]["id"],
            "severity": "high",
            "quote": quote,
            "title": payload,
            "summary": payload,
        }
        edited = send(personal, "PUT", "/v1/admin/provisions/CL-P-000001", draft, {"If-Match": "*"})
        assert edited.status == 200, edited.text
        assert json.loads(edited.text)["record"]["title"] == payload
        answer = report(personal)
        assert_harmless(personal.get(answer["moderation"]).text, payload)
