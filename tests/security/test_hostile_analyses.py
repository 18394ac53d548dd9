"""Pages made to hurt whoever reads them: answered or refused in bounded time, while others are served."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from clauselight.settings import Settings
from findings import PAGE
from serving import OWN_HOST, Client, Reply, running

SECONDS = 6.0
"""What the server under test allows for one page."""

WITHIN = SECONDS + 4
"""Its time, and that of a busy machine for sending, starting and killing."""

PATIENCE = 5.0
"""Seconds that a reader's request may take meanwhile. Attacker, reader and server share one process here, and
the machine may run other tests; alone it is a tenth of that."""

SENTENCE = "We may sell your personal information to the partners that we have for any of these reasons. "

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><html><body><p>&a11;</p><p>"
    + SENTENCE * 20
    + "</p></body></html>"
)

PAGES: dict[str, str] = {
    "nested": "<div>" * 1_000_000 + SENTENCE * 20,
    "nested lists": "<ul><li>" * 300_000 + SENTENCE * 20,
    "nested tables": "<table><tr><td>" * 200_000 + SENTENCE * 20,
    "unclosed inline": "<b><i><a href=x>" * 200_000 + SENTENCE * 20,
    "entity bomb": LAUGHS,
    "external entity": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p><p>' + SENTENCE * 20,
    "binary": "".join(map(chr, range(256))) * 4_000,
    "nothing but zeros": "\0" * 500_000,
    "empty": "",
    "white space": " \n\t" * 500_000,
    "one endless line": SENTENCE * 40_000,
    "one endless word": "a" * 4_000_000,
    "endless punctuation": "." * 2_000_000,
    "endless brackets": "(" * 2_000_000,
    "endless abbreviations": "e.g. i.e. U.S. No. " * 200_000,
    "endless numbers": "1.2.3.4 " * 400_000,
    "a hundred thousand attributes": "<p "
    + " ".join(f"a{n}=1" for n in range(100_000))
    + ">"
    + SENTENCE * 20,
    "one endless attribute": f'<p title="{"x" * 5_000_000}">' + SENTENCE * 20,
    "one endless comment": "<!--" + "-" * 5_000_000,
    "angle brackets": "<" * 3_000_000,
    "ampersands": "&" * 3_000_000,
    "many paragraphs": "<p>We sell it." * 300_000,
    "many headings": "<h2>Sale</h2>" * 200_000,
    "many different sales": "".join(f"<p>We sell your personal data number {n}." for n in range(60_000)),
    "combining marks": "a" + "\u0301" * 1_000_000,
    "right to left": "\u202e" + SENTENCE * 2_000,
    "frames": "<frameset><frame>" * 100_000,
    "svg and math": "<svg><math><mi><annotation-xml>" * 100_000 + SENTENCE,
}


@pytest.fixture(scope="module")
def attacked(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server of its own for this module."""
    import shutil

    folder = Path(shutil.copytree(loaded_folder, tmp_path_factory.mktemp("attacked") / "data"))
    with running(Settings(data=folder, analysis_seconds=SECONDS)) as client:
        yield client


def post(client: Client, body: object) -> Reply:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.request("POST", "/v1/analyses", {"Content-Type": "application/json"}, data)


class Readers:
    """Readers who go on asking in a thread of their own; the longest that one had to wait."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.longest = 0.0
        self.answered = 0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.ask)

    def ask(self) -> None:
        while not self.done.is_set():
            started = time.monotonic()
            assert self.client.get("/v1/buckets/00.json").status in (200, 404)
            assert self.client.get("/healthz").status == 200
            self.longest = max(self.longest, time.monotonic() - started)
            self.answered += 1
            time.sleep(0.02)

    def __enter__(self) -> Readers:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.thread.join()


@pytest.mark.parametrize("form", ["html", "text"])
@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_hurts_nobody(attacked: Client, name: str, form: str) -> None:
    body = json.dumps({form: PAGES[name]}).encode()
    started = time.monotonic()
    with Readers(attacked) as readers:
        reply = post(attacked, body)
    assert time.monotonic() - started < WITHIN
    assert reply.status in (200, 413, 422, 504), reply.text[:300]
    assert readers.answered
    assert readers.longest < PATIENCE
    if reply.status != 200:
        assert reply.json["detail"].endswith(".")
    assert "root:" not in reply.text


def test_hostile_blocks_hurt_nobody(attacked: Client) -> None:
    kinds = ["heading", "paragraph", "list_item", "table_row"]
    deep = [{"kind": "list_item", "level": 1 + n % 20, "text": SENTENCE} for n in range(20_000)]
    mixed = [{"kind": kinds[n % 4], "text": f"We sell {n}."} for n in range(20_000)]
    for blocks in (deep, mixed, [{"text": ""}] * 20_000, [{"text": SENTENCE * 40_000}]):
        started = time.monotonic()
        body = json.dumps({"blocks": blocks}).encode()
        with Readers(attacked) as readers:
            reply = post(attacked, body)
        assert time.monotonic() - started < WITHIN
        assert reply.status in (200, 422, 504), reply.text[:300]
        assert readers.longest < PATIENCE


def test_fifty_megabytes_are_refused_before_they_are_read(attacked: Client) -> None:
    body = b'{"html": "' + b"<p>We sell your data." * 2_500_000 + b'"}'
    assert len(body) > 50_000_000
    started = time.monotonic()
    # The server does not wait for what it will not read.
    with Readers(attacked) as readers, contextlib.suppress(BrokenPipeError, ConnectionResetError):
        assert post(attacked, body).status == 413
    assert time.monotonic() - started < 5
    assert readers.longest < PATIENCE


def test_many_at_once_are_served_or_sent_away(attacked: Client) -> None:
    statuses: list[int] = []

    def send() -> None:
        statuses.append(post(attacked, {"html": PAGES["one endless line"]}).status)

    threads = [threading.Thread(target=send) for _ in range(12)]
    with Readers(attacked) as readers:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert set(statuses) <= {200, 422, 503, 504}
    assert len(statuses) == 12
    assert readers.longest < PATIENCE


def test_after_all_that_an_ordinary_page_is_answered_as_before(attacked: Client) -> None:
    reply = post(attacked, {"html": PAGE * 3})
    assert reply.status == 200
    assert reply.json["set"]["provisions"]


def test_nothing_of_a_page_is_logged(attacked: Client, caplog: pytest.LogCaptureFixture) -> None:
    secret = "S3CRETMARK"
    bodies: list[object] = [
        {
            "html": f"<title>{secret}</title><h1>{secret}</h1>" + PAGE * 3,
            "url": f"https://{secret}.example/{secret}",
        },
        {
            "text": f"{secret} " + SENTENCE * 10,
            "title": secret,
            "url": f"https://a.example/{secret}",
            "keep": True,
        },
        {"text": secret},
        {"text": secret, secret: secret},
        {"url": f"javascript:{secret}", "text": secret},
        secret.encode(),
        {"html": f"<!DOCTYPE {secret} [<!ENTITY {secret} '{secret}'>]><p>&{secret};" + "<div>" * 300_000},
        {"blocks": [{"text": secret, "kind": secret}]},
    ]
    with caplog.at_level(logging.DEBUG):
        for body in bodies:
            post(attacked, body)
        time.sleep(1)
    assert "POST /v1/analyses" in caplog.text
    assert secret.lower() not in caplog.text.lower()
    assert OWN_HOST not in caplog.text
