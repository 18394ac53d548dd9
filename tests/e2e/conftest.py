"""Browser tests: a real server, a real Chromium with the real extension, true https addresses.

Pages at https addresses are fulfilled by the test; every other name leads nowhere, so a request that
nobody expected fails instead of reaching the net. See `support/` for the parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.support.browser import Browser, launch
from e2e.support.proxy import RecordingProxy
from e2e.support.server import Server, start_server

LONGEST_FIRST = (
    "moderation",
    "curation",
    "tripwire",
    "page_untouched",
    "public_pages",
    "actions",
    "dispute",
    "web_letters",
    "reader",
    "signature",
    "analysis_popup",
    "accessibility",
    "overlay_jump",
    "overlay_pages",
    "first_run",
    "requests",
    "analysis_server",
    "permissions",
    "trouble",
)
"""Files that take more than ten seconds, by their seconds (`pytest --durations=0`). A long one that starts
last keeps one process at work while the other has nothing left."""

_PLACES = {f"test_{name}": place for place, name in enumerate(LONGEST_FIRST)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order in which `--dist loadfile --no-loadscope-reorder` hands out files."""
    items.sort(key=lambda item: _PLACES.get(item.path.stem, len(_PLACES)))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the starter catalogue, as `clauselight serve` starts it."""
    with start_server(tmp_path_factory.mktemp("archive")) as started:
        yield started


@pytest.fixture(scope="module")
def shared_proxy(server: Server) -> Iterator[RecordingProxy]:
    with RecordingProxy(server.port) as running:
        yield running


@pytest.fixture(scope="module")
def shared_browser(
    shared_proxy: RecordingProxy, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    with launch(tmp_path_factory.mktemp("browser"), shared_proxy.address, all_sites=True) as running:
        yield running


@pytest.fixture
def proxy(shared_proxy: RecordingProxy) -> RecordingProxy:
    """Stands before the server, records every request, and can misbehave."""
    shared_proxy.misbehave = None
    shared_proxy.requests.clear()
    return shared_proxy


@pytest.fixture
def browser(proxy: RecordingProxy, shared_browser: Browser) -> Browser:
    """Automatic highlighting allowed on all sites, the server reached through the recording proxy. To start a
    browser takes seconds of processor time: one serves all tests of a file, and has forgotten everything.
    Files that launch others too define it as `own_browser`: two cannot be driven at a time."""
    shared_browser.forget()
    return shared_browser


@pytest.fixture
def own_browser(proxy: RecordingProxy, tmp_path: Path) -> Iterator[Browser]:
    """The same, launched for one test."""
    with launch(tmp_path, proxy.address, all_sites=True) as running:
        yield running


@pytest.fixture
def fresh_browser(proxy: RecordingProxy, tmp_path: Path) -> Iterator[Browser]:
    """As just installed: no access to any site but this computer."""
    with launch(tmp_path, proxy.address, all_sites=False) as running:
        yield running
