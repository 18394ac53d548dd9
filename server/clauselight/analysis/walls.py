"""Recognises what sites show instead of a document: a proof of humanity, a consent wall, a login, an error.

All of them are short; a long text that mentions such a thing is a document about it. Words are matched in the
languages of our catalogue, on the page's title and visible text.
"""

from __future__ import annotations

import re

from clauselight.analysis.boilerplate import weigh
from clauselight.analysis.page import Page
from clauselight.analysis.refusal import RefusalKind

MOST_WORDS = 350
"""A wall has no more words than this in its main text; the shortest policies of our collection have 211."""
SHORT = MOST_WORDS // 2
"""Below this the words of a wall need not stand in the headline."""
LEAST_WORDS = 40
"""Fewer words are no policy: the shortest clause with its heading and date has as many."""
FORM_WORDS = 2
"""Different words of a form to sign in that make a short text one."""


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


_BOT = _any_of(
    r"just a moment|attention required|pardon our interruption|\bcaptcha\b|ray id|incapsula|ddos protection",
    r"checking (?:your browser|if the site connection)|enable javascript and cookies to continue",
    r"verif(?:y|ying) (?:that )?you are (?:a )?human|are you (?:a )?(?:robot|human)|(?:not|no) a robot",
    r"unusual (?:traffic|activity)|automated (?:access|requests|queries)|press (?:&|and) hold",
    r"complete the (?:security check|captcha)|bot (?:detection|protection)|security (?:check|verification)",
    r"access (?:to this page has been |has been |is )?(?:denied|blocked)",
    r"request (?:was |has been )?(?:blocked|unsuccessful)",
    r"sie (?:ein mensch|kein roboter)|êtes(?:-vous)? (?:un )?(?:humain|robot)|no eres un robot",
)
_CODE = r"(?:40[0134]|410|429|50[0234])"
_ERROR = _any_of(
    rf"\b{_CODE}\b.{{0,40}}(?:error|not found|forbidden|unavailable|bad|gateway|fehler|erreur)",
    rf"(?:error|fehler|erreur)\s*:?\s*(?:code\s*)?{_CODE}\b|^\W*(?:404|410|500|502|503)\b",
    r"page .{0,40}(?:not (?:be )?found|n[’']t (?:exist|be found)|no longer (?:exists|available))",
    r"internal server error|service (?:temporarily )?unavailable|bad gateway|gateway time-?out",
    r"(?:something|oops).{0,12} went wrong|this site can.t be reached|this page isn.t available",
    r"page introuvable|seite (?:wurde )?nicht gefunden|página no encontrada|pagina non trovata",
    r"pagina niet gevonden|strony? nie znaleziono|domain is for sale",
    r"temporarily down|under maintenance|too many requests",
)
_LOGIN = _any_of(
    r"\b(?:log|sign)[ -]?in\b|\bpassword\b|forgot your|create an account|don.t have an account",
    r"anmelden|passwort|se connecter|mot de passe|iniciar sesión|contraseña|accedi\b|zaloguj|inloggen",
)
_LOGIN_ASKED = _any_of(
    r"(?:log|sign)[ -]?in (?:to (?:continue|view|access|see|your account)|required|with)",
    r"(?:must|need to|please|have to) (?:be )?(?:log|sign)(?:ged)?[ -]?in|session (?:has )?expired",
)
_CONSENT = _any_of(r"\bcookies?\b|\bconsent\b|tracking|einwilligung|consentement|your privacy choices")
_CHOICE = _any_of(
    r"\b(?:accept|agree|allow|reject|decline|refuse) (?:all|and|to|cookies|&|everything)",
    r"\bI (?:agree|accept)\b|before you continue|manage (?:preferences|options|choices|settings)",
    r"alles? (?:akzeptieren|annehmen|ablehnen)|tout (?:accepter|refuser)|aceptar|accetta|akceptuj",
)
_SCRIPTS = _any_of(
    r"(?:enable|activate|requires?|need|turn on) javascript|javascript (?:is )?(?:required|disabled)"
)


def wall_of(page: Page, text: str, document_words: int) -> RefusalKind | None:
    """What stands in the document's way, None when the page is a document.

    `text` is what was extracted, `document_words` its words in prose and headings.
    """
    if document_words > MOST_WORDS:
        return None
    seen = page.text[:20_000]
    password = any(
        element.tag == "input" and element.attributes.get("type", "").lower() == "password"
        for element in page.elements
    )
    asks = (password and _LOGIN.search(seen)) or _LOGIN_ASKED.search(_headline(page.title, text))
    wall = _wall(page.title, text, seen, document_words, asks=bool(asks))
    if wall:
        return wall
    if document_words < LEAST_WORDS:
        if _SCRIPTS.search(seen) or _SCRIPTS.search(page.unscripted):
            return "needs-scripts"
        return "empty" if not page.blocks else "too-short"
    return None


def wall_of_blocks(title: str, text: str) -> RefusalKind | None:
    """The same for text in blocks that a reader's browser found on a page: without its markup, and however
    short, for it may be a part that the reader chose."""
    document_words = words_of(text)
    if document_words > MOST_WORDS:
        return None
    # Where no field for a password can be seen, the form's own words tell.
    form = len({word.casefold() for word in _LOGIN.findall(text)}) >= FORM_WORDS
    asks = form and (document_words < LEAST_WORDS or bool(_LOGIN_ASKED.search(_headline(title, text))))
    return _wall(title, text, text[:20_000], document_words, asks=asks)


def _wall(title: str, text: str, seen: str, document_words: int, *, asks: bool) -> RefusalKind | None:
    """`seen` is all that the page shows; `asks` says that it asks to sign in."""
    headline = _headline(title, text)
    short = document_words < SHORT
    if _BOT.search(headline) or (short and _BOT.search(seen)):
        return "bot-wall"
    if _ERROR.search(title) or any(_ERROR.search(line) for line in text[:300].split("\n")[:3]):
        return "error-page"
    if short and asks:
        return "login"
    if short and _CONSENT.search(seen) and _CHOICE.search(seen) and len(_CONSENT.findall(seen)) >= 2:
        return "cookie-wall"
    return None


def _headline(title: str, text: str) -> str:
    return f"{title}\n{text[:200]}"


def words_of(text: str) -> int:
    """Words of an extracted text, line by line, in any script."""
    return sum(weigh(line) for line in text.split("\n") if line)
