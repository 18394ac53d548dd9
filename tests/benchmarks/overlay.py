"""Time of the whole overlay in Chromium on large real policies, against a floor in the same run.

    make bench-overlay [JSON=1]

Each page is opened afresh for every pass, settled, and then either the overlay is started (as the popup's
button does) or a floor is run in the same page, under the same trace. All start cold, as they do for a
reader: nearly all of the time goes to code that the browser has not compiled yet. Reported are medians over
the passes: milliseconds of walking, anchoring and painting (pauses between slices included), tasks over
50 ms, and what was laid out while it happened.

The floor is the least that any implementation must do, plainly written: walk the text nodes that can be seen
(one question for visibility a parent), normalise with an offset map, find 60 quotes by exact search, make 60
ranges, give them rules and paint them. It knows no blocks, no drift, no repeated or changed quote, no hidden
copy, no shadow root and no frame. ``bare`` is the same without asking for visibility and without rules: it
also "finds" text that nobody sees, and what it paints cannot be seen.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from e2e.support.archive import KnownPage, build_archive, real_pages, spaced_quotes
from e2e.support.browser import Browser, launch
from e2e.support.overlay import ask
from e2e.support.server import start_server

QUOTES = 60
LONG_TASK_MS = 50

FLOOR = """({ quotes, bare }) => {
  const start = performance.now();
  const floor = () => {  // compiled when it is called, as the overlay's functions are
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const nodes = [];
    const map = [];
    let text = "", space = true, parent = null, seen = true;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement !== parent) {
        parent = node.parentElement;
        const tag = parent.tagName;
        seen = tag !== "SCRIPT" && tag !== "STYLE" && tag !== "NOSCRIPT"
          && (bare || parent.checkVisibility({ visibilityProperty: true }));
      }
      if (!seen) continue;
      const at = nodes.push(node) - 1;
      const data = node.data;
      for (let i = 0; i < data.length; i++) {
        const code = data.charCodeAt(i);
        if (code <= 32 || code === 160) {
          if (space) continue;
          space = true;
          text += " ";
        } else {
          space = false;
          text += code === 8217 || code === 8216 ? "'" : code === 8220 || code === 8221 ? '"' : data[i];
        }
        map.push(at, i);
      }
    }
    const found = [];
    for (const quote of quotes) {
      const exact = quote.replace(/[\\u2018\\u2019]/g, "'").replace(/[\\u201c\\u201d]/g, '"');
      const from = text.indexOf(exact);
      if (from < 0) continue;
      const range = document.createRange();
      range.setStart(nodes[map[2 * from]], map[2 * from + 1]);
      const to = from + exact.length - 1;
      range.setEnd(nodes[map[2 * to]], map[2 * to + 1] + 1);
      found.push(range);
    }
    const groups = [[], [], [], [], []];
    found.forEach((range, i) => groups[i % 5].push(range));
    groups.forEach((ranges, i) => CSS.highlights.set("floor-" + i, new Highlight(...ranges)));
    if (!bare) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(groups.map((_, i) => `::highlight(floor-${i}){background-color:#ffe${i}}`).join(""));
      document.adoptedStyleSheets.push(sheet);
    }
    return { found: found.length, characters: text.length };
  };
  const result = floor();
  return { ms: performance.now() - start, ...result };
}"""

WATCH = """() => {
  window.benchLong = [];
  new PerformanceObserver((list) => window.benchLong.push(...list.getEntries().map((e) => e.duration)))
    .observe({ entryTypes: ["longtask"] });
}"""

MEASURES = """() => Object.fromEntries(performance.getEntriesByType("measure")
  .filter((e) => e.name.startsWith("clauselight:")).map((e) => [e.name.slice(12), e.duration]))"""


@dataclass
class Row:
    """Medians for one page."""

    page: str
    characters: int
    painted: int
    walk_ms: float
    anchor_ms: float
    paint_ms: float
    overlay_ms: float
    floor_ms: float
    ratio: float
    bare_ms: float
    bare_ratio: float
    longest_task_ms: float
    laid_out_objects: int
    page_objects: int


def settled(browser: Browser, url: str) -> Page:
    page = browser.context.new_page()
    page.goto(url)
    page.wait_for_timeout(1_500)
    return page


def traced(page: Page) -> CDPSession:
    """Watch the page's tasks and layouts; floors and overlay alike, for watching costs time."""
    page.evaluate(WATCH)
    session = page.context.new_cdp_session(page)
    session.send("Tracing.start", {"categories": "devtools.timeline", "transferMode": "ReportEvents"})
    return session


def floor_pass(browser: Browser, known: KnownPage, *, bare: bool) -> dict[str, Any]:
    page = settled(browser, known.url)
    session = traced(page)
    result: dict[str, Any] = page.evaluate(FLOOR, {"quotes": list(known.quotes), "bare": bare})
    layouts(session, page)
    page.close()
    return result


def layouts(session: CDPSession, page: Page) -> list[dict[str, Any]]:
    """Stop the trace and return what each layout in it touched."""
    events: list[dict[str, Any]] = []
    done: list[bool] = []
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    session.on("Tracing.tracingComplete", lambda _: done.append(True))
    session.send("Tracing.end")
    for _ in range(100):
        if done:
            break
        page.wait_for_timeout(50)
    return [
        event["args"]["beginData"]
        for event in events
        if event.get("name") == "Layout" and "beginData" in event.get("args", {})
    ]


def overlay_pass(browser: Browser, known: KnownPage) -> dict[str, Any]:
    page = settled(browser, known.url)
    session = traced(page)
    ask(browser, "page.highlight", {"tabId": browser.tab_id(page)})
    browser.wait_painted(page)
    page.wait_for_timeout(600)
    touched = layouts(session, page)
    result = {
        "measures": page.evaluate(MEASURES),
        "long": page.evaluate("window.benchLong"),
        "painted": len(browser.painted(page)),
        "dirty": max((item.get("dirtyObjects", 0) for item in touched), default=0),
        "total": max((item.get("totalObjects", 0) for item in touched), default=0),
    }
    page.close()
    return result


def bench(browser: Browser, known: KnownPage, passes: int) -> Row:
    floors, bares, overlays = [], [], []
    for _ in range(passes):  # alternating, so that a noisy neighbour disturbs all
        floors.append(floor_pass(browser, known, bare=False))
        bares.append(floor_pass(browser, known, bare=True))
        overlays.append(overlay_pass(browser, known))

    def median(name: str) -> float:
        return statistics.median(item["measures"].get(name, 0.0) for item in overlays)

    total = statistics.median(sum(item["measures"].values()) for item in overlays)
    floor = statistics.median(item["ms"] for item in floors)
    bare = statistics.median(item["ms"] for item in bares)
    return Row(
        page=known.name,
        characters=floors[0]["characters"],
        painted=overlays[0]["painted"],
        walk_ms=round(median("walk"), 1),
        anchor_ms=round(median("anchor"), 1),
        paint_ms=round(median("paint"), 1),
        overlay_ms=round(total, 1),
        floor_ms=round(floor, 1),
        ratio=round(total / floor, 2),
        bare_ms=round(bare, 1),
        bare_ratio=round(total / bare, 2),
        longest_task_ms=round(statistics.median(max(item["long"], default=0.0) for item in overlays), 1),
        laid_out_objects=max(item["dirty"] for item in overlays),
        page_objects=max(item["total"] for item in overlays),
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=4, help="how many of the largest pages")
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    pages = [
        KnownPage(page.name, page.url, page.html, spaced_quotes(page.html.encode(), QUOTES))
        for page in real_pages(options.pages, largest=True)
    ]
    if not pages:
        print("The large pages lie in ../shared/data/extraction, which is not here.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        archive = Path(folder) / "archive"
        archive.mkdir()
        build_archive(archive, pages)
        with (
            start_server(archive) as server,
            launch(Path(folder), server.address, all_sites=True) as browser,
        ):
            browser.settings(mode="manual")
            for page in pages:
                browser.pages[page.url] = page.html
            rows = [bench(browser, page, options.passes) for page in pages]
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
        return 0
    table = Table(title=f"Overlay with {QUOTES} provisions, medians of {options.passes} cold passes")
    for name in asdict(rows[0]):
        table.add_column(name, justify="left" if name == "page" else "right")
    for row in rows:
        table.add_row(*(str(value) for value in asdict(row).values()))
    Console(width=200).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
