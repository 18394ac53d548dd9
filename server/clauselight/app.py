"""The composition root: puts archive, publication and web together."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from functools import partial

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight import __version__
from clauselight.analysis.analyser import Analyser
from clauselight.importers.refused import Progress
from clauselight.knowledge.clause_types import clause_types
from clauselight.monitor.when_needed import beside
from clauselight.publication.compose import Site
from clauselight.publication.files import PublicationFile
from clauselight.publication.follow import follow
from clauselight.publication.publisher import publish
from clauselight.publication.registry_file import RegistryFile
from clauselight.publication.registry_update import follow_publication, update_registry
from clauselight.publication.signing import read_key
from clauselight.settings import Settings
from clauselight.store.engine import migrate, open_archive
from clauselight.store.notes import CATALOGUE_NOTE, read_note
from clauselight.web.attempts import Attempts
from clauselight.web.dispute_writer import DisputeWriter
from clauselight.web.keys import (
    ANALYSER,
    ATTEMPTS,
    DISPUTES,
    ENGINE,
    KEEPING,
    PORT,
    PUBLICATION,
    REGISTRY,
    SETTINGS,
    SITE,
    TEMPLATES,
)
from clauselight.web.lazy_templates import LazyTemplates
from clauselight.web.middleware.errors import errors
from clauselight.web.middleware.headers import headers
from clauselight.web.middleware.hosts import hosts
from clauselight.web.middleware.origins import origins
from clauselight.web.pages import demo
from clauselight.web.pages.render import environment
from clauselight.web.pdf_maker import PDF_MAKER, PdfMaker
from clauselight.web.routing import ROUTES

LISTED_AT_START = 20_000
"""Documents up to which the registry is made before the server answers, in about a second; a larger one is
made meanwhile, and pages that list say so."""

MAX_BODY = 64 * 1024
"""Largest request body in bytes for calls that do not set their own."""


def site(settings: Settings, port: int) -> Site:
    """Where readers find this server, and which documents it shows itself."""
    origins = []
    if settings.loopback:
        names = dict.fromkeys(["127.0.0.1", "localhost", settings.host_in_url])
        origins += [f"http://{name}:{port}" for name in names]
    if settings.public_url:
        origins.append(settings.public_url)
    hosted = tuple((identity, f"/demo/{name}") for name, identity in demo.DEMO_DOCUMENTS.items())
    return Site(settings.public_url, tuple(origins), hosted)


def build_app(
    settings: Settings, *, port: int | None = None, progress: Progress = lambda *_: None
) -> web.Application:
    """An application that opens the archive on start, loading the catalogue into a new one.

    `port` is the port that will be bound, when the setting is 0. Starting raises ArchiveUnusable or
    CatalogueRefused, or KeyUnusable.
    """
    app = web.Application(middlewares=[headers, errors, hosts, origins], client_max_size=MAX_BODY)
    bound = settings.port if port is None else port
    app[SETTINGS] = settings
    app[PORT] = bound
    app[TEMPLATES] = LazyTemplates(environment)
    app[ATTEMPTS] = Attempts()
    for routes in ROUTES:
        app.add_routes(routes)

    async def storage(app: web.Application) -> AsyncIterator[None]:
        following = None
        where = site(settings, bound)
        signer = None if settings.signing_key is None else read_key(settings.signing_key)
        migrate(settings.archive_file)
        engine = open_archive(settings.archive_file)
        publication = PublicationFile(settings.publication_file)
        writer = DisputeWriter(engine)
        analyser = Analyser(
            seconds=settings.analysis_seconds,
            categories={one.id: one.category.value for one in clause_types().values()},
        )
        try:
            if not await _catalogue_is_loaded(engine):
                # Not above: reading pages and finding quotes in them takes 20 MB that serving does not need.
                from clauselight.importers.catalogue import load_catalogue

                await load_catalogue(engine, version=__version__, today=_today(), progress=progress)
            update = partial(
                publish,
                engine,
                publication,
                site=where,
                smallest_bucket=settings.smallest_bucket,
                padded=not settings.loopback,
                signer=signer,
            )
            await update(progress=progress)
            app[ENGINE] = engine
            app[PUBLICATION] = publication
            app[SITE] = where
            app[ANALYSER] = analyser
            app[KEEPING] = asyncio.Lock()
            app[DISPUTES] = writer
            following = asyncio.create_task(follow(publication, update))
            writer.start()
            yield
        finally:
            await writer.close()
            if following is not None:
                following.cancel()
                await asyncio.gather(following, return_exceptions=True)
            await analyser.close()
            publication.close()
            await engine.dispose()

    async def lists(app: web.Application) -> AsyncIterator[None]:
        registry, publication = RegistryFile(settings.registry_file), app[PUBLICATION]
        app[REGISTRY], app[PDF_MAKER] = registry, PdfMaker()
        if publication.fact("counts")["documents"] <= LISTED_AT_START:
            await update_registry(app[ENGINE], publication.file, registry)
        following = asyncio.create_task(follow_publication(app[ENGINE], publication, registry))
        yield
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        registry.close()

    async def capturing(app: web.Application) -> AsyncIterator[None]:
        origin = settings.public_url or f"http://{settings.host_in_url}:{bound}"
        work = beside(app[ENGINE], settings, app[ANALYSER], lock=app[KEEPING], origin=origin)
        going_on = asyncio.create_task(work)
        yield
        going_on.cancel()
        await asyncio.gather(going_on, return_exceptions=True)

    app.cleanup_ctx.append(storage)
    app.cleanup_ctx.append(lists)
    app.cleanup_ctx.append(capturing)
    return app


async def _catalogue_is_loaded(engine: AsyncEngine) -> bool:
    async with engine.connect() as connection:
        return await read_note(connection, CATALOGUE_NOTE) == __version__


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
