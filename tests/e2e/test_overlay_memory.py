"""A page that keeps drawing itself again costs no memory; injected again, there is still one overlay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.support.archive import KnownPage, build_archive
from e2e.support.browser import Browser, launch
from e2e.support.overlay import highlight
from e2e.support.server import start_server

URL = "https://app.example/terms"
HTML = (Path(__file__).parents[1] / "fixtures" / "policies" / "own_app.html").read_text(encoding="utf-8")
QUOTES = (
    "You grant us a perpetual and worldwide licence to everything that you upload to the service.",
    "We may suspend your account at any time, without notice and without giving a reason.",
    "Disputes are settled by binding arbitration, and you waive the right to a class action.",
)

MOST_HEAP_GROWTH = 500_000
"""Bytes: a hundred kept copies of the page's text map would be several times as much."""

IN_PLACE = """(count) => {
  const ranges = [...CSS.highlights].filter(([n]) => n.startsWith("clauselight")).flatMap(([, h]) => [...h]);
  return ranges.length === count && ranges.every((r) => r.startContainer.isConnected && !r.collapsed);
}"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("app")
    build_archive(folder, [KnownPage("App", URL, HTML, QUOTES)])
    with (
        start_server(folder) as server,
        launch(tmp_path_factory.mktemp("reader"), server.address, all_sites=True) as running,
    ):
        running.pages[URL] = HTML
        yield running


def test_a_hundred_redrawings_keep_every_highlight_and_leave_memory_flat(reader: Browser) -> None:
    page = reader.read(URL)
    page.wait_for_function(IN_PLACE, arg=3)
    session = reader.context.new_cdp_session(page)

    def nodes_and_listeners() -> tuple[float, float]:
        session.send("HeapProfiler.collectGarbage")
        counts = session.send("Memory.getDOMCounters")
        return counts["nodes"], counts["jsEventListeners"]

    def redraw(times: int) -> None:
        for _ in range(times):
            page.evaluate("draw()")
            page.wait_for_timeout(30)
        page.wait_for_function(IN_PLACE, arg=3)
        page.wait_for_timeout(500)

    def heap_bytes() -> float:
        session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(item["value"] for item in metrics if item["name"] == "JSHeapUsedSize"))

    session.send("Performance.enable")
    redraw(20)
    before, heap_before = nodes_and_listeners(), heap_bytes()
    redraw(100)
    after, heap_after = nodes_and_listeners(), heap_bytes()
    assert sorted(reader.painted(page)) == sorted(QUOTES)
    assert page.locator("clauselight-overlay").count() == 1
    assert after[0] <= before[0] * 1.1 + 20, f"DOM nodes grew from {before[0]} to {after[0]}"
    assert after[1] <= before[1] + 5, f"listeners grew from {before[1]} to {after[1]}"
    assert heap_after <= heap_before + MOST_HEAP_GROWTH, f"heap grew from {heap_before} to {heap_after} bytes"
    page.close()


def test_a_second_injection_makes_no_second_overlay(reader: Browser) -> None:
    page = reader.read(URL)
    for _ in range(3):
        highlight(reader, page)
    page.wait_for_function(IN_PLACE, arg=3)
    assert page.locator("clauselight-overlay").count() == 1
    page.close()
