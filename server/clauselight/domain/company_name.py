"""Whether two names are of one company: legal forms, punctuation, places and `.com` do not count.

Names are compared by their core, a word without spaces: "Pinterest Europe Ltd." and "pinterest" have the core
`pinterest`, "Booking.com B.V." and "Booking.com" have `booking`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LEGAL_WORDS: Final = (
    "ab ag as asa aps bhd bv bvba co company corp corporation cv cvba eg ek ev gbr gesmbh ggmbh gmbh "
    "haftungsbeschrankt inc incorporated jsc kft kg kgaa kk lda limited llc llp lp ltd ltda mbh nv "
    "nyrt ohg oy oyj pbc plc pte pty rl rt sa sab sal sapa sarl sas sau sasu sca scs se sl slu snc sp spa "
    "spol spzoo sprl srl sro stiftung ug uab ltee and und et cie zoo"
)
_LEGAL: Final = frozenset(_LEGAL_WORDS.split())
"""Legal forms as they stand after dots and slashes are gone (S.à r.l. is `sa rl`, GmbH & Co. KG ends in
`and co kg`), taken from the names of 3,069 companies."""

_PLACES_WORDS: Final = (
    "europe european emea international intl global worldwide group holding holdings ireland "
    "deutschland germany uk usa us france austria osterreich schweiz suisse switzerland nederland "
    "netherlands espana iberica spain italia italy nordic sweden poland polska luxembourg belgium "
    "canada australia operations services online platforms technologies technology"
)
_PLACES: Final = frozenset(_PLACES_WORDS.split())
"""Words that name a branch and not the company; dropped only at the end."""

_FORMERLY: Final = re.compile(
    r"\b(formerly|formally|ehem(als|aliger?)?|frueher|früher|previously|now|jetzt)\b\.?:?", re.I
)
_BRACKETS: Final = re.compile(r"[(\[]([^)\]]*)[)\]]")
_TOP: Final = (
    "com|net|org|de|fr|uk|at|ch|eu|io|tv|me|app|ai|es|it|nl|pl|ca|us|info|ly|cz|dk|se|no|fi|be|pt|gg|im|fm|co"
)
_SITE: Final = re.compile(rf"^(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*)\.(?:{_TOP})/?$", re.I)
_DOMAIN: Final = re.compile(rf"\b((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{_TOP}))\b(?!@)", re.I)

LONG_ENOUGH: Final = 4
"""Letters of a word that counts when it stands within another one: `hp` stands in too many."""


ALSO: Final = {"amazonaws": "amazonwebservices", "x": "twitter", "tutamail": "tutanota", "wikia": "fandom"}
"""Other names of the same service that nothing else tells."""


def fold(text: str) -> str:
    """Small letters without marks: "Škoda" is "skoda"; letters of other scripts stay."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ß", "ss")


def _tokens(name: str) -> list[str]:
    found = []
    for word in fold(name).replace("&", " and ").replace("+", " plus ").split():
        site = _SITE.match(word.strip(",;:"))
        if site and len(site.group(1)) > 1:
            word = site.group(1).replace("-", "")
        found += re.findall(r"\w+", re.sub(r"[.'’´`/!]", "", word))
    return found


def core(name: str) -> str:
    """The name without what does not tell companies apart; empty only for a name without letters."""
    words = _tokens(_BRACKETS.sub(" ", _FORMERLY.sub(" ", name))) or _tokens(name)
    kept = list(words)
    if len(kept) > 1 and kept[0] == "the":
        kept.pop(0)
    while len(kept) > 1 and kept[-1] in _LEGAL:
        kept.pop()
    while len(kept) > 1 and (kept[-1] in _PLACES or kept[-1] in _LEGAL):
        kept.pop()
    return "".join(kept)


def cores(name: str) -> frozenset[str]:
    """All cores that a listed name stands for: "Amazon / Audible" is two, and so is one with another name in
    brackets ("BBC (British Broadcasting Corporation)"); a site in brackets is none."""
    inside = [
        text for text in _BRACKETS.findall(name) if not _DOMAIN.search(text) and not _FORMERLY.search(text)
    ]
    outside = re.split(r"\s*/\s*|\s+\|\s+", _BRACKETS.sub(" ", name))
    parts = [part for part in (*outside, *inside) if re.search(r"\w", part)] or [name]
    found = {core(part) for part in parts}
    found |= {"".join(re.findall(r"\w", fold(part))) for part in parts if _SITE.match(part.strip())}
    found |= {ALSO[one] for one in found if one in ALSO}
    return frozenset(found - {""})


def domains_in(name: str) -> frozenset[str]:
    """Sites that a listed name spells out: `www.messenger.com` in "Messenger (www.messenger.com)"."""
    return frozenset(found.lower().removeprefix("www.") for found in _DOMAIN.findall(name))


def is_site(name: str) -> bool:
    """Whether a name is nothing but a site's: `tellows.pl`."""
    return bool(_SITE.match(name.strip()))


def label(domain: str) -> str:
    """The part of a registrable domain that is somebody's name: `example` of example.co.uk."""
    return domain.partition(".")[0].replace("-", "")


def related(one: str, other: str) -> bool:
    """Whether two cores, or a core and a label, are equal or one stands within the other."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= LONG_ENOUGH and short in long)
