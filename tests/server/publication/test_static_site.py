"""A folder that any static server hosts: complete, changed where something changed, never half written."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clauselight.cli import main
from clauselight.domain.canonical_url import page_key
from clauselight.domain.url_index import bucket_prefix
from clauselight.publication.signing import create_key, verify
from clauselight.publication.static_site import NGINX
from serving import assert_fits


@pytest.fixture
def site(data_copy: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    assert main(["publish", str(folder), "--data", str(data_copy)]) == 0
    return folder


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file with the time of its last change and its contents."""
    return {
        file.relative_to(folder).as_posix(): (file.stat().st_mtime_ns, file.read_bytes())
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_everything_is_there_plain_and_compressed(site: Path) -> None:
    found = {name: body for name, (_, body) in files(site).items()}
    index = json.loads(found["v1/index.json"])
    assert_fits(index, "url_index")
    digits = max(1, -(-index["bucket_bits"] // 4))
    for place in range(1 << index["bucket_bits"]):
        bucket = json.loads(found[f"v1/buckets/{place:0{digits}x}.json"])
        assert_fits(bucket, "bucket")
        assert len(bucket["sets"]) >= 64, "a published folder is for everybody"
    assert f"v1/deltas/{index['state']}.json" in found
    for name, body in found.items():
        if name.endswith(".json"):
            assert gzip.decompress(found[name + ".gz"]) == body
        else:
            assert name.endswith(".json.gz")
    assert b"127.0.0.1" not in b"".join(found.values())


def test_a_second_run_touches_nothing(
    site: Path, data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(site)
    assert main(["publish", str(site), "--data", str(data_copy)]) == 0
    assert files(site) == before
    assert "0 files written" in capsys.readouterr().out


def test_leftovers_go_and_strange_files_stay(site: Path, data_copy: Path) -> None:
    (site / "v1/buckets/abcdef.json").write_text("{}")
    (site / "v1/buckets/0.json.unfinished").write_text("{")
    (site / "v1/buckets/notes.txt").write_text("mine")
    (site / "index.html").write_text("mine")
    assert main(["publish", str(site), "--data", str(data_copy)]) == 0
    assert not (site / "v1/buckets/abcdef.json").exists()
    assert not (site / "v1/buckets/0.json.unfinished").exists()
    assert (site / "v1/buckets/notes.txt").read_text() == (site / "index.html").read_text() == "mine"


def test_a_damaged_file_is_written_again(site: Path, data_copy: Path) -> None:
    before = {name: body for name, (_, body) in files(site).items()}
    (site / "v1/index.json").write_text("{")
    (site / "v1/buckets/0.json.gz").write_bytes(b"")
    assert main(["publish", str(site), "--data", str(data_copy)]) == 0
    assert {name: body for name, (_, body) in files(site).items()} == before


def test_a_folder_of_somebody_else_is_refused(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other/v1").mkdir(parents=True)
    (tmp_path / "other/v1/data").write_text("mine")
    assert main(["publish", str(tmp_path / "other"), "--data", str(data_copy)]) == 3
    assert "--force" in capsys.readouterr().err
    assert [file.name for file in (tmp_path / "other/v1").iterdir()] == ["data"]
    assert main(["publish", str(tmp_path / "other"), "--data", str(data_copy), "--force"]) == 0


def test_a_key_signs_every_file(data_copy: Path, tmp_path: Path) -> None:
    signer = create_key(tmp_path / "key.pem")
    folder = tmp_path / "signed"
    assert main(["publish", str(folder), "--data", str(data_copy), "--key", str(tmp_path / "key.pem")]) == 0
    verify(signer.public_key, "index", "", (folder / "v1/index.json").read_bytes())
    for kind, place in (("bucket", "buckets"), ("delta", "deltas")):
        for file in (folder / "v1" / place).glob("*.json"):
            verify(signer.public_key, kind, file.stem, file.read_bytes())


@pytest.fixture
def nginx(site: Path, tmp_path: Path) -> Iterator[int]:
    """nginx with the documented configuration and nothing else of ours."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    assert program is not None, "this test needs nginx: 'apt install nginx-light' or 'brew install nginx'"
    with closing(socket.create_server(("127.0.0.1", 0))) as sock:
        port = sock.getsockname()[1]
    # Below the folder of this test, which only its owner may enter, nginx runs as its owner.
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"daemon off; worker_processes 1; pid {tmp_path}/nginx.pid; error_log stderr;\n"
        + ("user root;\n" if os.getuid() == 0 else "")
        + "events {}\nhttp { access_log off;\n"
        + "".join(
            f"{kind}_temp_path {tmp_path}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f"server {{ listen 127.0.0.1:{port};\n{NGINX.replace('/srv/clauselight', str(site))} }} }}\n"
    )
    child = subprocess.Popen([program, "-c", str(config), "-p", str(tmp_path)], stderr=subprocess.PIPE)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                assert child.poll() is None, child.communicate()[1].decode()
                time.sleep(0.05)
        yield port
    finally:
        child.terminate()
        child.wait(10)


def get(port: int, target: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", target, headers=headers)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()


def test_nginx_serves_a_reader_from_the_folder(nginx: int) -> None:
    """As the extension asks: index, then the bucket of a page, then again with the tag."""
    status, headers, body = get(nginx, "/v1/index.json", **{"Accept-Encoding": "gzip"})
    assert status == 200
    assert headers["content-type"].startswith("application/json")
    assert headers["content-encoding"] == "gzip"
    index = json.loads(gzip.decompress(body))
    prefix = bucket_prefix(page_key("https://policy.pinterest.com/en/privacy-policy"), index["bucket_bits"])
    status, headers, body = get(nginx, f"/v1/buckets/{prefix}.json", **{"Accept-Encoding": "gzip"})
    assert status == 200
    assert len(body) % 256 == 0, "padded as it lies on disk"
    names = {one["document"]["slug"] for one in json.loads(gzip.decompress(body))["sets"]}
    assert any("pinterest" in name for name in names)
    again, _, empty = get(nginx, f"/v1/buckets/{prefix}.json", **{"If-None-Match": headers["etag"]})
    assert (again, empty) == (304, b"") or again == 200  # nginx tags the plain and the compressed file apart
    tagged = {"If-None-Match": headers["etag"], "Accept-Encoding": "gzip"}
    assert get(nginx, f"/v1/buckets/{prefix}.json", **tagged)[0] == 304
    assert get(nginx, f"/v1/buckets/{prefix}")[0] == 200, "the API's own names work too"
    assert get(nginx, "/v1/deltas/0000000000000000.json")[0] == 404
