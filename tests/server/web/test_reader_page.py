"""The reader's page: who gets curation with it, and who gets nothing of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from clauselight.settings import Settings
from clauselight.store.engine import open_archive
from clauselight.store.tokens import Scope
from clauselight.web.pages import reader as reader_page
from people import bearer, make_token, post_form, with_records
from serving import Client, running

READER = "/documents/CL-D-000900/reader"


@pytest.fixture
def folder(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive with a document that can be read; as if the scripts had been built."""

    async def fill() -> None:
        engine = open_archive(Settings(data=data_copy).archive_file)
        await with_records(engine, {})
        await engine.dispose()

    asyncio.run(fill())
    monkeypatch.setattr(reader_page, "has_asset", lambda name: True)
    return data_copy


def cookie(client: Client, secret: str) -> dict[str, str]:
    """The session of a token, which begins at the document that one wanted to curate."""
    reply = post_form(client, "/sign-in", {"token": secret, "next": READER})
    assert reply.headers["location"] == READER
    return {"Cookie": reply.headers["set-cookie"].partition(";")[0]}


def test_a_curator_who_signed_in_gets_it_and_nobody_keeps_the_page(folder: Path) -> None:
    secrets = {scope: make_token(folder, scope, name=f"Mo {scope}") for scope in Scope}
    with running(Settings(data=folder, local_owner=False)) as client:
        anybody = client.get(READER)
        assert "data-curating" not in anybody.text
        assert "Signed in" not in anybody.text
        assert anybody.headers["cache-control"] == "no-cache"
        assert "Cookie" in anybody.headers["vary"]
        for scope in (Scope.READ, Scope.DISPUTE):
            page = client.request("GET", READER, cookie(client, secrets[scope]))
            assert page.text == anybody.text, scope
        for scope in (Scope.CURATE, Scope.ADMIN):
            page = client.request("GET", READER, cookie(client, secrets[scope]))
            assert "data-curating" in page.text
            assert f"Signed in as Mo {scope}" in page.text
            assert page.headers["cache-control"] == "no-store"
        # A token in a header is a program's.
        assert "data-curating" not in client.request("GET", READER, bearer(secrets[Scope.ADMIN])).text


def test_the_owner_of_a_personal_server_gets_it(folder: Path) -> None:
    with running(Settings(data=folder)) as client:
        page = client.get(READER).text
    assert "data-curating" in page
    assert "Signed in as the owner of this computer" in page


def test_one_is_led_to_readers_and_to_no_other_place_after_signing_in(folder: Path) -> None:
    secret = make_token(folder, Scope.CURATE)
    with running(Settings(data=folder, local_owner=False)) as client:
        for wanted in (
            "/documents/CL-D-000900",
            READER + "?version=1",
            "//evil.example" + READER,
            READER + "/x",
        ):
            reply = post_form(client, "/sign-in", {"token": secret, "next": wanted})
            assert reply.headers["location"] == "/moderation", wanted
