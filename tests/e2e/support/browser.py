"""Chromium with the unpacked extension, permissions granted through the real click path."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, sync_playwright

EXTENSION = Path(
    os.environ.get("CLAUSELIGHT_TEST_EXTENSION")
    or Path(__file__).parents[3] / "extension" / "dist" / "chromium"
)
"""The unpacked extension under test; the variable lets one test a copy while another build runs."""

ALL_SITES = ["http://*/*", "https://*/*"]

HTML = {"content-type": "text/html; charset=utf-8"}

OPEN_SHADOW = """() => {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: "open" }); };
}"""
"""The overlay's shadow root is closed. Run in the extension's world of a page before the overlay starts, this
opens it, so that tests (and axe) can look inside as a reader does."""


def chromium() -> str:
    """Path of the browser; fails with what to do, never skips."""
    candidates = [os.environ.get("CLAUSELIGHT_CHROMIUM"), "chromium", "chromium-browser"]
    for name in candidates:
        if name and (path := shutil.which(name)):
            return path
    raise RuntimeError("No Chromium for the browser tests: run 'make browsers' or set CLAUSELIGHT_CHROMIUM.")


def extension_id(path: Path) -> str:
    """The id that Chromium gives an unpacked extension without a key: from its absolute path."""
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:32]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest)


@dataclass
class Browser:
    """A running browser. `pages` maps https addresses to the HTML that stands there."""

    context: BrowserContext
    id: str
    server: str
    pages: dict[str, str | tuple[str, dict[str, str]]] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    _control: Page | None = None

    def forget(self) -> None:
        """As it was when it was launched with access to all sites: no other pages, nothing stored or kept."""
        control = self.control
        for page in self.context.pages:
            if page is not control:
                page.close()
        self.pages.clear()
        self.missed.clear()
        control.evaluate(
            """async (origins) => {
              await chrome.permissions.remove({ origins });
              await Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear()]);
              for (const name of await caches.keys()) await caches.delete(name);
            }""",
            ALL_SITES,
        )
        self.settings(serverAddress=self.server, onboarded=True)
        self.grant(tuple(ALL_SITES))
        self.refresh_index()

    def url(self, page: str) -> str:
        """Address of one of the extension's pages."""
        return f"chrome-extension://{self.id}/{page}"

    @property
    def control(self) -> Page:
        """One of the extension's pages, kept open to act with the extension's rights."""
        if self._control is None or self._control.is_closed():
            self._control = self.extension_page("options.html")
        return self._control

    def in_extension(self, script: str, argument: Any = None) -> Any:
        """Run a function with the extension's rights."""
        return self.control.evaluate(script, argument)

    def extension_page(self, name: str, **options: Any) -> Page:
        """Open one of the extension's pages in a tab."""
        page = self.context.new_page()
        if options:
            page.set_viewport_size(options["viewport"])
        page.goto(self.url(name))
        return page

    def tab_id(self, page: Page) -> int:
        """The browser's number of a tab, found by its address."""
        found = self.in_extension(
            "async (url) => (await chrome.tabs.query({})).filter(t => t.url === url).map(t => t.id)", page.url
        )
        assert found, f"no tab shows {page.url}"
        return int(found[-1])

    def settings(self, **changes: Any) -> None:
        """Change settings as the options page would store them."""
        self.in_extension(
            """async (changes) => {
              const { settings } = await chrome.storage.local.get("settings");
              await chrome.storage.local.set({ settings: { ...settings, ...changes } });
            }""",
            changes,
        )

    def grant(self, patterns: tuple[str, ...]) -> None:
        """Ask for access with a real click, as the extension's own buttons do."""
        page = self.control
        page.evaluate(
            """(origins) => {
              const button = document.createElement("button");
              button.id = "test-grant";
              button.textContent = "grant";
              button.style.cssText = "position:fixed;inset:0;z-index:9";
              button.addEventListener("click", async () => {
                button.dataset.answer = String(await chrome.permissions.request({ origins }));
              });
              document.body.append(button);
            }""",
            list(patterns),
        )
        page.click("#test-grant")
        page.wait_for_selector("#test-grant[data-answer=true]")
        page.evaluate("() => document.getElementById('test-grant').remove()")

    @contextmanager
    def toolbar_popup(self, page: Page) -> Iterator[Page]:
        """The popup about a page, after a press of the extension's button in the toolbar.

        The press grants `activeTab` for the page. The real popup belongs to no tab that a test can click in:
        its page is opened beside the other one.
        """
        page.bring_to_front()
        tabs = self.in_extension(
            "async () => (await chrome.tabs.query({ active: true })).map((tab) => tab.id)"
        )
        assert self.context.browser is not None
        session = self.context.browser.new_browser_cdp_session()
        found = session.send("Target.getTargets", {"filter": [{}]})["targetInfos"]
        target = next(item for item in found if item["type"] == "tab" and item["url"] == page.url)
        session.send("Extensions.triggerAction", {"id": self.id, "targetId": target["targetId"]})
        session.detach()
        popup = self.extension_page(f"popup.html?tab={tabs[-1]}")
        yield popup
        popup.close()

    def wait_for(self, holds: Callable[[], bool], otherwise: str) -> None:
        """Wait until something holds, at the most 10 seconds."""
        for _ in range(100):
            if holds():
                return
            self.control.wait_for_timeout(100)
        raise AssertionError(otherwise)

    def refresh_index(self) -> None:
        """Fetch the list of known addresses now, as the options page's button does."""
        reply = self.in_extension(
            "() => chrome.runtime.sendMessage({ to: 'background', name: 'server.refresh', body: {} })"
        )
        assert reply["ok"], reply

    def read(self, url: str, *, wait: bool = True) -> Page:
        """Open a page and wait until its clauses are painted."""
        page = self.context.new_page()
        page.goto(url)
        if wait:
            self.wait_painted(page)
        return page

    def wait_painted(self, page: Page) -> None:
        """Wait until something is painted on a page."""
        page.wait_for_function(
            "() => [...CSS.highlights].some(([n, h]) => n.startsWith('clauselight') && h.size)",
            timeout=15_000,
        )

    def painted(self, page: Page) -> list[str]:
        """The texts of all painted ranges, white space collapsed."""
        texts: list[str] = page.evaluate(
            """() => [...CSS.highlights].filter(([name]) => name.startsWith("clauselight"))
                 .flatMap(([, highlight]) => [...highlight].map((range) => {
                   if (range instanceof Range) return range.toString();
                   const live = document.createRange();
                   live.setStart(range.startContainer, range.startOffset);
                   live.setEnd(range.endContainer, range.endOffset);
                   return live.toString();
                 }))"""
        )
        return [" ".join(text.split()) for text in texts]

    def state(self, page: Page) -> dict[str, Any]:
        """What the extension knows of a tab, as popup and panel are told."""
        reply: dict[str, Any] = self.in_extension(
            "(body) => chrome.runtime.sendMessage({ to: 'background', name: 'page.state', body })",
            {"tabId": self.tab_id(page)},
        )
        assert reply["ok"], reply
        return dict(reply["value"])

    def open_shadow_in(self, page: Page) -> None:
        """Let the test see into the overlay of a page; call before the overlay starts."""
        self.in_extension(
            f"async (target) => chrome.scripting.executeScript({{ target, func: {OPEN_SHADOW} }})",
            {"tabId": self.tab_id(page)},
        )


@contextmanager
def launch(
    folder: Path,
    server: str,
    *,
    all_sites: bool,
    grantable: tuple[str, ...] = (),
    optional: tuple[str, ...] = (),
    arguments: tuple[str, ...] = (),
    refresh: bool = True,
) -> Iterator[Browser]:
    """A browser with a fresh profile in `folder`, the extension loaded and its server set.

    `grantable` are patterns of sites for which the browser says yes when the extension asks on a real click;
    with `all_sites` they are all, and were asked for. `optional` are other permissions that it grants so.
    `refresh`: the list of documents is fetched.
    """
    assert EXTENSION.is_dir(), "the extension is not built: run 'make extension'"
    identity = extension_id(EXTENSION)
    profile = folder / "profile"
    patterns = ALL_SITES if all_sites else list(grantable)
    if patterns:
        _prepare_grant(profile, identity, patterns, optional)
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium(),
            headless=True,
            args=[
                "--no-sandbox",
                f"--disable-extensions-except={EXTENSION}",
                f"--load-extension={EXTENSION}",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--disable-quic",
                "--enable-unsafe-extension-debugging",  # to press the toolbar button
                *arguments,
            ],
        )
        context.set_default_timeout(15_000)
        running = Browser(context, identity, server)
        context.route("https://**/*", lambda route: _fulfil(running, route))
        context.route("http://**/*", lambda route: _fulfil(running, route))
        try:
            if not patterns:  # a prepared profile counts as installed before
                _first_run_page(running).close()
            running.settings(serverAddress=server, onboarded=True)
            if all_sites:
                running.grant(tuple(ALL_SITES))
            if refresh:
                running.refresh_index()
            yield running
        finally:
            context.close()


def _fulfil(running: Browser, route: Route) -> None:
    url = route.request.url
    if url.startswith(("http://127.0.0.1", running.server + "/")):  # workers' requests come by here too
        route.continue_()
        return
    known = running.pages.get(url) or running.pages.get(url.partition("#")[0])
    if known is None:
        running.missed.append(url)
        route.abort()
        return
    body, headers = known if isinstance(known, tuple) else (known, {})
    route.fulfill(body=body, headers={**HTML, **headers})


def _first_run_page(running: Browser) -> Page:
    """The page that opens on installation."""
    for page in running.context.pages:
        if "onboarding.html" in page.url:
            return page
    page = running.context.wait_for_event("page", predicate=lambda p: True, timeout=15_000)
    page.wait_for_url("**/onboarding.html*")
    return page


def _prepare_grant(profile: Path, identity: str, patterns: list[str], optional: tuple[str, ...]) -> None:
    """Lets `permissions.request()` succeed without a prompt that no test could click (BROWSER.md)."""
    granted = {
        "api": list(optional),
        "explicit_host": patterns,
        "manifest_permissions": [],
        "scriptable_host": [],
    }
    entry = {
        "location": 8,
        "path": str(EXTENSION),
        "granted_permissions": granted,
        "runtime_granted_permissions": granted,
    }
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(
        json.dumps({"extensions": {"settings": {identity: entry}}})
    )
