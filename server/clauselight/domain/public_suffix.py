"""Where a host stops being "anybody's" and starts being one owner's: the registrable domain.

Uses the Public Suffix List (https://publicsuffix.org, Mozilla Public License 2.0), bundled as
`data/public_suffixes.json`: the rules alone, hosts in ASCII, ICANN and private ones apart. The
extension's background worker reads the same file. To refresh it, write
`json.dumps(compact(list_text))` of a newer list into the file.
"""

import json
import re
from functools import lru_cache
from typing import Final, NamedTuple

from clauselight.domain.url_rules import DATA_FOLDER

_NOTICE: Final = (
    "Rules of the Public Suffix List, https://publicsuffix.org/list/, without its comments. "
    "This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. "
    "If a copy of the MPL was not distributed with this file, You can obtain one at "
    "https://mozilla.org/MPL/2.0/."
)
_VERSION: Final = re.compile(r"^// VERSION: (\S+)", re.MULTILINE)
_MEMO: Final = 2048  # hosts remembered


def compact(list_text: str) -> dict[str, str]:
    """The published list as the JSON object that both sides bundle.

    `icann` and `private` hold one rule a line, in ASCII, sorted; `*.` and `!` as in the list.
    """
    sections: dict[str, set[str]] = {"icann": set(), "private": set()}
    section = "icann"
    for line in list_text.splitlines():
        if "BEGIN PRIVATE DOMAINS" in line:
            section = "private"
        rule = line.split("//", 1)[0].strip()
        if not rule:
            continue
        mark = "!" if rule.startswith("!") else ""
        labels = rule.removeprefix("!").lower().split(".")
        sections[section].add(mark + ".".join(_ascii(label) for label in labels))
    version = _VERSION.search(list_text)
    return {
        "notice": _NOTICE,
        "version": version.group(1) if version else "unknown",
        "icann": "\n".join(sorted(sections["icann"])),
        "private": "\n".join(sorted(sections["private"])),
    }


def _ascii(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


class _Rules(NamedTuple):
    plain: frozenset[str]
    wild: frozenset[str]  # what follows the `*.` of a rule
    exempt: frozenset[str]  # what follows the `!` of an exception

    @classmethod
    def parse(cls, lines: list[str]) -> "_Rules":
        return cls(
            frozenset(lines),
            frozenset(line[2:] for line in lines if line.startswith("*.")),
            frozenset(line[1:] for line in lines if line.startswith("!")),
        )


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rules, _Rules]:
    """ICANN rules, and all rules."""
    data = json.loads((DATA_FOLDER / "public_suffixes.json").read_text("utf-8"))
    icann = data["icann"].split("\n")
    return _Rules.parse(icann), _Rules.parse(icann + data["private"].split("\n"))


@lru_cache(maxsize=_MEMO)
def registrable_domain(host: str, private: bool = True) -> str | None:
    """The domain that one owner registered, or None.

    `host` is ASCII, lower case, without port and final dot. None for a public suffix itself, a
    single label, and an IP address. An unknown top-level domain counts as a suffix of one label.
    `private=False` ignores the list's private part, in which companies let strangers have
    subdomains (`github.io`).
    """
    if host.startswith(("[", ".")) or ".." in host or "." not in host:
        return None
    last = host.rpartition(".")[2]
    if not last or last.isdigit():
        return None
    rules = _rules()[1 if private else 0]
    # The longest matching rule wins: the first one found from the left. `longer` is the candidate
    # with one label more: the registrable domain when the candidate is the suffix.
    longer: str | None = None
    candidate = host
    while True:
        if candidate in rules.exempt:
            return candidate
        parent = candidate.partition(".")[2]
        if not parent or candidate in rules.plain or parent in rules.wild:
            return longer
        longer, candidate = candidate, parent


def is_icann_suffix(host: str, parent: str) -> bool:
    """Whether a well-formed host of two labels or more is itself a suffix of the list's ICANN part, so that
    `registrable_domain(host, private=False)` is None. `parent`: all labels but the first."""
    rules = _rules()[0]
    return (host in rules.plain or parent in rules.wild) and host not in rules.exempt
