"""Takes the README's pictures from the running product: `make screenshots`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).parent))

from e2e.support.browser import Browser, launch
from e2e.support.overlay import read_openly
from e2e.support.server import start_server

OUT = Path(__file__).parents[1] / "extension" / "screenshots"
CLAUSE = "Private photos, notes and messages train AI models"


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
    print(f"Pictures written to {OUT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
