"""Writes the contract as JSON Schema 2020-12, one file a public model."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from . import CONTRACT_VERSION
from .analysis import AnalysisAnswer, AnalysisRequest
from .annotation import AnnotationSet, Bucket, MatchAnswer, ServerInfo, UrlIndex, UrlIndexDelta
from .archive import ChangePage, DiffAnswer, VersionPage
from .clause_type import ClauseTypeAnswer
from .curation import AuditPage, ClauseTypeChoices, CuratedProvision, DraftCheck, ProvisionDraft
from .directory import AuthorityList
from .dispute import DisputeAnswer, DisputeRequest, DisputeStatus
from .document import Document, DocumentPage
from .news import ChangeNews
from .places import PlaceList
from .problem import Problem
from .provision import Provision, ProvisionRecord

PUBLIC_MODELS: dict[str, type[BaseModel]] = {
    "analysis_answer": AnalysisAnswer,
    "analysis_request": AnalysisRequest,
    "annotation_set": AnnotationSet,
    "audit_page": AuditPage,
    "authority_list": AuthorityList,
    "bucket": Bucket,
    "change_page": ChangePage,
    "change_news": ChangeNews,
    "clause_type": ClauseTypeAnswer,
    "clause_type_choices": ClauseTypeChoices,
    "diff": DiffAnswer,
    "curated_provision": CuratedProvision,
    "dispute_answer": DisputeAnswer,
    "dispute_request": DisputeRequest,
    "dispute_status": DisputeStatus,
    "document": Document,
    "document_page": DocumentPage,
    "draft_check": DraftCheck,
    "match": MatchAnswer,
    "place_list": PlaceList,
    "problem": Problem,
    "provision": Provision,
    "provision_draft": ProvisionDraft,
    "provision_record": ProvisionRecord,
    "server_info": ServerInfo,
    "url_index": UrlIndex,
    "url_index_delta": UrlIndexDelta,
    "version_page": VersionPage,
}
"""File name in `shared_schema/` (without ending) and the model it holds."""


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one public model; KeyError for a name that is not public."""
    schema = PUBLIC_MODELS[name].model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://clauselight.invalid/schema/v{CONTRACT_VERSION}/{name}.schema.json",
        **schema,
    }


def schema_files() -> dict[str, str]:
    """All schema files: name and text, ending in a newline."""
    return {
        f"{name}.schema.json": json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"
        for name in PUBLIC_MODELS
    }
