"""Real policies at their own addresses look and measure the same with and without the overlay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

from e2e.support.archive import KnownPage, build_archive, real_pages, spaced_quotes
from e2e.support.browser import Browser, launch
from e2e.support.server import Server, start_server

OWN = Path(__file__).parents[1] / "fixtures" / "policies" / "own_one.html"

MEASURE = """() => {
  // Every element's place and size, in document order; the overlay's one host element is left out.
  const skip = document.querySelector("clauselight-overlay");
  const rects = [...document.querySelectorAll("*")].filter((e) => e !== skip).map((e) => {
    const r = e.getBoundingClientRect();
    return [e.tagName, r.x, r.y + scrollY, r.width, r.height].join(" ");
  });
  return { text: document.body.innerText, nodes: document.querySelectorAll("*").length, rects,
           height: document.documentElement.scrollHeight, width: document.documentElement.scrollWidth,
           html: document.body.innerHTML };
}"""


REPAINT = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const painted = [...CSS.highlights].filter(([name]) => name.startsWith("clauselight"));
  for (const [name] of painted) CSS.highlights.delete(name);
  await frame();
  for (const [name, highlight] of painted) CSS.highlights.set(name, highlight);
  await frame();
}"""
"""Takes all highlights off and paints them again."""


def layouts_by_painting(page: Page) -> int:
    """How many layouts painting the same highlights again causes; the least of three tries, since pages
    have timers of their own."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def count() -> int:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return int(next(item["value"] for item in metrics if item["name"] == "LayoutCount"))

    caused = []
    for _ in range(3):
        before = count()
        page.evaluate(REPAINT)
        caused.append(count() - before)
        if caused[-1] == 0:
            break
    return min(caused)


def own_page() -> KnownPage:
    html = OWN.read_text(encoding="utf-8")
    return KnownPage("Own", "https://own.example/privacy", html, spaced_quotes(html.encode(), 6))


PAGES = [own_page(), *real_pages(20)]


@pytest.fixture(scope="module")
def known_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("known")
    build_archive(folder, PAGES)
    with start_server(folder) as started:
        yield started


@pytest.fixture(scope="module")
def reader(known_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with launch(tmp_path_factory.mktemp("reader"), known_server.address, all_sites=True) as running:
        yield running


def settle(page: Page) -> None:
    """Wait until late scripts of the page (most cannot load here) have stopped moving things."""
    page.wait_for_load_state("load")
    previous: Any = None
    for _ in range(20):
        current = page.evaluate(
            "[document.documentElement.scrollHeight, document.querySelectorAll('*').length]"
        )
        if current == previous:
            return
        previous = current
        page.wait_for_timeout(250)


@pytest.mark.parametrize("known", PAGES, ids=lambda known: known.name)
def test_text_layout_and_nodes_are_the_same(reader: Browser, known: KnownPage) -> None:
    reader.pages[known.url] = known.html

    reader.settings(mode="manual")
    plain = reader.read(known.url, wait=False)
    settle(plain)
    without = plain.evaluate(MEASURE)
    plain.close()

    reader.settings(mode="automatic")
    page = reader.context.new_page()
    ours: list[ConsoleMessage] = []
    page.on(
        "console", lambda message: ours.append(message) if "clauselight" in str(message).lower() else None
    )
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)) if "clauselight" in str(error) else None)
    page.goto(known.url)
    reader.wait_painted(page)
    settle(page)
    with_overlay = page.evaluate(MEASURE)

    assert with_overlay["text"] == without["text"]
    assert with_overlay["html"] == without["html"]
    assert with_overlay["rects"] == without["rects"]
    assert (with_overlay["height"], with_overlay["width"]) == (without["height"], without["width"])
    assert with_overlay["nodes"] - without["nodes"] == 1
    assert not ours
    assert not errors
    painted = reader.painted(page)
    assert len(painted) >= 0.9 * len(known.quotes)
    assert layouts_by_painting(page) == 0
    page.close()
