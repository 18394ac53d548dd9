"""axe-core on a page, whatever its content security policy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[3] / "extension" / "node_modules" / "axe-core" / "axe.min.js"

SETTLED = """() => Promise.all(document.getAnimations()
  .filter((one) => one instanceof CSSTransition).map((one) => one.finished.catch(() => undefined)))"""


def violations(page: Page) -> list[str]:
    """What axe finds, one sentence each: rule, impact, and the elements."""
    source = AXE.read_text(encoding="utf-8")
    page.evaluate(f"() => {{ {source}; window.axe = axe; }}")
    # Colours that are still on their way between two themes are nobody's choice.
    page.evaluate(SETTLED)
    found: list[dict[str, Any]] = page.evaluate(
        "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
    )
    return [
        f"{item['id']} ({item['impact']}): {item['help']}: "
        + ", ".join(str(node["target"]) for node in item["nodes"][:5])
        for item in found
    ]
