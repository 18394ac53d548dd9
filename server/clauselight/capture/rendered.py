"""Pages that only exist after their scripts ran: an installed Chromium runs them, and we answer its requests.

The browser opens no connection. Each request of the page is taken from it, fetched by our own fetcher under
the same address rules, and handed back; pictures, media, fonts, frames, sockets, service workers, downloads
and popups are refused. The browser is started for one page and ended with it, so that no page leaves anything
to the next. robots.txt is asked for the page, not for the parts that it shows itself with.
"""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import socket
import time
from typing import TYPE_CHECKING, Final

from .chromium import ARGUMENTS, find_chromium, sandboxed
from .fetched import Fetched
from .page_requests import PageRequests
from .problems import CaptureProblem, FetchFailed, FetchRefused
from .safe_fetch import Fetcher

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Playwright, WebSocketRoute

AT_ONCE: Final = 1
"""Browsers at a time: each takes a few hundred megabytes and all of a core."""
LOOK_EVERY: Final = 0.25
STEADY: Final = 1.5
"""Seconds without a request and with the same amount of text, after which a page has shown what it has."""
EMPTY: Final = 6.0
"""The same for a page that shows no text yet."""
SAME: Final = 0.01
"""Share of the text that may come and go, as counters and slides do."""
CLOSING: Final = 5.0

_BOM: Final = b"\xef\xbb\xbf"
"""Says UTF-8 louder than the `meta` of a page that came in another encoding."""

_FORGET = """() => {
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "SharedWorker"]) {
    try { delete window[name]; } catch { /* it stays, and leads nowhere */ }
  }
  window.open = () => null;
}"""
_LENGTH = "() => (document.body ? document.body.innerText.length : 0)"


class Renderer:
    """Renders pages that the fetcher fetched."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def render(self, plain: Fetched) -> Fetched:
        """The page as it looks after its scripts ran: the whole document in UTF-8, `method` rendered.

        Raises FetchRefused (`too-large`), FetchFailed (`browser-missing`, `render-failed`).
        """
        try:
            from playwright.async_api import Error, async_playwright
        except ImportError:
            raise FetchFailed(
                "browser-missing",
                "The page shows its text only after its scripts have run; that needs the part that drives a "
                "browser: pip install 'clauselight[browser]'.",
                url=plain.final_url,
            ) from None
        path = find_chromium(self._fetcher.policy.chromium)
        async with self._turns:
            began = time.monotonic()
            try:
                async with async_playwright() as playwright:
                    rendered = await self._with_browser(playwright, path, plain)
            except CaptureProblem as problem:
                problem.url = problem.url or plain.final_url
                raise
            except TimeoutError:
                seconds = self._fetcher.policy.render_seconds
                raise FetchFailed(
                    "render-failed",
                    f"The page was still changing after {seconds:.0f} seconds of running its scripts.",
                    url=plain.final_url,
                ) from None
            except Error as error:
                what = error.message.partition("\n")[0]
                raise FetchFailed(
                    "render-failed", f"The browser could not show the page ({what}).", url=plain.final_url
                ) from error
            spent = round((time.monotonic() - began) * 1000)
            return dataclasses.replace(rendered, milliseconds=plain.milliseconds + spent)

    async def _with_browser(self, playwright: Playwright, path: str, plain: Fetched) -> Fetched:
        # A port that is taken and where nobody listens: the proxy of everything we do not answer.
        with socket.socket() as nowhere:
            nowhere.bind(("127.0.0.1", 0))
            async with asyncio.timeout(self._fetcher.policy.render_seconds):
                browser = await playwright.chromium.launch(
                    executable_path=path,
                    headless=True,
                    args=list(ARGUMENTS),
                    proxy={"server": f"http://127.0.0.1:{nowhere.getsockname()[1]}"},
                    chromium_sandbox=sandboxed(),
                    handle_sigint=False,
                    handle_sigterm=False,
                    handle_sighup=False,
                )
            try:
                async with asyncio.timeout(self._fetcher.policy.render_seconds):
                    return await self._show(browser, plain)
            finally:
                try:
                    async with asyncio.timeout(CLOSING):
                        await browser.close()
                except TimeoutError:
                    """The end of Playwright's own process ends the browser too."""

    async def _show(self, browser: Browser, plain: Fetched) -> Fetched:
        context = await browser.new_context(
            user_agent=self._fetcher.policy.agent,
            accept_downloads=False,
            service_workers="block",
            viewport={"width": 1280, "height": 2000},
            reduced_motion="reduce",
        )
        await context.add_init_script(f"({_FORGET})()")
        page = await context.new_page()
        requests = PageRequests(self._fetcher, page, plain)
        await context.route("**/*", requests.answer)
        await context.route_web_socket("**/*", _refuse_socket)
        context.on("page", lambda other: asyncio.ensure_future(other.close()))
        await _open(page, plain.final_url, requests)
        await _settle(page, requests)
        if requests.problem is not None:
            raise requests.problem
        text = await page.content()
        body = _BOM + text.encode("utf-8", "replace")
        most = self._fetcher.policy.most_bytes
        if len(body) > most:
            raise FetchRefused("too-large", f"The rendered page has more than {most:,} bytes.")
        shown = requests.shown
        about_transfer = {"etag", "last-modified", "content-encoding", "content-type"}
        return dataclasses.replace(
            shown,
            url=plain.url,
            redirects=(*plain.redirects, *requests.passed),
            started_at=dt.datetime.now(dt.UTC),
            media_type="text/html",
            charset="utf-8",
            body=body,
            headers=tuple(item for item in shown.headers if item[0].lower() not in about_transfer),
            sent=(),
            method="rendered",
        )


async def _open(page: Page, url: str, requests: PageRequests) -> None:
    from playwright.async_api import Error

    try:
        await page.goto(url, wait_until="domcontentloaded", timeout=0)
    except Error as error:
        if requests.problem is None and "interrupted" not in error.message:  # by its own scripts
            raise


async def _settle(page: Page, requests: PageRequests) -> None:
    """Wait until the page asks for nothing more and its text stays."""
    length, since = -1, time.monotonic()
    while requests.problem is None:
        await asyncio.sleep(LOOK_EVERY)
        try:
            now = int(await page.evaluate(_LENGTH))
        except Exception as error:
            if "navigat" not in str(error).lower() and "destroyed" not in str(error).lower():
                raise
            now = -1  # it went on to another page in this moment
        if requests.running or now < 0 or abs(now - length) > SAME * max(length, 0):
            since = time.monotonic()
        length = now
        if time.monotonic() - since >= (STEADY if length > 0 else EMPTY):
            return


async def _refuse_socket(route: WebSocketRoute) -> None:
    await route.close()
