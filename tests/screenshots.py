"""Takes the README's pictures from the running product: `make screenshots`.

The pictures of analysed pages need the collection of real pages in ../shared; without it the old ones stay.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page, expect

sys.path.insert(0, str(Path(__file__).parent))

from e2e.support.archive import REAL_PAGES
from e2e.support.browser import Browser, launch
from e2e.support.overlay import jump, read_openly
from e2e.support.server import start_server

OUT = Path(__file__).parents[1] / "extension" / "screenshots"
CLAUSE = "Private photos, notes and messages train AI models"

ANALYSED = {
    "terms": "genai-eu-203144518109",
    "privacy": "GenAI-44c422ad2517",
    "dating": "dating-991308af8fdf",
}
"""Real pages that nobody has analysed, by the name of their pictures."""


def clause_place(page: Page) -> tuple[float, float]:
    """A point inside the painted clause on AI training."""
    x, y = page.evaluate(
        """() => { for (const [name, highlight] of CSS.highlights) if (name.startsWith("clauselight"))
          for (const range of highlight) if (range.toString().includes("machine-learning models")) {
            const top = range.getBoundingClientRect().top + scrollY - 160;
            scrollTo({ top, behavior: "instant" });
            const box = range.getClientRects()[0];
            return [box.x + 20, box.y + 6]; } }"""
    )
    return x, y


def demo(browser: Browser, scheme: Literal["light", "dark"], size: tuple[int, int], name: str) -> Page:
    """The demo policy with a card open."""
    page = read_openly(browser, f"{browser.server}/demo/privacy")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_timeout(500)
    page.mouse.click(*clause_place(page))
    page.get_by_role("dialog").wait_for()
    page.wait_for_timeout(400)
    page.screenshot(path=OUT / name)
    return page


Look = tuple[Literal["light", "dark"], tuple[int, int], str]
LOOKS: tuple[Look, ...] = (
    ("light", (1200, 760), ""),
    ("dark", (1200, 760), "-dark"),
    ("light", (390, 760), "-narrow"),
)


def analysed(browser: Browser, row: dict[str, Any], name: str) -> None:
    """A real page after "Analyse with my server", with the card of its worst clause open."""
    headers = {"content-security-policy": "script-src 'none'"}  # it was recorded after its scripts had run
    browser.pages[row["url"]] = (row["html"], headers)
    for scheme, (width, height), suffix in LOOKS:
        page = browser.context.new_page()
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": height})
        page.goto(row["url"], wait_until="domcontentloaded")
        browser.open_shadow_in(page)
        tab = browser.tab_id(page)
        popup = browser.extension_page(f"popup.html?tab={tab}", viewport={"width": 380, "height": 700})
        popup.emulate_media(color_scheme=scheme)
        popup.get_by_role("button", name="Look at this page").click()
        popup.get_by_label("Keep it on my server").uncheck()
        popup.get_by_role("button", name="Analyse with my server").click()
        expect(popup.locator("#popup-count")).to_be_visible(timeout=30_000)
        browser.wait_painted(page)
        popup.wait_for_timeout(400)
        if not suffix:
            popup.screenshot(path=OUT / f"analysed-{name}-popup.png")
        page.bring_to_front()
        worst = popup.locator("[data-provision]").first.get_attribute("data-provision")
        assert worst and jump(browser, page, worst)
        page.locator("clauselight-overlay .card").wait_for()
        page.wait_for_timeout(500)
        if suffix == "-narrow":  # the card fills the screen: what is special about an automatic label
            page.locator("clauselight-overlay h3", has_text="The original words").scroll_into_view_if_needed()
            page.locator("clauselight-overlay h3", has_text="Why this label").scroll_into_view_if_needed()
            page.wait_for_timeout(200)
        page.screenshot(path=OUT / f"analysed-{name}{suffix}.png")
        popup.close()
        page.close()


def analysed_pages(browser: Browser) -> None:
    """Pictures of real pages; none when the collection is not there."""
    if not REAL_PAGES.exists():
        return
    browser.settings(mode="manual")
    rows = [json.loads(line) for line in gzip.decompress(REAL_PAGES.read_bytes()).splitlines()]
    for name, identity in ANALYSED.items():
        analysed(browser, next(row for row in rows if row["id"] == identity), name)


def main() -> int:
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        (Path(folder) / "archive").mkdir()
        with (
            start_server(Path(folder) / "archive") as server,
            launch(Path(folder), server.address, all_sites=True) as browser,
        ):
            demo(browser, "dark", (1200, 760), "demo-card-dark.png").close()
            page = demo(browser, "light", (1200, 760), "demo-card.png")
            tab = browser.tab_id(page)
            for name, width, height in (("panel", 420, 760), ("popup", 380, 560)):
                shown = browser.extension_page(
                    f"{name}.html?tab={tab}", viewport={"width": width, "height": height}
                )
                shown.wait_for_timeout(800)
                shown.screenshot(path=OUT / f"{name}.png")
            analysed_pages(browser)
    print(f"Pictures written to {OUT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
