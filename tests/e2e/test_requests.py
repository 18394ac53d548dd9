"""What the server sees of somebody who reads policies: groups of documents, alike for all their readers."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from e2e.support.archive import KnownPage, build_archive
from e2e.support.browser import Browser, launch
from e2e.support.certificate import certificate
from e2e.support.proxy import RecordingProxy
from e2e.support.server import Server, start_server

HTML = "<!DOCTYPE html><html lang=en><title>A page</title><main><p>We collect nothing here.</p></main>"


@pytest.fixture
def browser(own_browser: Browser) -> Browser:
    """One of its own for each test, as others are driven here too."""
    return own_browser


def test_requests_for_a_known_policy_carry_nothing_about_the_reader(
    browser: Browser, proxy: RecordingProxy, server: Server
) -> None:
    url = "https://policy.pinterest.com/en/privacy-policy"
    browser.pages[url] = HTML
    page = browser.read(url, wait=False)
    page.wait_for_timeout(1_000)
    assert browser.state(page)["status"] == "matched"
    assert proxy.requests
    for request in proxy.requests:
        headers = {name.lower(): value for name, value in request.headers.items()}
        assert not headers.keys() & {"cookie", "referer", "authorization", "origin"}, request
        assert headers["accept-language"] == "*"
        assert "pinterest" not in str(request).lower()
        assert request.path.startswith(("/v1/index.json", "/v1/deltas/", "/v1/buckets/", "/v1/info.json"))
    log = "".join(server.log)
    assert "GET /v1/buckets/{prefix} 200" in log
    assert "pinterest" not in log
    assert "127.0.0.1 " not in log


NAMES = ("anemone", "bluebell", "campion", "daffodil")
QUOTE = "We may share the content that you post with partners who train models on it."
KNOWN = [
    KnownPage(
        name,
        f"https://www.{name}.example/privacy",
        f"<!DOCTYPE html><html lang=en><title>{name}</title><main><p>{QUOTE}</p></main>",
        (QUOTE,),
    )
    for name in NAMES
]


def test_two_people_who_read_different_policies_of_a_bucket_look_alike(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A server elsewhere, with one bucket for all: the same requests, whatever was read and how often."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "data").mkdir()
    build_archive(folder / "data", KNOWN)
    sessions = {
        "one": [KNOWN[0].url],
        "two": [KNOWN[1].url, KNOWN[2].url, KNOWN[1].url + "#section", KNOWN[3].url],
    }
    seen: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    hide = {"CLAUSELIGHT_BUCKET_SIZE": "4096"}
    with ExitStack() as stack:
        server = stack.enter_context(start_server(folder / "data", environment=hide))
        for name, urls in sessions.items():
            proxy = stack.enter_context(RecordingProxy(server.port, certificate=certificate(folder)))
            elsewhere = f"MAP clauses.example 127.0.0.1:{proxy.port}"
            arguments = (
                "--ignore-certificate-errors",
                f"--host-resolver-rules={elsewhere}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            )
            with launch(
                folder / name, "https://clauses.example", all_sites=True, arguments=arguments
            ) as reader:
                reader.pages |= {page.url: page.html for page in KNOWN}
                for url in urls:
                    reader.read(url).close()
            seen[name] = [
                (request.path, tuple(f"{k}: {v}" for k, v in sorted(request.headers.items())))
                for request in proxy.requests
            ]
    paths = [path for path, _ in seen["one"]]
    assert paths[-1] == "/v1/buckets/0.json"
    assert paths.count("/v1/buckets/0.json") == 1
    assert seen["one"] == seen["two"]
    log = "".join(server.log)
    assert not any(name in log for name in NAMES)
