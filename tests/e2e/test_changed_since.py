""" "Changed since you last read this": on the badge, in the popup and in the panel; remembered here alone."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from clauselight.contract.record_rules import SnapshotFacts
from clauselight.store.engine import open_archive
from clauselight.store.provisions import get_provision, save_provision
from e2e.support.archive import TODAY, KnownPage, build_archive
from e2e.support.axe import violations_in_both_schemes
from e2e.support.browser import Browser, launch
from e2e.support.server import start_server

URL = "https://news.example/privacy"
OLD = "We share your contact details with advertising partners in the United States for two years."
NEW = "We share your contact details and location with advertising partners everywhere for five years."
KEPT = "You may ask us for a copy of your data, and we answer within one month of the day we get your letter."
HTML = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Privacy</title></head><body>
<main><h1>Privacy policy</h1><p>{OLD}</p><p>{KEPT}</p></main></body></html>"""
TITLE = "Clause number 1"


async def change_in_archive(folder: Path) -> None:
    """The clause is found reworded, and graver, today."""
    engine = open_archive(folder / "archive.sqlite")
    async with engine.begin() as connection:
        record = await get_provision(connection, "CL-P-900001")
        assert record is not None
        raw: dict[str, Any] = record.model_dump(mode="json")
        raw["severity"] = "critical"
        raw["quote"]["selector"]["exact"] = NEW
        raw["history"]["changes"].append(
            {
                "date": TODAY.isoformat(),
                "kind": "modified",
                "summary": "More is shared, with more companies, for longer.",
                "severity_from": record.severity.value,
                "severity_to": "critical",
                "old_quote": OLD,
                "new_quote": NEW,
            }
        )
        facts = SnapshotFacts(raw["provenance"]["sha256"], quote_found=True)
        changed = type(record).model_validate(raw)
        await save_provision(connection, changed, today=dt.datetime.now(dt.UTC).date(), snapshot=facts)
    await engine.dispose()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("news")
    build_archive(made, [KnownPage("News", URL, HTML, (OLD, KEPT))])
    return made


@pytest.fixture(scope="module")
def reader(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with (
        start_server(folder) as server,
        launch(tmp_path_factory.mktemp("reader"), server.address, all_sites=True) as running,
    ):
        running.pages[URL] = HTML
        yield running


def days_pass(browser: Browser, days: int) -> None:
    """What is remembered becomes so many days older."""
    browser.in_extension(
        """async (ms) => {
          const { lastRead } = await chrome.storage.local.get("lastRead");
          for (const kept of Object.values(lastRead)) {
            kept.latest.at -= ms;
            if (kept.before) kept.before.at -= ms;
          }
          await chrome.storage.local.set({ lastRead });
        }""",
        days * 86_400_000,
    )


def badge(browser: Browser, tab: int) -> list[str]:
    found: list[str] = browser.in_extension(
        """async (tabId) => [
          await chrome.action.getBadgeText({ tabId }), await chrome.action.getTitle({ tabId })]""",
        tab,
    )
    return found


def test_the_second_visit_tells_what_changed_since_the_first(reader: Browser, folder: Path) -> None:
    page = reader.read(URL)
    assert badge(reader, reader.tab_id(page))[0] == "2"
    assert reader.state(page)["changedSince"] == []
    page.close()

    days_pass(reader, 3)
    # Playwright has an event loop of its own in this thread.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, change_in_archive(folder)).result()
    reader.pages[URL] = HTML.replace(OLD, NEW)

    def told() -> bool:
        reader.refresh_index()  # forgets no page, but asks for its bucket again
        visited = reader.read(URL)
        news = bool(reader.state(visited)["changedSince"])
        if not news:
            visited.close()
        return news

    reader.wait_for(told, "the change did not arrive")
    page = next(one for one in reader.context.pages if one.url == URL)
    tab = reader.tab_id(page)
    text, title = badge(reader, tab)
    assert text == "2•"
    assert "Changed since you last read it" in title

    for name in ("popup", "panel"):
        shown = reader.extension_page(f"{name}.html?tab={tab}", viewport={"width": 380, "height": 900})
        notice = shown.get_by_role("region", name="What changed")
        expect(notice).to_contain_text("Changed since you last read this")
        expect(notice.get_by_role("button")).to_have_count(1)
        expect(notice).to_contain_text(f"Changed: {TITLE}")
        expect(notice).to_contain_text("Critical")
        assert violations_in_both_schemes(shown) == []
        if name == "panel":
            notice.get_by_role("button").click()
            expect(shown.get_by_role("heading", name=TITLE)).to_be_visible()
            shown.get_by_text("History", exact=True).click()
            changes = shown.locator(".changes")
            assert "United States" in " ".join(changes.locator("del").all_inner_texts())
            assert "everywhere" in " ".join(changes.locator("ins").all_inner_texts())
        shown.close()
    page.close()


def test_switched_off_it_forgets_and_remembers_nothing(reader: Browser) -> None:
    options = reader.extension_page("options.html")
    options.get_by_label("Tell me what changed since I last read a document").uncheck()
    reader.wait_for(
        lambda: not reader.in_extension("async () => (await chrome.storage.local.get('lastRead')).lastRead"),
        "it was not forgotten",
    )
    page = reader.read(URL)
    assert reader.state(page)["changedSince"] == []
    assert not reader.in_extension("async () => (await chrome.storage.local.get('lastRead')).lastRead")
    page.close()
    options.close()
