"""The analysing process: one at a time, within its time and memory, killed and started anew."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from clauselight.analysis.analyser import (
    MOST_WAITING,
    Analyser,
    Busy,
    GaveUp,
    LanguageUnknown,
    PageRefused,
)
from findings import COURT, ENDING, PAGE

SOMEBODY = """
import json, os, struct, sys, time
def read():
    head = sys.stdin.buffer.read(4)
    if len(head) < 4: sys.exit()
    return sys.stdin.buffer.read(struct.unpack(">I", head)[0])
def write(data):
    sys.stdout.buffer.write(struct.pack(">I", len(data)) + data)
    sys.stdout.buffer.flush()
found = dict(title="", language="en", words=1, clauses=1, found=[], seconds=0)
found["method_version"] = str(os.getpid())
write(b"ready")
while True:
    read()
    asked = json.loads(read())["text"]
    if asked == "sleep": time.sleep(60)
    if asked == "die": os._exit(9)
    if asked == "rest": time.sleep(0.3)
    if asked == "nonsense": write(b"nonsense")
    leaves = asked == "leave"
    write(json.dumps(dict(outcome="analysed", value=found, stays=not leaves)).encode())
    if leaves: sys.exit()
"""
"""A process that does as the page says, for what no real page should be able to cause."""


@asynccontextmanager
async def running(
    *, seconds: float = 10, idle: float = 60, code: str | None = SOMEBODY
) -> AsyncIterator[Analyser]:
    command = {} if code is None else {"command": (sys.executable, "-c", code)}
    analyser = Analyser(seconds=seconds, categories={"data-sale": "sharing"}, idle=idle, **command)
    try:
        yield analyser
    finally:
        await analyser.close()


async def ask(analyser: Analyser, text: str) -> str:
    return (await analyser.analyse(json.dumps({"text": text}).encode())).method_version


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def ended(pid: int, within: float = 5) -> bool:
    until = time.monotonic() + within
    while alive(pid) and time.monotonic() < until:
        await asyncio.sleep(0.02)
    return not alive(pid)


async def test_it_starts_when_needed_and_serves_page_after_page() -> None:
    async with running() as analyser:
        assert analyser.pid is None
        first = await ask(analyser, "a")
        assert first == await ask(analyser, "b") == str(analyser.pid)
        pid = analyser.pid
    assert pid is not None
    assert not alive(pid)


async def test_a_folder_of_downloads_brings_no_code_into_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('owned')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    async with running(code=None) as analyser:
        assert (await analyser.analyse(json.dumps({"text": ENDING}).encode())).words > 5


async def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_answered() -> None:
    async with running(seconds=0.3) as analyser:
        await ask(analyser, "a")
        pid = analyser.pid
        assert pid is not None
        started = time.monotonic()
        with pytest.raises(GaveUp) as gave_up:
            await ask(analyser, "sleep")
        assert gave_up.value.why == "time"
        assert time.monotonic() - started < 2
        assert not alive(pid)
        assert await ask(analyser, "a") != str(pid)


@pytest.mark.parametrize("asked", ["die", "nonsense"])
async def test_a_process_that_dies_or_babbles_is_replaced(asked: str) -> None:
    async with running() as analyser:
        with pytest.raises(GaveUp):
            await ask(analyser, asked)
        assert analyser.pid is None
        assert await ask(analyser, "a")


async def test_one_that_leaves_after_an_answer_is_replaced_without_a_failure() -> None:
    async with running() as analyser:
        first = await ask(analyser, "leave")
        assert await ask(analyser, "a") != first
        assert await ended(int(first))


async def test_it_ends_when_idle_and_comes_back() -> None:
    async with running(idle=0.2) as analyser:
        first = await ask(analyser, "a")
        assert await ended(int(first))
        assert analyser.pid is None
        assert await ask(analyser, "a") != first


async def test_pages_wait_for_their_turn_and_too_many_are_sent_away() -> None:
    async with running() as analyser:
        waiting = [asyncio.create_task(ask(analyser, "rest")) for _ in range(MOST_WAITING)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await ask(analyser, "a")
        assert len(set(await asyncio.gather(*waiting))) == 1
        assert await ask(analyser, "a")


async def test_a_request_that_is_given_up_halfway_confuses_no_other() -> None:
    async with running() as analyser:
        asked = asyncio.create_task(ask(analyser, "rest"))
        await asyncio.sleep(0.15)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        assert await ask(analyser, "a")


async def test_a_program_that_does_not_start_is_a_failure() -> None:
    async with running(code="raise SystemExit(1)") as analyser:
        with pytest.raises(GaveUp) as gave_up:
            await ask(analyser, "a")
        assert gave_up.value.why == "error"


async def test_a_real_page_is_analysed_and_its_quotes_looked_for() -> None:
    async with running(code=None) as analyser:
        request = json.dumps({"html": PAGE * 3}).encode()
        analysis = await analyser.analyse(request, verify=True)
    assert analysis.language == "en"
    assert {ENDING, COURT} <= {one.exact for one in analysis.found}
    assert all(one.position is not None for one in analysis.found)
    assert analysis.words > 40


async def test_what_is_no_policy_or_no_known_language_is_said_so() -> None:
    async with running(code=None) as analyser:
        with pytest.raises(PageRefused) as refused:
            await analyser.analyse(b'{"html": "<title>404 Not Found</title><h1>404 Not Found</h1>"}')
        assert refused.value.kind in ("error-page", "too-short")
        assert refused.value.sentence.endswith(".")
        french = "Nous vendons vos données personnelles à des tiers pour que les autres en profitent. " * 20
        with pytest.raises(LanguageUnknown) as unknown:
            await analyser.analyse(json.dumps({"text": french}).encode())
        assert unknown.value.language == "fr"
        assert "English" in unknown.value.sentence


async def test_an_error_tells_its_kind_and_nothing_of_the_page(caplog: pytest.LogCaptureFixture) -> None:
    """A request that the server would never pass on, since it is not of the contract's shape."""
    async with running(code=None) as analyser:
        with caplog.at_level(logging.DEBUG), pytest.raises(GaveUp):
            await analyser.analyse(b'{"blocks": [{"txt": "S3CRETMARK"}]}')
        assert "KeyError" in caplog.text
        assert "S3CRETMARK" not in caplog.text


async def test_memory_is_bounded() -> None:
    code = """
import sys
from clauselight.analysis import perform, worker
def hoards(task, body):
    return {"hoard": [bytearray(1 << 20) for _ in range(8_000)]}
perform.perform = hoards
sys.exit(worker.main())
"""
    async with running(code=code) as analyser:
        with pytest.raises(GaveUp) as gave_up:
            await ask(analyser, "a")
        assert gave_up.value.why == "memory"


async def test_it_sees_no_secrets_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSELIGHT_SIGNING_KEY", "/secret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    async with running() as analyser:
        await ask(analyser, "a")
        environment = Path(f"/proc/{analyser.pid}/environ")
        if environment.exists():
            assert b"secret" not in environment.read_bytes()


def test_run_time_needs_neither_scikit_learn_nor_pydantic() -> None:
    """The one weighs 100 MB, the other 17."""
    import subprocess

    code = f"""
import sys
from clauselight.analysis import worker
from clauselight.analysis.framing import Task
outcome = worker._answer(Task(5, False, {{}}), {json.dumps(json.dumps({"html": PAGE * 3}))}.encode())[0]
assert outcome == "analysed", outcome
print(sorted({{"sklearn", "scipy", "pandas", "pydantic"}} & set(sys.modules)))
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"
