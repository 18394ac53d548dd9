"""Agencies that can help and regulations that apply, as listed in a record."""

from __future__ import annotations

from typing import Annotated

from .base import HttpsUrl, Jurisdiction, Model, ShortText, Slug, Text, distinct


class Agency(Model):
    """An authority one can turn to about this clause."""

    id: Slug
    name: ShortText
    jurisdiction: Jurisdiction
    why: Text
    """Why this authority is concerned with this clause."""
    complaint_url: HttpsUrl


class Regulation(Model):
    """A law that bears on this clause, with its articles and the official text."""

    id: Slug
    name: ShortText
    jurisdiction: Jurisdiction
    articles: Annotated[list[ShortText], *distinct(max_length=30)] = []
    why: Text | None = None
    url: HttpsUrl


class InstitutionalAnalysis(Model):
    """What the clause means to organisations: counsel, procurement, supervisors."""

    regulatory_landscape: Text
    governance_exposure: Text
    jurisdiction_flags: list[Text]
    vendor_implications: Text
    compliance_considerations: Text
