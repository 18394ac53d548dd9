"""`clauselight analyse`: files, standard input and addresses; reports, JSON, refusals, keeping."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from pathlib import Path

import pytest

from clauselight.capture.fetched import Fetched
from clauselight.capture.policy import FetchPolicy
from clauselight.capture.problems import FetchFailed
from clauselight.cli import DONE, REFUSED, WRONG_USE, main
from clauselight.contract.vocabulary import Severity
from findings import COURT, ENDING, PAGE
from serving import Client, assert_fits


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an archive that does not exist yet."""
    folder = tmp_path / "data"
    monkeypatch.setenv("CLAUSELIGHT_DATA", str(folder))
    monkeypatch.setenv("COLUMNS", "100")
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A saved page with two clauses."""
    file = tmp_path / "privacy.html"
    file.write_text(PAGE * 3, encoding="utf-8")
    return file


def test_the_report_has_totals_words_reason_and_confidence(
    data: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyse", str(page)]) == DONE
    out = capsys.readouterr().out
    lines = " ".join(out.split())
    assert "Privacy Policy" in lines
    assert "Nothing was kept." in lines
    assert f"“{ENDING}”" in lines
    assert f"“{COURT}”" in lines
    assert "Why: decided by “" in lines
    assert "automatic, " in lines
    assert "%)" in lines
    headed = re.findall(r"(critical|high|medium|low|protective) ─", lines)
    assert headed == [one for one in Severity if one in headed], "the gravest come first"
    for severity in headed:
        assert re.search(rf"\b[1-9] {severity}\b", lines), "and are counted at the top"
    assert not data.exists(), "a look at a file makes no archive"


def test_json_is_the_answer_of_the_api(
    data: Path, page: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["analyse", str(page), "--json"]) == DONE
    answer = json.loads(capsysbinary.readouterr().out)
    assert_fits(answer, "analysis_answer")
    assert answer["kept"] is False
    assert {one["quote"]["selector"]["exact"] for one in answer["set"]["provisions"]} >= {ENDING, COURT}


def test_standard_input_and_plain_text_are_read(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Stdin:
        buffer = io.BytesIO((PAGE * 3).encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    assert main(["analyse", "-"]) == DONE
    assert ENDING in " ".join(capsys.readouterr().out.split())
    text = tmp_path / "terms.txt"
    text.write_text(f"Terms\n\n{COURT}\n\nThis is for you and all of us to read.\n", encoding="utf-8")
    assert main(["analyse", str(text)]) == DONE
    assert COURT in " ".join(capsys.readouterr().out.split())


def test_a_page_is_kept_when_its_address_is_known(
    data: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyse", str(page), "--keep", "--url", "https://shop.example/privacy"]) == DONE
    assert "Kept as CL-D-500000." in " ".join(capsys.readouterr().out.split())
    assert main(["lint", "--archive"]) == DONE
    assert " 0 rules broken" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["no-such-file.html"], WRONG_USE, "cannot be read"),
        (["{page}", "--keep"], WRONG_USE, "needs its https address"),
        (["{page}", "--keep", "--url", "http://shop.example/"], WRONG_USE, "https is needed"),
        (["{page}", "--url", "https://shop..example/"], WRONG_USE, "cannot be that of a document"),
        (["{wall}"], REFUSED, "."),
        (["{picture}"], REFUSED, "."),
        (["{empty}"], REFUSED, "."),
        (["{french}"], REFUSED, "English"),
        (["ftp://shop.example/"], WRONG_USE, "cannot be read"),
    ],
)
def test_what_cannot_be_analysed_is_a_sentence_and_an_exit_code(
    data: Path,
    page: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    sentence: str,
) -> None:
    for name, body in {
        "wall": b"<title>Sign in</title><h1>Sign in to continue</h1><p>Password</p>",
        "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
        "empty": b"",
        "french": "Nous vendons vos données à des tiers pour que les autres en profitent. ".encode() * 20,
    }.items():
        (tmp_path / name).write_bytes(body)
    places = {name: tmp_path / name for name in ("wall", "picture", "empty", "french")}
    given = [one.format(page=page, **places) for one in arguments]
    assert main(["analyse", *given]) == code
    said = capsys.readouterr()
    assert sentence in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_one_page_of_the_web_is_fetched(
    data: Path, server: Client, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clauselight.analysing.fetch_page", through(server))
    assert main(["analyse", f"http://{server.host}/demo/terms"]) == DONE
    assert "Murmurloft" in capsys.readouterr().out
    assert main(["analyse", f"http://{server.host}/nowhere"]) == REFUSED
    assert "404" in capsys.readouterr().err


def test_an_address_that_hides_where_it_leads_is_not_asked(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for address in ("http://2130706433/terms", "http://me:secret@shop.example/", "http://shop.example:0/"):
        assert main(["analyse", address]) == REFUSED
        said = capsys.readouterr().err
        assert said.strip().endswith(".")
        assert "Traceback" not in said


def test_what_a_site_answers_cannot_command_the_terminal(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(url: str, policy: FetchPolicy) -> None:
        raise FetchFailed("not-found", "The site answered 404 \x1b]0;owned\x07.")

    monkeypatch.setattr("clauselight.analysing.fetch_page", refused)
    assert main(["analyse", "https://a.example/terms"]) == REFUSED
    said = capsys.readouterr().err
    assert "404" in said
    assert "\x1b]0;" not in said


def through(server: Client):  # type: ignore[no-untyped-def]
    """The real fetch, with the Host header that the server under test expects."""

    async def fetched(url: str, policy: FetchPolicy) -> Fetched:
        assert (policy.robots, policy.delay, policy.proxy) == (False, 0, "system")
        assert "its user asked" in policy.agent
        reply = server.get(url.partition(server.host)[2])
        if reply.status != 200:
            raise FetchFailed("not-found", f"The site answered {reply.status}.")
        now = dt.datetime.now(dt.UTC)
        return Fetched(url, url, 200, now, 1, "text/html", "utf-8", reply.plain)

    return fetched


def test_what_a_page_says_cannot_command_the_terminal(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = tmp_path / "evil.html"
    evil.write_text(
        (PAGE * 3).replace("Privacy Policy", "\x1b]0;owned\x07[red]Policy\u202e"), encoding="utf-8"
    )
    assert main(["analyse", str(evil)]) == DONE
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[red]Policy" in out
