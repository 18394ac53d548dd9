"""The commands of `clauselight`. Each answers with an exit code: 0 done, 1 found something, 2 wrong use,
3 archive, folder or key cannot be used, 4 the address cannot be listened on, 5 the page cannot be
analysed."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import errno
import gc
import logging
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiohttp import web
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from clauselight import __version__
from clauselight.app import build_app
from clauselight.contract.analysis import AnalysisAnswer
from clauselight.contract.schema import schema_files
from clauselight.exporting import export
from clauselight.importers.refused import CatalogueRefused, Progress
from clauselight.knowledge.files import KnowledgeBroken
from clauselight.publication.memory import give_back_memory, return_large_pieces
from clauselight.publication.signing import KeyUnusable, create_key, read_key
from clauselight.publication.static_site import NGINX, FolderRefused
from clauselight.settings import Settings
from clauselight.store.engine import ArchiveUnusable, migrate, open_archive
from clauselight.web.server import ProblemRunner

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

DONE, FOUND, WRONG_USE, UNUSABLE, NOT_BOUND, REFUSED = range(6)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        settings = _settings(options)
    except ValidationError as error:
        for wrong in error.errors():
            name = "CLAUSELIGHT_" + "_".join(str(part) for part in wrong["loc"]).upper()
            err.print(f"{name}: {wrong['msg']}", markup=False)
        return WRONG_USE
    try:
        return int(options.command(options, settings))
    except (ArchiveUnusable, FolderRefused, KeyUnusable) as error:
        err.print(str(error), markup=False)
        return UNUSABLE
    except CatalogueRefused as error:
        for refused in error.refused:
            for violation in refused.violations:
                err.print(
                    f"{refused.record_id}  {violation.rule}  {violation.field}: {violation.message}",
                    markup=False,
                )
        return FOUND
    except KnowledgeBroken as error:
        err.print(f"The packaged knowledge is damaged: {error}", markup=False)
        return UNUSABLE
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clauselight",
        description="Shows the risky clauses of policies. Settings: CLAUSELIGHT_* variables.",
    )
    parser.add_argument("--version", action="version", version=f"clauselight {__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")

    serve = commands.add_parser("serve", help="run the server")
    serve.add_argument("--host", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (8787); 0 takes a free one")
    serve.add_argument("--data", type=Path, help="folder of the archive")
    serve.set_defaults(command=_serve)

    load = commands.add_parser("load", help="load the starter catalogue into the archive")
    load.add_argument("--data", type=Path, help="folder of the archive")
    load.set_defaults(command=_load)

    analyse = commands.add_parser("analyse", help="analyse a policy: a file, or one page of the web")
    analyse.add_argument(
        "source", metavar="FILE|URL", help="file, '-' for standard input, or an address to fetch"
    )
    analyse.add_argument("--json", action="store_true", help="print the answer of POST /v1/analyses")
    analyse.add_argument("--keep", action="store_true", help="keep the page as a document of the archive")
    analyse.add_argument("--url", help="https address that a file was saved from")
    analyse.add_argument("--data", type=Path, help="folder of the archive")
    analyse.set_defaults(command=_analyse)

    lint = commands.add_parser("lint", help="check every rule that a record must keep")
    lint.add_argument("--data", type=Path, help="folder of the archive; without it, the packaged catalogue")
    lint.add_argument("--archive", action="store_true", help="check the archive in the default folder")
    lint.set_defaults(command=_lint)

    schema = commands.add_parser("schema", help="write the JSON Schemas of the contract")
    schema.add_argument("folder", type=Path, nargs="?", default=Path("shared_schema"))
    schema.set_defaults(command=_schema)

    publish = commands.add_parser(
        "publish", help="write index and buckets as plain files that any static server can host"
    )
    publish.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    publish.add_argument("--key", type=Path, help="file of the key to sign with")
    publish.add_argument("--force", action="store_true", help="write every file, also over files of others")
    publish.add_argument("--nginx", action="store_true", help="show how nginx serves the folder")
    publish.add_argument("--data", type=Path, help="folder of the archive")
    publish.set_defaults(command=_publish)

    key = commands.add_parser("key", help="make a signing key, or show its public half")
    key.add_argument("action", choices=("create", "show"))
    key.add_argument("file", type=Path)
    key.set_defaults(command=_key)

    attempt = commands.add_parser("try", help="open a browser with the extension on the demo page")
    attempt.add_argument("--port", type=int, help="port of the running server (8787)")
    attempt.set_defaults(command=_try)
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    given = {
        name: value
        for name in ("host", "port", "data")
        if (value := getattr(options, name, None)) is not None
    }
    return Settings(**given)


def _load(options: argparse.Namespace, settings: Settings) -> int:
    from clauselight.importers.catalogue import load_catalogue

    async def load() -> int:
        migrate(settings.archive_file)
        engine = open_archive(settings.archive_file)
        try:
            with _progress("Loading") as progress:
                report = await load_catalogue(engine, version=__version__, today=_today(), progress=progress)
        finally:
            await engine.dispose()
        out.print(f"Loaded {report.documents:,} documents and {report.provisions:,} provisions.")
        return DONE

    return asyncio.run(load())


@contextmanager
def _progress(doing: str) -> Iterator[Progress]:
    """One bar a task, which vanishes when all is done."""
    # Not above: a server that runs for long draws no bars.
    from rich.progress import Progress as ProgressBar
    from rich.progress import TaskID

    with ProgressBar(console=err, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(f"{doing} {what}", total=total)
            bar.update(tasks[what], completed=done)

        yield progress


def _publish(options: argparse.Namespace, settings: Settings) -> int:
    if options.nginx:
        out.print(NGINX, markup=False)
        return DONE
    if options.folder is None:
        err.print("Name the folder to write to: clauselight publish DIR.")
        return WRONG_USE
    with _progress("Publishing") as progress:
        made = export(settings, options.folder, key=options.key, force=options.force, progress=progress)
        written, signer = asyncio.run(made)
    out.print(
        f"{options.folder} is up to date: {written.new:,} files written, {written.unchanged:,} unchanged, "
        f"{written.removed:,} removed.",
        markup=False,
    )
    out.print(f"Signed; public key for readers: {signer.public_key}" if signer else "Not signed.")
    return DONE


def _key(options: argparse.Namespace, settings: Settings) -> int:
    signer = create_key(options.file) if options.action == "create" else read_key(options.file)
    if options.action == "create":
        err.print(f"The private key lies in {options.file}; keep it secret, and a copy of it.", markup=False)
    out.print(signer.public_key)
    return DONE


def _analyse(options: argparse.Namespace, settings: Settings) -> int:
    from clauselight.analysing import CannotAnalyse, analyse_source, is_address, read_source
    from clauselight.analysis.analyser import GaveUp, LanguageUnknown, PageRefused
    from clauselight.analysis_report import plain, print_report
    from clauselight.capture.safe_fetch import FetchRefused
    from clauselight.publication.files import to_json
    from clauselight.store.ids import NoIdsLeft

    async def analyse() -> AnalysisAnswer:
        doing = f"Fetching {options.source}" if is_address(options.source) else f"Reading {options.source}"
        with err.status(escape(doing)) as status:
            source = await read_source(options.source, url=options.url, settings=settings)
            status.update(f"Analysing {len(source.body):,} bytes on this computer")
            return await analyse_source(source, settings, keep=options.keep)

    try:
        answer = asyncio.run(analyse())
    except CannotAnalyse as refused:
        err.print(str(refused), markup=False)
        return WRONG_USE if refused.wrong_use else REFUSED
    except (FetchRefused, PageRefused) as refused:
        err.print(plain(str(refused)), markup=False)
        return REFUSED
    except LanguageUnknown as unknown:
        err.print(unknown.sentence)
        return REFUSED
    except GaveUp as gave_up:
        err.print(gave_up.sentence)
        return REFUSED
    except NoIdsLeft:
        err.print("The page was analysed, but the archive has no ids left to keep it.")
        return UNUSABLE
    if options.json:
        sys.stdout.buffer.write(to_json(answer) + b"\n")
    else:
        print_report(Console(highlight=False), answer)
    return DONE


def _lint(options: argparse.Namespace, settings: Settings) -> int:
    from clauselight.importers.lint import lint_archive, lint_catalogue

    if options.data is None and not options.archive:
        findings, checked = lint_catalogue(_today())
        what = "of the packaged catalogue"
    else:
        findings, checked = asyncio.run(lint_archive(settings, _today()))
        what = f"of the archive in {settings.data}"
    for record_id, violation in findings:
        out.print(f"{record_id}  {violation.rule}  {violation.field}: {violation.message}", markup=False)
    out.print(f"{checked:,} records {what} checked, {len(findings):,} rules broken.", markup=False)
    return FOUND if findings else DONE


def _schema(options: argparse.Namespace, settings: Settings) -> int:
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        for name, text in schema_files().items():
            (options.folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        err.print(f"The schemas cannot be written to {options.folder}: {error.strerror}.", markup=False)
        return UNUSABLE
    out.print(f"{len(schema_files())} schemas written to {options.folder}.", markup=False)
    return DONE


def _try(options: argparse.Namespace, settings: Settings) -> int:
    from clauselight.attempt import BrowserMissing, open_browser

    try:
        open_browser(settings.port)
    except BrowserMissing as error:
        err.print(str(error), markup=False)
        return FOUND
    return DONE


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        import uvloop
    except ImportError:
        return asyncio.run(_serve_until_stopped(settings))
    return uvloop.run(_serve_until_stopped(settings))


async def _serve_until_stopped(settings: Settings) -> int:
    return_large_pieces()
    # Bound before the archive is touched: a second server on the same port must leave the data alone.
    try:
        sock = _bind(settings.host, settings.port)
    except (OSError, UnicodeError) as error:
        if isinstance(error, UnicodeError):
            why = "this is no host name"
        elif error.errno == errno.EADDRINUSE:
            why = "it is in use. Is Clauselight running already? Choose another with --port"
        elif error.errno == errno.EACCES:
            why = "this needs more rights than you have. Choose one above 1023 with --port"
        else:
            why = error.strerror or str(error)
        err.print(f"Port {settings.port} on {settings.host} cannot be opened: {why}.", markup=False)
        return NOT_BOUND
    port = sock.getsockname()[1]
    runner = ProblemRunner(build_app(settings, port=port), access_log=settings.access_log)
    try:
        await runner.setup()
        await web.SockSite(runner, sock).start()
        # What is there now stays: the garbage collector need not look through it again and again.
        gc.collect()
        gc.freeze()
        give_back_memory()
        _greet(settings, port)
        await _stopped()
    finally:
        await runner.cleanup()
        sock.close()
    return DONE


def _bind(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    sock = socket.socket(family, kind, protocol)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
        sock.listen(512)
    except BaseException:
        sock.close()
        raise
    return sock


def _greet(settings: Settings, port: int) -> None:
    address = settings.public_url or f"http://{settings.host_in_url}:{port}"
    out.print(f"\n[bold]Clauselight {__version__}[/bold] is up: [bold]{address}/[/bold]")
    out.print(f"  The archive lies in {settings.data}", markup=False)
    out.print("  What to do next:")
    out.print(f"    1. Add the extension: {address}/#extension (or run 'make try')")
    out.print(f"    2. Open the demo policy: {address}/demo/privacy")
    out.print("    3. Stop with Ctrl-C\n")
    if not settings.loopback and settings.public_url is None:
        out.print(
            "  Listening beyond this computer: set CLAUSELIGHT_PUBLIC_URL or CLAUSELIGHT_ALLOWED_HOSTS to "
            "the names readers use; others are refused.\n"
        )


async def _stopped() -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: Ctrl-C raises KeyboardInterrupt instead
            break
    await stop.wait()


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


if __name__ == "__main__":
    sys.exit(main())
