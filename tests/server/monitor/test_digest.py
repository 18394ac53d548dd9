"""The weekly digest, received by a real mail server."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import email.policy
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.contract.vocabulary import VersionKind
from clauselight.monitor import service
from clauselight.monitor.digest import digest_day, send_due_digest
from clauselight.monitor.mail import MailRefused, message
from clauselight.publication.news import digest_of
from clauselight.settings import Settings
from clauselight.store.documents import save_documents
from news_archive import CHANGED_DAY, add_history, add_version
from records import a_document

MONDAY = dt.datetime(2026, 11, 9, 7, tzinfo=dt.UTC)
ORIGIN = "https://clauselight.example"


@dataclass
class MailServer:
    """As much of SMTP (RFC 5321) as a client needs to hand over an e-mail."""

    port: int = 0
    refuse: bool = False
    got: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 mail.example ready")
        while line := (await reader.readline()).decode().strip():
            verb = line.split()[0].upper()
            if verb == "RCPT":
                self.recipients.append(line.partition("<")[2].partition(">")[0])
                say("550 nobody here" if self.refuse else "250 fine")
            elif verb == "DATA":
                say("354 go on")
                data = await reader.readuntil(b"\r\n.\r\n")
                text = data[:-3].replace(b"\r\n..", b"\r\n.")
                self.got.append(email.message_from_bytes(text, policy=email.policy.default))  # type: ignore[arg-type]
                say("250 taken")
            elif verb == "QUIT":
                say("221 bye")
                break
            else:
                say("250 fine")
        writer.close()


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    made = MailServer()
    server = await asyncio.start_server(made.talk, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made


def settings(folder: Path, port: int, **changes: object) -> Settings:
    return Settings.model_validate(
        {
            "data": folder,
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_security": "none",
            "mail_from": "Clauselight <server@a.example>",
            "digest_to": "one@a.example, two@b.example",
            **changes,
        }
    )


async def filled(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await add_history(connection)


async def test_a_week_with_changes_is_sent_once_in_text_and_html(
    empty_archive: AsyncEngine, mail: MailServer, tmp_path: Path
) -> None:
    await filled(empty_archive)
    ours = settings(tmp_path, mail.port)
    assert await send_due_digest(empty_archive, ours, moment=MONDAY, origin=ORIGIN)
    assert not await send_due_digest(
        empty_archive, ours, moment=MONDAY + dt.timedelta(hours=3), origin=ORIGIN
    )
    (got,) = mail.got
    assert mail.recipients == ["one@a.example", "two@b.example"]
    assert got["Subject"] == "1 policy changed: A"
    assert got["Auto-Submitted"] == "auto-generated"
    text = got.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    html = got.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "Changed: Data sale (high → critical)" in text
    assert "[-partners.-]" in text
    assert "{+anybody & <b>everybody</b>.+}" in text
    assert f"{ORIGIN}/provisions/CL-P-000900" in text
    assert "&lt;b&gt;everybody&lt;/b&gt;" in html
    assert "<del>partners.</del>" in html
    assert "<script" not in html


async def test_nothing_changed_nothing_sent(
    empty_archive: AsyncEngine, mail: MailServer, tmp_path: Path
) -> None:
    await filled(empty_archive)
    ours = settings(tmp_path, mail.port)
    next_week = MONDAY + dt.timedelta(days=7)
    assert not await send_due_digest(empty_archive, ours, moment=next_week, origin=ORIGIN)
    assert mail.got == []


async def test_a_failure_is_said_and_tried_again(
    empty_archive: AsyncEngine, mail: MailServer, tmp_path: Path
) -> None:
    await filled(empty_archive)
    ours = settings(tmp_path, mail.port)
    mail.refuse = True
    with pytest.raises(MailRefused, match="refused 2 of the addresses"):
        await send_due_digest(empty_archive, ours, moment=MONDAY, origin=ORIGIN)
    with pytest.raises(MailRefused, match="cannot be used"):
        await send_due_digest(empty_archive, settings(tmp_path, 9), moment=MONDAY, origin=ORIGIN)
    mail.refuse = False
    assert await send_due_digest(empty_archive, ours, moment=MONDAY + dt.timedelta(days=1), origin=ORIGIN)
    assert len(mail.got) == 1


async def test_a_mail_server_that_refuses_is_left_in_peace_for_a_while(
    empty_archive: AsyncEngine,
    mail: MailServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with empty_archive.begin() as connection:
        await save_documents(connection, [a_document()])
        await add_version(
            connection,
            2,
            digest_day(dt.datetime.now(dt.UTC), 0) - dt.timedelta(days=1),
            VersionKind.SUBSTANTIVE,
        )
    monkeypatch.setattr(service, "TELL_EVERY", 0.01)
    mail.refuse = True
    telling = asyncio.create_task(
        service._tell(empty_archive, settings(tmp_path, mail.port), asyncio.Event(), ORIGIN)
    )
    await asyncio.sleep(1)
    telling.cancel()
    await asyncio.gather(telling, return_exceptions=True)
    assert len(mail.recipients) == 2  # one letter to two people
    assert "the digest was not sent" in caplog.text


async def test_a_week_long_ago_shows_what_changed_then(
    empty_archive: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(empty_archive)
    monkeypatch.setattr("clauselight.publication.news.MOST_IN_DIGEST", 3)
    async with empty_archive.begin() as connection:
        for number in range(4, 10):
            day = CHANGED_DAY + dt.timedelta(days=7 * number)
            await add_version(connection, number, day, VersionKind.SUBSTANTIVE)
        week = await digest_of(connection, CHANGED_DAY, CHANGED_DAY + dt.timedelta(days=7), ORIGIN)
    assert [one.version for one in week.news] == [2]


async def test_without_a_mail_server_nothing_happens(empty_archive: AsyncEngine, tmp_path: Path) -> None:
    await filled(empty_archive)
    for missing in ({"smtp_host": None}, {"digest_to": ""}):
        ours = settings(tmp_path, 9, **missing)
        assert not await send_due_digest(empty_archive, ours, moment=MONDAY, origin=ORIGIN)


@pytest.mark.parametrize(
    ("moment", "weekday", "day"),
    [
        ("2026-11-09T05:59:00+00:00", 0, "2026-11-02"),
        ("2026-11-09T06:00:00+00:00", 0, "2026-11-09"),
        ("2026-11-08T23:00:00+00:00", 0, "2026-11-02"),
        ("2026-11-11T12:00:00+00:00", 4, "2026-11-06"),
        ("2026-11-09T01:00:00-08:00", 0, "2026-11-09"),
    ],
)
def test_the_day_of_the_digest(moment: str, weekday: int, day: str) -> None:
    assert digest_day(dt.datetime.fromisoformat(moment), weekday).isoformat() == day


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail_from": "nobody"},
        {"mail_from": "a@b.example\r\nBcc: x@c.example"},
        {"digest_to": ["a@b.example\nBcc: x@c.example"]},
        {"mail_from": None},
    ],
)
def test_addresses_that_are_none_are_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    ours = settings(tmp_path, 25, **wrong)
    with pytest.raises(MailRefused):
        message(ours, subject="A", text="B", html="C", moment=MONDAY, identity="x")


def test_a_subject_cannot_add_headers(tmp_path: Path) -> None:
    made = message(
        settings(tmp_path, 25),
        subject="A\r\nBcc: x@c.example",
        text="B",
        html="C",
        moment=MONDAY,
        identity="x",
    )
    assert made["Subject"] == "A Bcc: x@c.example"
    assert made["Bcc"] is None
