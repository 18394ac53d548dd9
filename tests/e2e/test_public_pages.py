"""Public pages in a real browser: axe finds nothing, light or dark; all fits a narrow window and works by
keyboard; nothing needs a script, and no page asks anybody else for anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright

from e2e.support.axe import violations_in_both_schemes
from e2e.support.browser import chromium as chromium_program
from e2e.support.server import Server

PAGES = [
    "/",
    "/search?q=personal+data",
    "/search?q=xyzzyx",
    "/provisions",
    "/provisions?severity=critical&category=sharing",
    "/provisions/CL-P-000001",
    "/provisions/CL-P-000004",
    "/provisions/CL-P-000004/letter",
    "/documents",
    "/documents/CL-D-000001",
    "/entities",
    "/entities/murmurloft",
    "/entities/murmurloft/letter",
    "/clause-types",
    "/clause-types/ai-training-on-user-content",
    "/compare",
    "/compare?type=ai-training-on-user-content",
    "/compare?entity=pinterest&entity=tiktok&entity=murmurloft&entity=ideogram",
    "/changes",
    "/methodology",
    "/monitored",
    "/nowhere",
]

USUAL: ViewportSize = {"width": 1280, "height": 720}
NARROW: ViewportSize = {"width": 320, "height": 640}
"""Also 1,280 pixels at 400 % zoom (WCAG 2.2, 1.4.10)."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """One browser without the extension for all tests here."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Chromium) -> Iterator[BrowserContext]:
    made = chromium.new_context()
    yield made
    made.close()


def test_axe_finds_nothing_and_everything_fits_a_narrow_window(
    context: BrowserContext, server: Server
) -> None:
    page = context.new_page()
    found, wide = {}, {}
    for path in PAGES:
        page.set_viewport_size(USUAL)
        page.goto(server.address + path)
        if wrong := violations_in_both_schemes(page):
            found[path] = wrong
        page.set_viewport_size(NARROW)
        page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        width = page.evaluate("() => document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            wide[path] = width
    assert found == {}
    assert wide == {}


def test_nothing_is_asked_of_anybody_else_and_nothing_fails(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    asked: set[str] = set()
    said: list[str] = []
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES[:-1]:
        page.goto(server.address + path, wait_until="networkidle")
    assert {url for url in asked if not url.startswith(server.address + "/")} == set()
    assert said == []


def test_pages_can_be_read_without_scripts(chromium: Chromium, server: Server) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.address}/provisions/CL-P-000001")
    assert page.get_by_role("heading", level=1).inner_text().startswith("AI and machine learning")
    assert page.get_by_role("button", name="Share").count() == 0
    page.get_by_text("Is such a clause usual?").click()
    assert page.get_by_text("4 of 5 organisations whose documents").is_visible()
    page.locator(".crumbs a").nth(1).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Pinterest Privacy Policy"
    page.goto(f"{server.address}/provisions")
    page.get_by_label("Critical").check()
    page.locator("[name=entity]").fill("Murmurloft")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_text("3 clauses fit at Murmurloft.").is_visible()
    context.close()


def press_until(page: Page, key: str, selector: str, most: int = 60) -> None:
    """Press a key until an element has the focus."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("(one) => document.activeElement?.matches(one) ?? false", selector):
            return
    raise AssertionError(f"{selector} is not reached by {key}")


def test_search_and_a_record_by_keyboard(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    page.goto(server.address + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Skip to the content"
    press_until(page, "Tab", "header input[type=search]")
    page.keyboard.type("arbitration")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=arbitration")
    press_until(page, "Tab", ".clause-head a")
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/provisions/CL-P-*")
    press_until(page, "Tab", "summary", most=80)
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.parentElement.open")


def test_the_link_can_be_copied(chromium: Chromium, server: Server) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{server.address}/provisions/CL-P-000005")
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith(f"{server.address}/provisions/CL-P-000005/")
    assert page.goto(copied).status == 200  # type: ignore[union-attr]
    context.close()


def test_on_paper_the_text_stays_and_the_furniture_goes(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    page.goto(f"{server.address}/provisions/CL-P-000001")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("header.top").is_visible()
    assert page.get_by_text("What it is").first.is_visible()
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.get_by_text("4 of 5 organisations whose documents").is_visible(), "nobody can open it there"


def test_a_comparison_is_whole_on_paper(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 720, "height": 1000})
    page.emulate_media(media="print")
    page.goto(f"{server.address}/compare?entity=pinterest&entity=tiktok&entity=murmurloft&entity=ideogram")
    assert not page.get_by_role("button", name="Compare").is_visible()
    tables = page.locator("table.matrix")
    for place in range(tables.count()):
        box = tables.nth(place).bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 720
    assert page.locator("table.matrix th", has_text="Ideogram").first.is_visible()
