"""Server and extension agree on URLs: the shared vectors, and random addresses through both.

The extension's half of the vectors is `extension/src/match/*.test.ts`.
"""

import base64
import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from clauselight.domain import canonical_url as canonical
from clauselight.domain import url_index

ROOT = Path(__file__).resolve().parents[2]
PARITY = ROOT / "shared_schema" / "parity"
EXTENSION = ROOT / "extension"
URLS: dict[str, Any] = json.loads((PARITY / "canonical_url.json").read_text("utf-8"))
INDEX: dict[str, Any] = json.loads((PARITY / "url_index.json").read_text("utf-8"))


def outcome(url: str) -> dict[str, str | None]:
    try:
        form = canonical.canonicalise(url)
    except canonical.UrlRefused as refused:
        return {"refused": refused.reason}
    return {"key": form.key, "language": form.language, "neutral_key": form.neutral_key}


def test_vectors_are_of_this_version() -> None:
    assert URLS["canonicalisation"] == canonical.CANONICALISATION_VERSION
    assert len(URLS["cases"]) > 300


@pytest.mark.parametrize("name", sorted({case["class"] for case in URLS["cases"]}))
def test_canonical_forms(name: str) -> None:
    for case in URLS["cases"]:
        if case["class"] == name:
            expected = {k: v for k, v in case.items() if k not in ("class", "url")}
            assert (case["url"], outcome(case["url"])) == (case["url"], expected)


def test_keys_links_and_versions() -> None:
    for entry in URLS["keys"]:
        assert f"{canonical.url_key(entry['text']):016x}" == entry["key"]
    for page, link, allowed in URLS["links"]:
        assert canonical.canonical_link_allowed(page, link) is allowed, (page, link)
    for entry in URLS["versions"]:
        page, documents = entry["page"], entry["documents"]
        assert canonical.closest_version(page, documents) == entry["closest"]
        assert [canonical.relation(page, url) for url in documents] == entry["relations"]


@pytest.mark.parametrize("wire", INDEX["indexes"], ids=lambda wire: wire["name"])
def test_index(wire: dict[str, Any]) -> None:
    index = url_index.encode([int(key, 16) for key in wire["keys"]], wire["hash_bits"])
    assert (index.count, index.rice_parameter) == (wire["count"], wire["rice_parameter"])
    assert base64.b64encode(index.data).decode() == wire["data"]
    assert [str(value) for value in url_index.decode(index)][:40] == wire["values"]


@pytest.mark.parametrize("wire", INDEX["refused"], ids=lambda wire: wire["name"])
def test_refused_index(wire: dict[str, Any]) -> None:
    data = base64.b64decode(wire["data"])
    with pytest.raises(url_index.IndexRefused):
        url_index.decode(
            url_index.EncodedIndex(wire["count"], wire["hash_bits"], wire["rice_parameter"], data)
        )


@pytest.mark.parametrize("wire", INDEX["deltas"], ids=lambda wire: wire["name"])
def test_delta(wire: dict[str, Any]) -> None:
    old, new = ([int(key, 16) for key in wire[side]] for side in ("old", "new"))
    delta = url_index.encode_delta(old, new, wire["hash_bits"])
    for field in (
        "old_count",
        "old_checksum",
        "new_count",
        "new_checksum",
        "removed_count",
        "removed_rice_parameter",
        "added_count",
        "added_rice_parameter",
    ):
        assert getattr(delta, field) == wire[field]
    assert base64.b64encode(delta.removed).decode() == wire["removed"]
    assert base64.b64encode(delta.added).decode() == wire["added"]


def test_bucket_prefixes() -> None:
    for entry in INDEX["prefixes"]:
        assert url_index.bucket_prefix(int(entry["key"], 16), entry["bits"]) == entry["prefix"]


PIECES = (
    *("https://", "http://", "HTTPS:", "//", "/", "\\", "?", "#", "#/", "#!", "&", "=", ";", ":"),
    *("www.", "m.", "amp.", "de.", "en-gb.", "example", ".com", ".co.uk", ".github.io", "bücher"),
    *("xn--bcher-kva", "1.2.3.4", "[::1]", "google.com/amp/s/", "x.cdn.ampproject.org/c/s/"),
    *(":8080", ":443", "user@", "/de", "/en-US", "/us", "/legal", "/terms", "/index.html", "/amp"),
    *("/..", "/.", "%2e", "%41", "%2F", "%", "%zz", "%e4", " ", "+", "\t", "é", "条", "😀"),
    *("utm_source=x", "hl=de", "gl=IE", "lang=en_GB", "id=5", "amp=1", "a=1", "ref=y", ":~:"),
    *("/ref=z", ";jsessionid=1", ".amp", ".amp.html", "/Default.aspx", "deutsch", "'", "(", "[", "|"),
)


def random_urls(count: int) -> list[str]:
    rng = random.Random(20261122)
    urls = []
    for _ in range(count):
        head = rng.choice(("https://example.com/", "https://de.example.co.uk", "http://m.", "https:"))
        urls.append(head + "".join(rng.choices(PIECES, k=rng.randint(0, 9))))
    return urls


def test_random_addresses_through_both_sides(tmp_path: Path) -> None:
    """Five thousand addresses made of awkward pieces, through the bundled extension module."""
    node = shutil.which("node")
    if node is None or not (EXTENSION / "node_modules" / "esbuild").is_dir():
        pytest.skip("needs node and the extension's packages")
    module = tmp_path / "canonical.mjs"
    entry = EXTENSION / "src" / "match" / "canonical-url.ts"
    options = {"entryPoints": [str(entry)], "outfile": str(module), "bundle": True, "format": "esm"}
    build = f"require('esbuild').buildSync({json.dumps(options)})"
    subprocess.run([node, "-e", build], check=True, cwd=EXTENSION)
    script = f"""
      import {{ canonicalise, UrlRefused }} from {json.dumps(module.as_uri())};
      let text = "";
      for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
      console.log(JSON.stringify(JSON.parse(text).map((url) => {{
        try {{
          const {{ key, language, neutralKey }} = canonicalise(url);
          return {{ key, language, neutral_key: neutralKey }};
        }} catch (error) {{
          if (!(error instanceof UrlRefused)) throw error;
          return {{ refused: error.reason }};
        }}
      }})));
    """
    urls = random_urls(5000)
    run = subprocess.run(
        [node, "--input-type=module", "-e", script],
        input=json.dumps(urls),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    theirs = json.loads(run.stdout)
    ours = [outcome(url) for url in urls]
    differing = [(url, a, b) for url, a, b in zip(urls, ours, theirs, strict=True) if a != b]
    assert not differing, differing[:5]
    assert sum("key" in form for form in ours) > 2000
