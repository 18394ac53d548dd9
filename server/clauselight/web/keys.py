"""What handlers find in the application, typed."""

from __future__ import annotations

import asyncio

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.analysis.analyser import Analyser
from clauselight.publication.compose import Site
from clauselight.publication.files import PublicationFile
from clauselight.publication.registry_file import RegistryFile
from clauselight.settings import Settings

from .attempts import Attempts
from .dispute_writer import DisputeWriter
from .lazy_templates import LazyTemplates

SETTINGS = web.AppKey("settings", Settings)
ENGINE = web.AppKey("engine", AsyncEngine)
PUBLICATION = web.AppKey("publication", PublicationFile)
REGISTRY = web.AppKey("registry", RegistryFile)
TEMPLATES = web.AppKey("templates", LazyTemplates)
PORT = web.AppKey("port", int)
"""The port that was really bound; differs from the setting when that is 0."""
SITE = web.AppKey("site", Site)
ANALYSER = web.AppKey("analyser", Analyser)
KEEPING = web.AppKey("keeping", asyncio.Lock)
"""Held while an analysed page is put into the archive."""
DISPUTES = web.AppKey("disputes", DisputeWriter)
ATTEMPTS = web.AppKey("attempts", Attempts)
