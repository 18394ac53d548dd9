"""The Firefox build in a real Firefox: `make check-firefox`.

Not part of `make test`, which drives Chromium: no driver that we could take runs an extension in Firefox, so
this one speaks WebDriver BiDi itself, and a Firefox cannot be had everywhere. Starts a server with the
starter catalogue, installs `extension/dist/firefox`, reads the demo page, opens a clause by mouse and closes
it by keyboard, and opens every page of the extension. Prints what was seen; 1 when something failed.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import aiohttp

sys.path.insert(0, str(Path(__file__).parent))

from e2e.support.server import start_server

EXTENSION = Path(__file__).parents[1] / "extension" / "dist" / "firefox"
GECKO = "clauselight@clauselight.invalid"
UUID = "11111111-2222-4333-8444-555555555555"
PREFERENCES = {
    "extensions.webextensions.uuids": json.dumps({GECKO: UUID}),
    "extensions.webextOptionalPermissionPrompts": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
}
PAGES = {
    "onboarding.html": "See what you are agreeing to",
    "options.html": "Clauselight settings",
    "popup.html": "Not a known policy",
    "panel.html": "no policy that your server knows",
    "letter.html": "no such letter",
    "cases.html": "My requests",
}
"""Words that each page of the extension must show when it is opened by itself."""
SECONDS = 60
ESCAPE = "\ue00c"
HIGHLIGHTS = "[...CSS.highlights.keys()].filter((name) => name.startsWith('clauselight-')).length"
ACTIVE = "(CSS.highlights.get('clauselight-active')?.size ?? 0)"
FIRST = """(() => {
  for (const [name, highlight] of CSS.highlights) for (const range of highlight) {
    if (!name.startsWith("clauselight-")) continue;
    range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
    const words = document.createRange();
    words.setStart(range.startContainer, range.startOffset);
    words.setEnd(range.endContainer, range.endOffset);
    const box = words.getClientRects()[0];
    return JSON.stringify([Math.round(box.x + 8), Math.round(box.y + box.height / 2)]);
  }
})()"""


class Firefox:
    """A headless Firefox with the extension, by WebDriver BiDi."""

    def __init__(self, process: asyncio.subprocess.Process, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._process, self._socket = process, socket
        self._numbers = itertools.count(1)
        self.errors: list[str] = []

    async def call(self, method: str, **params: Any) -> Any:
        """One command; what the browser's log says meanwhile is kept when it is an error."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        async with asyncio.timeout(SECONDS):
            while True:
                said = json.loads(await self._socket.receive_str())
                if said.get("id") == number:
                    break
                if said.get("method") == "log.entryAdded" and said["params"]["level"] == "error":
                    self.errors.append(str(said["params"].get("text")))
        if said["type"] == "error":
            raise RuntimeError(f"{method}: {said['error']}: {said['message']}")
        return said["result"]

    async def open(self, url: str) -> str:
        """A new tab; its id."""
        tab = (await self.call("browsingContext.create", type="tab"))["context"]
        await self.call("browsingContext.navigate", context=tab, url=url, wait="none")
        return str(tab)

    async def value(self, tab: str, expression: str) -> Any:
        """What an expression is worth in a page; None while the page is being replaced."""
        result = await self.call(
            "script.evaluate", expression=expression, target={"context": tab}, awaitPromise=True
        )
        return result["result"].get("value") if result["type"] == "success" else None

    async def until(self, tab: str, expression: str) -> Any:
        """The value of an expression as soon as it is truthy; the last one when it never is."""
        value = None
        for _ in range(SECONDS * 4):
            if value := await self.value(tab, expression):
                break
            await asyncio.sleep(0.25)
        return value

    async def click(self, tab: str, x: int, y: int) -> None:
        """With the left button."""
        steps: list[dict[str, Any]] = [{"type": "pointerMove", "x": x, "y": y}]
        steps += [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        pointer = {"type": "pointer", "id": "mouse", "actions": steps}
        await self.call("input.performActions", context=tab, actions=[pointer])

    async def press(self, tab: str, key: str) -> None:
        """One key."""
        steps = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        await self.call(
            "input.performActions", context=tab, actions=[{"type": "key", "id": "keys", "actions": steps}]
        )


async def check(browser: Firefox, server: str) -> list[str]:
    """What failed."""
    failed: list[str] = []

    def see(what: str, seen: bool) -> None:
        print(f"{'ok    ' if seen else 'FAILED'} {what}")
        if not seen:
            failed.append(what)

    await browser.call("session.subscribe", events=["log.entryAdded"])
    await browser.call("webExtension.install", extensionData={"type": "path", "path": str(EXTENSION)})
    options = await browser.open(f"moz-extension://{UUID}/options.html")
    await browser.until(options, "document.body?.innerText.includes('Server')")
    # The server of the check has a port of its own.
    await browser.value(
        options,
        f"""(async () => {{
          const {{ settings }} = await browser.storage.local.get("settings");
          await browser.storage.local.set({{ settings: {{ ...settings, serverAddress: "{server}" }} }});
        }})()""",
    )
    demo = await browser.open(f"{server}/demo/privacy")
    severities = await browser.until(demo, HIGHLIGHTS)
    see(f"the demo page is highlighted ({severities} severities)", bool(severities and severities >= 4))
    await browser.call("browsingContext.activate", context=demo)
    await browser.value(demo, FIRST)
    await asyncio.sleep(1)  # what scrolls may move the page a little still
    await browser.click(demo, *json.loads(await browser.value(demo, FIRST) or "[0, 0]"))
    see("a click on a highlight opens its card", bool(await browser.until(demo, f"{ACTIVE} > 0")))
    await browser.press(demo, ESCAPE)
    see("Escape closes it", bool(await browser.until(demo, f"{ACTIVE} === 0")))
    for page, words in PAGES.items():
        tab = await browser.open(f"moz-extension://{UUID}/{page}")
        shown = await browser.until(tab, f"document.body?.innerText.includes({json.dumps(words)})")
        see(f"{page} says: {words}", bool(shown))
    ours = [one for one in browser.errors if "clauselight" in one.lower() or UUID in one]
    see("no error in the console", not ours)
    for one in ours:
        print(f"       {one[:200]}")
    return failed


async def run(firefox: str, server: str) -> int:
    """Start the browser, check, and end it."""
    with tempfile.TemporaryDirectory(prefix="clauselight-firefox-") as profile:
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()
        ]
        (Path(profile) / "user.js").write_text("\n".join(lines), encoding="utf-8")
        flags = ["--headless", "--no-remote", "--profile", profile]
        flags += ["--remote-debugging-port", "0", "--remote-allow-system-access"]
        process = await asyncio.create_subprocess_exec(
            firefox, *flags, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        try:
            assert process.stderr is not None
            async with asyncio.timeout(SECONDS):
                while not (found := re.search(rb"listening on (ws://\S+)", await process.stderr.readline())):
                    pass
            reading = asyncio.create_task(process.stderr.read())
            async with aiohttp.ClientSession() as session:
                address = f"{found[1].decode()}/session"
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    browser = Firefox(process, socket)
                    await browser.call("session.new", capabilities={})
                    failed = await check(browser, server)
            reading.cancel()
        finally:
            process.kill()
            await process.wait()
    return 1 if failed else 0


def main() -> int:
    """Run it; 2 when there is nothing to run."""
    firefox = shutil.which(os.environ.get("CLAUSELIGHT_FIREFOX", "")) or shutil.which("firefox-esr")
    firefox = firefox or shutil.which("firefox")
    if firefox is None:
        print("No Firefox: install it, or set CLAUSELIGHT_FIREFOX to its command.", file=sys.stderr)
        return 2
    if not EXTENSION.is_dir():
        print("The extension is not built: run 'make extension'.", file=sys.stderr)
        return 2
    with (
        tempfile.TemporaryDirectory(prefix="clauselight-data-") as data,
        start_server(Path(data)) as server,
    ):
        return asyncio.run(run(firefox, server.address))


if __name__ == "__main__":
    sys.exit(main())
