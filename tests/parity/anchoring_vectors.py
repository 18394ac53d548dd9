"""Writes ``shared_schema/parity/anchoring.json``: what both anchoring implementations must answer.

    python tests/parity/anchoring_vectors.py --write

The inputs are made here: small pages for each rule, and seeded synthetic policies with edits, moves,
deletions and rendering differences. The expected values are those of the Python twin at the time of
writing; a changed expectation shows in review as a changed vector. All offsets in the file are
UTF-16 units, as the extension counts.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

from clauselight.domain.anchoring import (
    PageIndex,
    QuoteToAnchor,
    anchor_quotes,
    diff_words,
    normalise,
)

VECTORS = Path(__file__).parents[2] / "shared_schema" / "parity" / "anchoring.json"
SEED = 20261122

POLICY = (
    "Privacy Policy",
    "We collect the information you give us when you create an account. This includes your name, "
    "your e-mail address and your date of birth.",
    "How we share your data",
    "We may share your personal data with advertising partners to show you relevant ads. We do not "
    "sell your data to anyone.",
    "You can delete your account at any time in the settings. We keep backups for 90 days.",
    "We use your content to train our machine learning models unless you opt out.",
    "Any dispute will be resolved by binding arbitration. You waive your right to a jury trial.",
    "To find out more, please see our Cookie Policy.",
    "We may change these terms at any time. To find out more, please see our Cookie Policy.",
)
NORMALISE = (
    "", "   ", "plain text", " two  spaces\tand\na line ", "\u201cquoted\u201d \u2018it\u2019s\u2019",
    "a\u00a0b\u2009c\u3000d", "soft\u00adhyphen zero\u200bwidth \ufeff", "\ufb01le o\ufb03ce",
    "em\u2014dash \u2013 minus \u2212", "wait\u2026", "e\u0301te\u0301 \u00e9t\u00e9", "x\u0301\u0302y",
    "\u2022 item \u25aa item", "\ud83d\ude00 smile", "lone \ud800 high \udc00 low", "\uff21\uff22\uff01",
    "\u4f60\u597d\uff0c\u4e16\u754c\u3002", "\u0645\u0631\u062d\u0628\u0627 \u200f\u0628\u0643",
    "\u200b\u200b", "\u0301start", "a\u200b\u0301b", "\u2026\u0301",
)  # fmt: skip
DIFFS = (
    ("", ""), ("a b c", "a b c"), ("a b c", ""), ("", "a b"), ("we may share data", "we may sell all data"),
    ("We share it\u2019s data.", "we share it's data."), ("one two three four", "one 2 three 4 five"),
    ("\u4f60\u597d\u4e16\u754c", "\u4f60\u4eec\u597d\u4e16\u754c"), ("x  y", "x y z"),
)  # fmt: skip


def page_of(paragraphs: list[str], separator: str = " ") -> tuple[str, list[int]]:
    """Page text and block starts of paragraphs."""
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(at)
        at += len(paragraph) + len(separator)
    return separator.join(paragraphs), blocks


def quote_of(text: str, exact: str, name: str, nth: int = 0) -> dict[str, Any]:
    """The nth occurrence of ``exact`` as a recorder would store it."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(exact, start + 1)
    end = start + len(exact)
    return {
        "id": name, "exact": exact, "prefix": text[max(0, start - 32) : start],
        "suffix": text[end : end + 32], "start": start, "end": end,
    }  # fmt: skip


def rule_pages() -> list[dict[str, Any]]:
    """One small page for each rule."""
    old, _ = page_of(list(POLICY))
    sentence = "We may share your personal data with advertising partners to show you relevant ads."
    sell = "We do not sell your data to anyone."
    cookies = "To find out more, please see our Cookie Policy."
    jury = "You waive your right to a jury trial."
    quotes = [
        quote_of(old, sentence, "share"),
        quote_of(old, sell, "sell"),
        quote_of(old, cookies, "cookies-1"),
        quote_of(old, cookies, "cookies-2", 1),
        quote_of(old, jury, "jury"),
        quote_of(old, "unless you opt out", "part"),
        quote_of(old, "Privacy", "one-word"),
        quote_of(old, POLICY[4], "two-sentences"),
    ]
    pages = []

    def add(name: str, paragraphs: list[str], used: list[dict[str, Any]] = quotes, **kw: str) -> None:
        text, blocks = page_of(paragraphs, **kw)
        pages.append({"name": name, "text": text, "blocks": blocks, "quotes": used})

    new = list(POLICY)
    add("unchanged", new)
    add("blocks joined without a space", new, separator="")
    add(
        "edited",
        [p.replace("advertising partners", "our trusted business partners and affiliates") for p in new],
    )
    add("grown sentence", [p.replace("to anyone.", "to anyone, except as described below.") for p in new])
    add("deleted", [p.replace(" " + jury, "").replace(sell, "") for p in new])
    add("moved", [new[6], *new[:6], *new[7:]])
    add("inserted above", ["A long new introduction. " * 40, *new])
    add("numbered", [f"{i}. {p}" for i, p in enumerate(new)])
    add("typography", [p.replace(" ", "\u00a0").replace("fi", "\ufb01").replace("'", "\u2019") for p in new])
    add("soft hyphens", [p.replace("ar", "ar\u00ad").replace("e ", "e\u200b ") for p in new])
    add("lone surrogates", [p.replace("data", "data \ud800") for p in new])
    add("emoji", ["\U0001f512 " + p for p in new], [{**q, "start": None, "end": None} for q in quotes])
    add("upper case", [p.upper() for p in new])
    add("empty page", [])
    add("unrelated page", ["The quick brown fox jumps over the lazy dog."] * 5)
    add("no spaces", ["".join(new)])
    add("own words", *own_words())
    page, absent = absent_words()
    add("an absent word is no word of the page", page, absent[:1])
    add("an absent word is no word of the page, whatever else is looked for", page, absent)
    blank = {"id": "x", "prefix": "", "suffix": "", "start": None, "end": None}
    odd = ["", " ", "\u200b", "!!!", "\ud800", "\U0001f512", "a", old + old, "data", "\u4f60\u597d"]
    add(
        "odd quotes",
        [*new, "!!! \U0001f512 \U0001f512"],
        [{**blank, "id": str(i), "exact": e} for i, e in enumerate(odd)],
    )
    chinese = "我们可能会与广告合作伙伴共享您的个人数据。"
    kept = "我们不会出售您的数据。"
    arabic = "نحن نشارك بياناتك مع شركاء الإعلان."
    thai = "เราอาจแบ่งปันข้อมูลของคุณ"
    world, _ = page_of([chinese + kept, arabic, thai])
    used = [quote_of(world, q, q[:3]) for q in (chinese, kept, arabic, thai)]
    add("other scripts", [kept, chinese.replace("\u5e7f\u544a", "\u8425\u9500"), arabic, thai], used)
    repeated, _ = page_of(["See details below."] * 500)
    add(
        "500 times",
        ["See details below."] * 500,
        [quote_of(repeated, "See details below.", str(n), n) for n in (0, 7, 499)],
    )
    return pages


def own_words() -> tuple[list[str], list[dict[str, Any]]]:
    """A verbatim quote keeps its own words unless its record shows that it was the whole sentence."""
    disputes = "Disputes are settled by binding arbitration in Delaware"
    sale = "We never sell your personal data to anybody."
    costs = "You pay (a) the costs of the court and (b) those of your lawyer"
    page = [
        f"Clause: {disputes}, unless your law says otherwise.",
        "In short: We never sell your personal data to anybody, but we may rent it out.",
        f"Note that {costs.replace('(a) ', '').replace('(b) ', '')} in every case.",
    ]

    def quote(name: str, exact: str, prefix: str = "", suffix: str = "", **more: Any) -> dict[str, Any]:
        place = {"start": None, "end": None} | more
        return {"id": name, "exact": exact, "prefix": prefix, "suffix": suffix, **place}

    return page, [
        quote("no context", disputes),
        quote("no context, full stop", disputes + "."),
        quote("only a suffix", disputes, suffix=" Next we explain."),
        quote("only a prefix", disputes, prefix="This ends here. "),
        quote("whole sentence", disputes + ".", "This ends here. ", " Next we explain."),
        quote("after a line", disputes + ".", "How we settle\n", "\nNext we explain."),
        quote("after a word", disputes + ".", "How we settle ", " Next we explain."),
        quote("part of a sentence", disputes, "he says that ", " whenever you like"),
        quote("blank context", disputes, " ", "\n"),
        quote("at the beginning", disputes + ".", suffix=" Next we explain.", start=0, end=56),
        quote("stop is gone", sale),
        quote("list numbers", costs),
    ]


def absent_words() -> tuple[list[str], list[dict[str, Any]]]:
    """A clause whose recorded neighbours the page lacks, and so does every other quote.

    What stands next to it now is other words, which no quote has: neither may count as the other.
    """
    page = ["Intro words here. We collect all of your personal data quickly today. Later text."]
    exact = "We collect all of your personal data"
    near = {
        "id": "near",
        "exact": exact,
        "prefix": "Xylem opens. ",
        "suffix": " Zebra next",
        "start": 18,
        "end": 54,
    }
    far = {"id": "far", "exact": "completely absent xylophone quartz sentence", "prefix": "", "suffix": ""}
    changed = {**near, "id": "changed", "exact": "We collect all of your yodelled data", "end": 54}
    return page, [near, changed, {**far, "start": None, "end": None}]


WORDS = (
    "we", "you", "your", "data", "the", "to", "of", "and", "may", "with", "use", "share", "account",
    "information", "services", "content", "party", "collect", "partners", "device", "settings",
    "law", "rights", "policy", "terms", "time", "delete", "access", "third", "provide",
    "advertising", "consent", "purposes", "security", "users", "changes", "location", "cookies",
    "payment", "children", "notice", "dispute", "arbitration", "liability", "transfer", "country",
    "retention", "request", "contact", "profile", "public",
)  # fmt: skip


def synthetic_pages(count: int) -> list[dict[str, Any]]:
    """Seeded policies whose quotes drift in every way at once."""
    rng = random.Random(SEED)

    def sentence() -> str:
        words = [
            rng.choice(WORDS) if rng.random() < 0.8 else f"term{rng.randrange(400)}"
            for _ in range(rng.randint(4, 26))
        ]
        return " ".join(words).capitalize() + rng.choice("....;:?")

    def edit(text: str) -> str:
        words = text.split(" ")
        for _ in range(rng.randint(1, max(1, len(words) // 2))):
            at = rng.randrange(len(words))
            words[at : at + rng.randint(0, 2)] = [rng.choice(WORDS) for _ in range(rng.randint(0, 2))]
        return " ".join(words)

    looks = (
        lambda s: s, lambda s: s.replace(" ", "\u00a0"), lambda s: s.replace("s", "s\u00ad"),
        lambda s: s.replace("a", "a\u0301"), lambda s: "\u2022 " + s, str.upper,
        lambda s: s.replace("fi", "\ufb01"), lambda s: f"({rng.choice('abc')}) {s}",
    )  # fmt: skip
    pages = []
    for number in range(count):
        old = [[sentence() for _ in range(rng.randint(1, 4))] for _ in range(rng.randint(3, 14))]
        if rng.random() < 0.5:
            old.insert(rng.randrange(len(old)), list(rng.choice(old)))
        text, _ = page_of([" ".join(p) for p in old])
        quotes = []
        for k in range(rng.randint(1, 6)):
            pick = rng.choice(rng.choice(old))
            if rng.random() < 0.3:
                words = pick.split(" ")
                a = rng.randrange(len(words))
                pick = " ".join(words[a : a + rng.randint(1, 9)])
            quotes.append(quote_of(text, pick, str(k), rng.randrange(text.count(pick))))
        new = []
        for paragraph in old:
            if rng.random() < 0.2:
                new.append(sentence())
            if rng.random() < 0.1:
                continue
            kept = [edit(s) if rng.random() < 0.3 else s for s in paragraph if rng.random() < 0.9]
            new.append(rng.choice(looks)(" ".join(kept)))
        if rng.random() < 0.3:
            rng.shuffle(new)
        page, blocks = page_of(new, rng.choice((" ", " ", "\n\n", "")))
        pages.append({"name": f"synthetic {number}", "text": page, "blocks": blocks, "quotes": quotes})
    return pages


def units(text: str) -> list[int]:
    """UTF-16 offset of every code point offset of a text."""
    out = [0]
    for character in text:
        out.append(out[-1] + (2 if ord(character) > 0xFFFF else 1))
    return out


def answers(page: dict[str, Any]) -> list[dict[str, Any]]:
    """Anchors of a page as the file holds them. The page's blocks count UTF-16 units."""
    text = page["text"]
    to_units = units(text)
    points = {unit: i for i, unit in enumerate(to_units)}
    index = PageIndex(text, [points[b] for b in page["blocks"]])
    return [
        {
            "id": a.id, "outcome": a.outcome,
            "start": -1 if a.start < 0 else to_units[a.start],
            "end": -1 if a.end < 0 else to_units[a.end],
            "score": round(a.score, 6), "margin": round(a.margin, 6),
        }
        for a in anchor_quotes(index, [QuoteToAnchor(**q) for q in page["quotes"]])
    ]  # fmt: skip


def normalised(raw: str) -> dict[str, Any]:
    """Normalised text, and the raw range of every normalised character, in UTF-16 units."""
    result = normalise(raw)
    to_units = units(raw)
    ranges = []
    for i, character in enumerate(result.text):
        start, end = (to_units[x] for x in result.to_raw(i, i + 1))
        # A character of two units is two characters to the extension.
        ranges += [[start, end]] if ord(character) <= 0xFFFF else [[start, start + 1], [start + 1, end]]
    return {"raw": raw, "text": result.text, "ranges": ranges}


def vectors() -> dict[str, Any]:
    """Everything the file holds."""
    pages = rule_pages() + synthetic_pages(60)
    for page in pages:
        to_units = units(page["text"])
        page["blocks"] = [to_units[min(b, len(page["text"]))] for b in page["blocks"]]
        page["anchors"] = answers(page)
    return {
        "normalise": [normalised(raw) for raw in NORMALISE],
        "diff": [
            {"before": a, "after": b, "parts": [{"kind": p.kind, "text": p.text} for p in diff_words(a, b)]}
            for a, b in DIFFS
        ],
        "pages": pages,
    }


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        raise SystemExit(__doc__)
    lines = json.dumps(vectors(), ensure_ascii=True, indent=1, sort_keys=True)
    VECTORS.write_text(lines + "\n", encoding="ascii")
