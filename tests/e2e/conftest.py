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


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the starter catalogue, as `clauselight serve` starts it."""
    with start_server(tmp_path_factory.mktemp("archive")) as started:
        yield started


@pytest.fixture
def proxy(server: Server) -> Iterator[RecordingProxy]:
    """Stands before the server, records every request, and can misbehave."""
    with RecordingProxy(server.port) as running:
        yield running


@pytest.fixture
def browser(proxy: RecordingProxy, tmp_path: Path) -> Iterator[Browser]:
    """Automatic highlighting allowed on all sites, the server reached through the recording proxy."""
    with launch(tmp_path, proxy.address, all_sites=True) as running:
        yield running


@pytest.fixture
def fresh_browser(proxy: RecordingProxy, tmp_path: Path) -> Iterator[Browser]:
    """As just installed: no access to any site but this computer."""
    with launch(tmp_path, proxy.address, all_sites=False) as running:
        yield running
