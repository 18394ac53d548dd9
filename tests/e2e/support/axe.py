"""axe-core on a page, whatever its content security policy."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal

from playwright.sync_api import Page

AXE = Path(__file__).parents[3] / "extension" / "node_modules" / "axe-core" / "axe.min.js"

SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")

SETTLED = """() => {
  const roots = [document];
  for (const root of roots) {  // one that is found is looked through in its turn
    for (const one of root.querySelectorAll("*")) if (one.shadowRoot) roots.push(one.shadowRoot);
  }
  // To wait for them would be to wait for ever in a tab behind others. The end of one can be another's start.
  for (let pass = 0; pass < 5; pass += 1) {
    for (const one of roots.flatMap((root) => root.getAnimations())) {
      if (one instanceof CSSTransition) one.finish();
    }
  }
}"""


def violations(page: Page) -> list[str]:
    """What axe finds, one sentence each: rule, impact, and the elements."""
    if not page.evaluate("() => 'axe' in window"):
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


def violations_in_both_schemes(page: Page) -> list[str]:
    """What axe finds in light and in dark colours. To open a page costs more than to look at it: one that is
    open changes its colours as it does when its reader's system does. It is left in dark ones."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {one}" for one in violations(page)]
    return found
