"""Why a page or text is not analysed: a kind for programs and one sentence for people."""

from __future__ import annotations

from typing import Literal

RefusalKind = Literal[
    "empty",
    "not-text",
    "too-large",
    "too-complex",
    "bot-wall",
    "cookie-wall",
    "login",
    "error-page",
    "needs-scripts",
    "too-short",
]

SENTENCES: dict[RefusalKind, str] = {
    "empty": "There is no text to read.",
    "not-text": "This is no web page or text: it looks like a picture, an archive or another kind of file.",
    "too-large": "The page is larger than any policy we know, so it was not read.",
    "too-complex": "The page is built from so many nested parts that it was not read.",
    "bot-wall": "The site asked for proof that a person is visiting instead of showing the document.",
    "cookie-wall": "The site asked for consent to cookies instead of showing the document.",
    "login": "The site asked to sign in instead of showing the document.",
    "error-page": "The site answered with an error page instead of the document.",
    "needs-scripts": "The page shows its text only after its scripts have run, and here they do not run.",
    "too-short": "The page holds too little text to be a policy or terms.",
}


class Refused(Exception):
    """The input is not analysed. `kind` is stable and meant for programs, `sentence` for people."""

    def __init__(self, kind: RefusalKind, sentence: str | None = None) -> None:
        self.kind: RefusalKind = kind
        self.sentence = sentence or SENTENCES[kind]
        super().__init__(f"{kind}: {self.sentence}")
