"""GET /v1/authorities: the same list for everyone."""

from __future__ import annotations

import json

from clauselight.contract.directory import AuthorityList
from serving import Client


def test_the_list_is_served_and_can_be_kept(server: Client) -> None:
    answer = server.get("/v1/authorities")
    found = AuthorityList.model_validate_json(answer.body)
    assert {"iedpc", "ico", "anpd"} <= {one.id for one in found.authorities}
    again = server.get("/v1/authorities", If_None_Match=answer.headers["etag"])
    assert again.status == 304


def test_a_match_tells_what_is_known_of_the_entity(server: Client) -> None:
    answer = server.get("/v1/match?url=https://www.murmurloft.example/privacy")
    (match,) = json.loads(answer.body)["matches"]
    assert {entry["kind"] for entry in match["directory"]["entries"]} == {"deletion", "contact"}
