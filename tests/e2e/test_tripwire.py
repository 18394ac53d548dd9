"""The server of a privacy tool must not learn what people read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from e2e.support.browser import Browser, launch
from e2e.support.proxy import RecordingProxy
from e2e.support.server import Server

HTML = "<!DOCTYPE html><html lang=en><title>A page</title><main><p>We collect nothing here.</p></main>"

SITES = (
    "news.example",
    "shop.example",
    "mail.example",
    "www.pinterest.com",
    "policy.pinterest.com",
    "www.tiktok.com",
    "about.ideogram.ai",
    "www.privacy-policy.example",
    "xn--bcher-kva.example",
    "forum.example:8443",
)
PATHS = (
    "/",
    "/2026/11/a-story?item=7#reviews",
    "/en/about",
    "/legal/privacy-policy-explained",
    "/terms-and-conditions-of-sale.html",
    "/@somebody/video/1?url=https://policy.pinterest.com/en/privacy-policy",
)
ORDINARY = [f"https://{site}{path}" for site in SITES for path in PATHS]
"""60 pages that are no policies: on known and unknown sites, some with addresses that look like one."""


@pytest.fixture(scope="module")
def watched(server: Server) -> Iterator[RecordingProxy]:
    with RecordingProxy(server.port) as running:
        yield running


@pytest.fixture(scope="module", params=["all-sites", "one-site", "no-site"])
def reader(
    request: pytest.FixtureRequest, watched: RecordingProxy, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """A browser for each way in which sites may have been allowed."""
    kind = request.param
    one = ("https://www.pinterest.com/*",) if kind == "one-site" else ()
    folder = tmp_path_factory.mktemp("tripwire")
    with launch(folder, watched.address, all_sites=kind == "all-sites", grantable=one) as running:
        if one:
            running.grant(one)
        yield running


def test_pages_that_are_no_policies_cause_no_request_and_no_script(
    reader: Browser, watched: RecordingProxy
) -> None:
    assert len(ORDINARY) == 60
    reader.pages |= {url.partition("#")[0]: HTML for url in ORDINARY}
    before = len(watched.requests)
    page = reader.context.new_page()
    for mode in ("automatic", "manual"):
        reader.settings(mode=mode)
        for url in ORDINARY:
            page.goto(url)
            untouched = "[document.documentElement.children.length, CSS.highlights.size]"
            assert page.evaluate(untouched) == [2, 0], (mode, url)
        page.wait_for_timeout(500)
        assert page.evaluate(untouched) == [2, 0]
    page.close()
    assert watched.paths[before:] == []
    assert reader.missed == []
