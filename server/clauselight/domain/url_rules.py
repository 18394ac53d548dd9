"""The facts behind URL canonicalisation, read once from `data/url_rules.json`.

Server and extension load the same file, so a tracking parameter is added in one place. Any change
to the file changes keys: raise `canonical_url.CANONICALISATION_VERSION` with it.
"""

import json
from pathlib import Path
from typing import Any, Final

DATA_FOLDER: Final = Path(__file__).with_name("data")
_RULES: Final[dict[str, Any]] = json.loads((DATA_FOLDER / "url_rules.json").read_text("utf-8"))

TRACKING_NAMES: Final = frozenset[str](_RULES["tracking_names"])
"""Lower-case names of query parameters that never change what a page shows."""
TRACKING_PREFIXES: Final = tuple[str, ...](_RULES["tracking_prefixes"])
"""Families of such names (`utm_`...)."""
TRACKING_VALUES: Final[dict[str, frozenset[str]]] = {
    name: frozenset(values) for name, values in _RULES["tracking_values"].items()
}
"""Names that mean nothing only with one of these lower-case values (`amp=1`, `ie=utf8`)."""

LANGUAGE_PARAMETERS: Final = frozenset[str](_RULES["language_parameters"])
"""Parameters whose value, when it is a locale, names a language or region version."""

LANGUAGES: Final = frozenset[str](_RULES["languages"])
REGIONS: Final = frozenset[str](_RULES["regions"])
SCRIPTS: Final = frozenset[str](_RULES["scripts"])
LANGUAGE_WORDS: Final = frozenset[str](_RULES["language_words"])
"""Languages written out as a path segment (`/deutsch/`)."""
WEAK_ALONE: Final = frozenset[str](_RULES["weak_alone"])
"""Codes that are words or countries too: a locale only at the start or beside another locale."""
NEVER_ALONE: Final = frozenset[str](_RULES["never_alone"])
"""Codes that as a whole segment nearly always mean something else (`/gp/`, `/my/`, `/api/`)."""
HOST_REGIONS: Final = frozenset[str](_RULES["host_regions"])
"""Countries that sites use as a host label of a language or region version (`uk.example.com`)."""
NEVER_HOST: Final = frozenset[str](_RULES["never_host"])
"""Languages whose code as a host label means something else (`hr.example.com`)."""

MOBILE_LABELS: Final = frozenset[str](_RULES["mobile_labels"])
"""Host labels of a mobile version of the same site."""
INDEX_FILES: Final = frozenset(
    f"{stem}.{extension}" for stem in _RULES["index_stems"] for extension in _RULES["index_extensions"]
)
"""Lower-case file names that a server also answers for the bare folder."""
