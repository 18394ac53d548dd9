"""What is published of one address: for `/v1/match`."""

from __future__ import annotations

from clauselight.domain.canonical_url import canonical_key, lookup_keys, url_key

from .compression import compress
from .files import PublicationFile
from .rendered import Rendered, etag_of


def find_match(publication: PublicationFile, url: str) -> bytes | None:
    """The answer for an address, as it is sent (`Rendered.sendable`): its own page first, then its other
    languages; None for an unknown one.

    Raises UrlRefused.
    """
    found = publication.match(url_key(canonical_key(url)), other_language=False)
    if found is not None:
        return found
    own, *others = lookup_keys(url)
    for key, _ in others:
        found = publication.match(key, other_language=True)
        if found is not None:
            return found
        # The page names a language and the document none: what lies under its own key, but another language.
        if key != own[0] and (found := publication.match(key, other_language=False)) is not None:
            return _other_language(Rendered.of_sendable(found)).sendable()
    return None


def _other_language(found: Rendered) -> Rendered:
    """The same documents as another language of the page. Texts cannot hold the unescaped quotes."""
    plain = found.plain().replace(b'{"relation":"same",', b'{"relation":"other-language",')
    return Rendered(etag_of(plain), compress(plain))
