"""With the public key of the publisher, nothing else is used, and the last good answer stays."""

from __future__ import annotations

import base64
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from clauselight.publication.signing import BUCKET, INDEX, Signer, create_key
from e2e.support.archive import KnownPage, build_archive
from e2e.support.browser import Browser, launch
from e2e.support.proxy import Misbehaviour, RecordingProxy
from e2e.support.server import start_server

QUOTE = "We may share the content that you post with partners who train models on it."
KNOWN = KnownPage(
    "Murmurloft",
    "https://www.murmurloft.example/privacy",
    f"<!DOCTYPE html><html lang=en><title>Privacy</title><main><p>{QUOTE}</p></main>",
    (QUOTE,),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("signature")


@pytest.fixture(scope="module")
def publisher(folder: Path) -> Signer:
    return create_key(folder / "key.pem")


@pytest.fixture(scope="module")
def proxy(folder: Path, publisher: Signer) -> Iterator[RecordingProxy]:
    """A server that signs, behind a host that may not be honest."""
    (folder / "data").mkdir()
    build_archive(folder / "data", [KNOWN])
    key = {"CLAUSELIGHT_SIGNING_KEY": str(folder / "key.pem")}
    with (
        start_server(folder / "data", environment=key) as server,
        RecordingProxy(server.port) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def browser(folder: Path, proxy: RecordingProxy) -> Iterator[Browser]:
    with launch(folder / "browser", proxy.address, all_sites=True) as running:
        running.pages[KNOWN.url] = KNOWN.html
        yield running


@pytest.fixture(autouse=True)
def honest(proxy: RecordingProxy) -> Iterator[None]:
    yield
    proxy.misbehave = None


def choose_key(browser: Browser, key: str) -> Page:
    """Type a key into the settings."""
    page = browser.extension_page("options.html")
    page.fill("#public-key", key)
    page.click("#key-use")
    return page


def published(proxy: RecordingProxy, path: str) -> dict[str, Any]:
    """What the server answers, without its signature."""
    with urllib.request.urlopen(proxy.address + path) as answer:
        found: dict[str, Any] = json.load(answer)
    del found["signature"]
    return found


def dump(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, separators=(",", ":")).encode()


def bucket_path(proxy: RecordingProxy) -> str:
    """The bucket that the page was last looked up in."""
    return next(path for path in reversed(proxy.paths) if path.startswith("/v1/buckets/"))


def refresh(browser: Browser) -> dict[str, Any]:
    reply: dict[str, Any] = browser.in_extension(
        "() => chrome.runtime.sendMessage({ to: 'background', name: 'server.refresh', body: {} })"
    )
    return dict(reply["value"])


def test_the_key_is_checked_as_typed_and_then_on_the_list(browser: Browser, publisher: Signer) -> None:
    page = choose_key(browser, "no key at all")
    expect(page.locator("#key-fault")).to_contain_text("This is no public key")
    page.close()

    page = choose_key(browser, base64.b64encode(bytes(range(32))).decode())
    expect(page.locator("#key-result")).to_contain_text("not signed by the publisher you named")
    page.close()
    lost = browser.read(KNOWN.url, wait=False)
    lost.wait_for_timeout(500)
    assert browser.painted(lost) == []
    lost.close()

    page = choose_key(browser, publisher.public_key)
    expect(page.locator("#key-result")).to_contain_text("The list is signed with this key")
    page.close()
    lit = browser.read(KNOWN.url)
    assert browser.state(lit)["trouble"] is None
    lit.close()


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        ("unsigned", "signature-refused"),
        ("signed by somebody else", "signature-refused"),
        ("signed for another bucket", "signature-refused"),
        ("a byte changed", "signature-refused"),
        ("cut short", "signature-refused"),
        ("replayed", "answer-replayed"),
    ],
)
def test_a_wrong_bucket_is_refused_and_the_last_good_one_shown(
    browser: Browser, proxy: RecordingProxy, publisher: Signer, folder: Path, case: str, kind: str
) -> None:
    browser.read(KNOWN.url).close()
    path = bucket_path(proxy)
    name = path.removeprefix("/v1/buckets/").removesuffix(".json")
    bucket = published(proxy, path)
    emptied = dump({**bucket, "sets": []})
    good = publisher.sign(BUCKET, name, emptied)
    bodies = {
        "unsigned": lambda: emptied,
        "signed by somebody else": lambda: create_key(folder / "other.pem").sign(BUCKET, name, emptied),
        "signed for another bucket": lambda: publisher.sign(BUCKET, name + "0", emptied),
        "a byte changed": lambda: good.replace(b'"sequence":1', b'"sequence":2'),
        "cut short": lambda: good[:-1],
        "replayed": lambda: publisher.sign(BUCKET, name, dump({**bucket, "sets": [], "sequence": 1})),
    }
    proxy.misbehave = Misbehaviour("/v1/buckets/", body=bodies[case]())
    page = browser.read(KNOWN.url)
    state = browser.state(page)
    assert browser.painted(page) == [QUOTE]
    assert state["fromCache"]
    assert state["trouble"]["kind"] == kind
    popup = browser.extension_page(f"popup.html?tab={browser.tab_id(page)}")
    expect(popup.locator(".notice").first).to_contain_text("what was known before stays")
    popup.close()
    page.close()


@pytest.mark.parametrize(
    ("case", "kind"), [("unsigned", "signature-refused"), ("replayed", "answer-replayed")]
)
def test_a_wrong_list_is_refused_and_the_last_good_one_stays(
    browser: Browser, proxy: RecordingProxy, publisher: Signer, case: str, kind: str
) -> None:
    browser.read(KNOWN.url).close()
    index = published(proxy, "/v1/index.json")
    body = dump(index) if case == "unsigned" else publisher.sign(INDEX, "", dump({**index, "sequence": 1}))
    proxy.misbehave = Misbehaviour("/v1/", body=body)
    result = refresh(browser)
    assert not result["ok"]
    assert result["trouble"]["kind"] == kind
    proxy.misbehave = None
    browser.read(KNOWN.url).close()
    assert refresh(browser)["ok"]
