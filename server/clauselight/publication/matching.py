"""What is published of one address: for `/v1/match`."""

from __future__ import annotations

from clauselight.domain.canonical_url import canonical_parts, lookup_keys, url_key

from .compression import compress
from .files import PublicationFile, Rendered, Shelf, etag_of


def find_match(publication: PublicationFile, url: str) -> Rendered | None:
    """The answer for an address: its own page first, then its other languages; None for an unknown one.

    Raises UrlRefused.
    """
    found = publication.read(Shelf.MATCH, url_key(canonical_parts(url)[0]))
    if found is not None:
        return found
    own, *others = lookup_keys(url)
    for key, _ in others:
        found = publication.read(Shelf.MATCH_OTHER_LANGUAGE, key)
        if found is not None:
            return found
        # The page names a language and the document none: what lies under its own key, but another language.
        if key != own[0] and (found := publication.read(Shelf.MATCH, key)) is not None:
            return _other_language(found)
    return None


def _other_language(found: Rendered) -> Rendered:
    """The same documents as another language of the page. Texts cannot hold the unescaped quotes."""
    plain = found.plain().replace(b'{"relation":"same",', b'{"relation":"other-language",')
    return Rendered(etag_of(plain), compress(plain))
