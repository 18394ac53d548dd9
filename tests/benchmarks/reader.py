"""How well the extension's reader knows and reads real policy pages, in Chromium.

    make bench-reader [IN=pages.jsonl.gz] [OUT=pred.jsonl] [JSON=1]

Each page is opened with its scripts switched off (the pages were recorded after they ran), `reader.js` is
run as the extension runs it, and asked twice, as the popup does: does the page look like a policy, and what
would be sent. Reported: the share of pages recognised, with and without their own address, and the
milliseconds of both questions on a page that was never touched before. OUT gets what would be sent, one line
a page, for the scorer of the data.
Pages that are no policies are judged by `src/analyse/likeness.test.ts`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from e2e.support.archive import REAL_PAGES
from e2e.support.browser import EXTENSION, chromium

NO_SCRIPTS = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "script-src 'none'",
}

ASK = """() => {
  const timed = (what) => {
    const start = performance.now();
    const answer = globalThis.__clauselightReader(what);
    return [answer, performance.now() - start];
  };
  const [likeness, likenessMs] = timed("likeness");
  const [content, contentMs] = timed("content");
  return { likely: likeness.likeness.likely, points: likeness.likeness.points, likenessMs, contentMs,
    blocks: content.kind === "content" ? content.content.blocks : [] };
}"""


def read_pages(rows: list[dict[str, Any]], reader: str) -> list[dict[str, Any]]:
    """What the reader says of each page."""
    shown = {"url": "", "html": ""}

    def answer(route: Route) -> None:
        if route.request.url.partition("#")[0] == shown["url"].partition("#")[0]:
            route.fulfill(body=shown["html"], headers=NO_SCRIPTS)
        else:
            route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"],
        )
        page = browser.new_page()
        page.route("**/*", answer)
        results = []
        for number, row in enumerate(rows):
            shown |= {"html": row["html"], "url": row["url"] or f"https://service.example/p/{number}"}
            results.append({**row, **ask(page, shown["url"], reader)})
        browser.close()
    return results


def ask(page: Page, url: str, reader: str) -> dict[str, Any]:
    page.goto(url, wait_until="domcontentloaded")
    page.evaluate(f"() => {{ {reader} }}")
    answer: dict[str, Any] = page.evaluate(ASK)
    return answer


def share(results: list[dict[str, Any]]) -> float:
    return sum(row["likely"] for row in results) / max(1, len(results))


def quantile(values: list[float], part: float) -> float:
    return sorted(values)[int(part * (len(values) - 1))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, default=REAL_PAGES)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in gzip.decompress(options.pages.read_bytes()).splitlines()]
    results = read_pages(rows, (EXTENSION / "reader.js").read_text(encoding="utf-8"))
    if options.out:
        lines = (
            json.dumps({"id": row["id"], "text": "\n".join(block["text"] for block in row["blocks"])})
            for row in results
        )
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    likeness = [row["likenessMs"] for row in results]
    content = [row["contentMs"] for row in results]
    figures: dict[str, float] = {
        "pages": len(results),
        "recognised": share(results),
        "recognised, of those whose address is recorded": share([row for row in results if row["url"]]),
        "recognised, privacy, terms and cookies": share(
            [row for row in results if row["document"].startswith(("Privacy", "Terms", "Trackers"))]
        ),
        "likeness ms, median": statistics.median(likeness),
        "likeness ms, 95 %": quantile(likeness, 0.95),
        "reading ms, median": statistics.median(content),
        "reading ms, 95 %": quantile(content, 0.95),
    }
    missed = [
        f"{row['id']} {row['document']} {row['lang']} {row['points']}" for row in results if not row["likely"]
    ]
    if options.json:
        print(json.dumps({**figures, "missed": missed}))
        return 0
    table = Table("", "")
    for name, value in figures.items():
        table.add_row(name, f"{value:,.3g}")
    Console().print(table)
    print("not recognised:\n  " + "\n  ".join(missed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
