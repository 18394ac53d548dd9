"""WARC files are read back by another program, which checks the digests, and are the same every time."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import io
from dataclasses import replace

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from clauselight.capture.fetched import Fetched
from clauselight.capture.safe_fetch import fetch_page
from clauselight.capture.snapshot import Snapshot
from clauselight.capture.warc import write_warc
from sites import Names, here, site, text

MOMENT = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)
PAGE = "<p>Grüße\r\n\r\nWARC/1.1\r\n".encode() * 20

PLAIN = Snapshot(
    url="https://shop.example/privacy?lang=en",
    taken_at=dt.datetime(2026, 11, 2, 11, 30, 0, 123456, tzinfo=dt.timezone(dt.timedelta(hours=1))),
    media_type="text/html; charset=utf-8",
    body=PAGE,
    status=200,
    headers=(("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("ETag", '"v1"')),
    sent=(("Host", "shop.example"), ("User-Agent", "Clauselight/test")),
)
RENDERED = replace(PLAIN, url="https://app.example/", status=None, headers=(), sent=(), method="rendered")
BARE = replace(PLAIN, url="https://old.example/", sent=())


def written(*snapshots: Snapshot, moment: dt.datetime = MOMENT) -> bytes:
    file = io.BytesIO()
    write_warc(file, snapshots, software="Clauselight/test", moment=moment, operator="me\r\nX-Evil: 1")
    return file.getvalue()


def records(data: bytes) -> list[tuple[dict[str, str], bytes, dict[str, str]]]:
    found = []
    for record in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        http = dict(record.http_headers.headers) if record.http_headers else {}
        found.append((dict(record.rec_headers.headers), record.content_stream().read(), http))
    return found


def test_another_program_reads_what_was_written() -> None:
    found = records(written(PLAIN, RENDERED, BARE))
    kinds = ["warcinfo", "response", "request", "resource", "response"]
    assert [head["WARC-Type"] for head, _, _ in found] == kinds
    info, response, request, resource, bare = found
    assert b"software: Clauselight/test\r\n" in info[1]
    assert b"\r\nX-Evil" not in info[1]
    assert (response[1], resource[1], bare[1]) == (PAGE, PAGE, PAGE)
    assert response[0]["WARC-Target-URI"] == PLAIN.url
    assert response[0]["WARC-Date"] == "2026-11-02T10:30:00.123456Z"
    assert response[0]["WARC-Warcinfo-ID"] == info[0]["WARC-Record-ID"]
    assert response[2]["ETag"] == '"v1"'
    assert response[2]["X-Archive-Orig-Content-Encoding"] == "gzip"
    assert request[0]["WARC-Concurrent-To"] == response[0]["WARC-Record-ID"]
    assert request[2] == {"Host": "shop.example", "User-Agent": "Clauselight/test"}
    assert resource[0]["Clauselight-Method"] == "rendered"
    assert resource[0]["Content-Type"] == "text/html; charset=utf-8"


def test_hashes_are_those_of_the_bytes() -> None:
    for head, body, _ in records(written(PLAIN, RENDERED)):
        if "Clauselight-Payload-SHA256" not in head:
            continue
        assert head["Clauselight-Payload-SHA256"] == hashlib.sha256(PAGE).hexdigest() == PLAIN.sha256
        sha1 = base64.b32encode(hashlib.sha1(body).digest()).decode()
        assert head["WARC-Payload-Digest"] == f"sha1:{sha1}"


def test_one_flipped_byte_is_found() -> None:
    whole = gzip.decompress(written(PLAIN))
    place = whole.index(PAGE) + 5
    spoilt = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
    with pytest.raises(Exception, match=r"(?i)digest"):
        records(spoilt)


def test_each_record_is_a_gzip_file_of_its_own(tmp_path: object) -> None:
    data = written(PLAIN, RENDERED)
    members = [part for part in data.split(b"\x1f\x8b\x08") if part]
    assert len(members) >= 4
    assert gzip.decompress(data).count(b"WARC/1.1\r\nWARC-Type") == 4


def test_the_same_snapshots_give_the_same_file_and_others_other_ids() -> None:
    assert written(PLAIN, RENDERED) == written(PLAIN, RENDERED)
    ids = [head["WARC-Record-ID"] for head, _, _ in records(written(PLAIN, RENDERED, BARE))]
    assert len(set(ids)) == len(ids)
    later = replace(PLAIN, taken_at=PLAIN.taken_at + dt.timedelta(seconds=1))
    assert records(written(later))[1][0]["WARC-Record-ID"] != ids[1]


def test_the_checker_of_the_other_program_finds_nothing(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path_factory.mktemp("warc") / "all.warc.gz"
    file.write_bytes(written(PLAIN, RENDERED, BARE))

    class Options:
        inputs = (str(file),)
        verbose = False

    checker = Checker(Options)
    checker.process_all()
    assert checker.exit_value == 0, capsys.readouterr().out


async def test_a_page_that_was_just_fetched_can_be_written() -> None:
    async with site({"/": text(PAGE, headers={"Content-Type": "text/html; charset=UTF-8"})}) as server:
        fetched = await fetch_page(server.url(), here(), lookup=Names())
    taken = Snapshot.of(fetched)
    assert (taken.url, taken.sha256) == (server.url(), fetched.sha256)
    assert taken.media_type == "text/html; charset=utf-8"
    head, body, http = records(written(taken))[1]
    assert (head["WARC-Type"], body, http["Content-Length"]) == ("response", PAGE, str(len(PAGE)))
    assert records(written(taken))[2][2]["User-Agent"] == "Clauselight/test"


def test_an_unchanged_page_has_no_snapshot() -> None:
    same = Fetched(
        "https://a.example/", "https://a.example/", 304, MOMENT, 1, "", None, b"", not_modified=True
    )
    with pytest.raises(ValueError, match="not sent again"):
        Snapshot.of(same)
