"""German, Italian and Polish: plain clauses of the known kinds are found, other sentences are left alone."""

from __future__ import annotations

import zipfile

import numpy as np
import pytest

from clauselight.analysis.blocks import BlockKind
from clauselight.analysis.classify import LANGUAGES, Finding, UnknownLanguage, load_classifier
from clauselight.analysis.model.file import FILE as ENGLISH
from clauselight.analysis.other_languages import FILE, load
from clauselight.analysis.segment import Clause
from clauselight.contract.vocabulary import Confidence

CLEAR = {
    "de": [
        ("liability-limitation", "Wir haften nicht für indirekte Schäden oder entgangenen Gewinn."),
        ("governing-law-venue", "Es gilt deutsches Recht, ausschließlicher Gerichtsstand ist Berlin."),
        ("account-termination", "Wir können Ihr Konto jederzeit ohne Grund sperren oder kündigen."),
        ("change-without-notice", "Wir können diese Bedingungen jederzeit nach eigenem Ermessen ändern."),
    ],
    "it": [
        ("liability-limitation", "La società non è responsabile per danni indiretti o incidentali."),
        ("governing-law-venue", "I presenti Termini sono regolati dalla legge italiana."),
        ("account-termination", "Possiamo sospendere o chiudere il tuo account in qualsiasi momento."),
        ("change-without-notice", "Ci riserviamo il diritto di modificare i Termini in qualsiasi momento."),
    ],
    "pl": [
        ("liability-limitation", "Nie ponosimy odpowiedzialności za szkody pośrednie ani utratę zysków."),
        ("governing-law-venue", "Niniejszy Regulamin podlega prawu polskiemu."),
        ("account-termination", "Możemy w każdej chwili zawiesić lub usunąć konto użytkownika."),
        ("change-without-notice", "Zastrzegamy sobie prawo do zmiany Regulaminu w dowolnym momencie."),
    ],
}
"""By language: a type, and a sentence that says nothing else."""
CLEAR_ROWS = [(code, *row) for code, rows in CLEAR.items() for row in rows]

NEUTRAL = {
    "de": [
        "Wir speichern Ihre Anschrift, damit wir Ihnen die Ware schicken können.",
        "Über Cookies merken wir uns, was in Ihrem Warenkorb liegt.",
        "Das Unternehmen wurde 1998 gegründet und beschäftigt achtzig Menschen.",
        "Verantwortlich für die Verarbeitung Ihrer Daten ist die Larkmoor GmbH.",
        "Sie können der Verarbeitung Ihrer Daten widersprechen.",
        "Der Widerruf der Einwilligung ist jederzeit möglich.",
    ],
    "it": [
        "Conserviamo il tuo indirizzo per poterti spedire la merce.",
        "Grazie ai cookie ricordiamo che cosa c'è nel carrello.",
        "La società è stata fondata nel 1998 e dà lavoro a ottanta persone.",
        "Il responsabile della protezione dei dati risponde alle tue domande.",
        "Puoi opporti al trattamento dei tuoi dati personali.",
        "La newsletter viene inviata una volta alla settimana.",
        "Il responsabile del trattamento è la società Rossi.",
        "Rispondiamo alle richieste entro un mese.",
        "I dati di navigazione vengono usati per ricavare statistiche anonime.",
        "I cookie tecnici sono necessari al funzionamento del sito.",
        "Il trattamento avviene con strumenti informatici nel rispetto delle misure di sicurezza.",
        "Potrai revocare il consenso scrivendo alla nostra sede.",
        "I dati possono essere comunicati a consulenti, banche e autorità competenti.",
        "Gli interessati possono chiedere la portabilità dei dati.",
        "Le informazioni sul pagamento sono gestite da un fornitore esterno.",
        "L'utente si impegna a non violare i diritti di terzi.",
        "È possibile annullare l'ordine prima della spedizione.",
        "La garanzia legale di conformità dura due anni.",
        "Il venditore spedisce la merce all'indirizzo indicato dall'acquirente.",
        "Il codice promozionale non è cumulabile con altre offerte.",
        "Il servizio è disponibile in Italia e in Svizzera.",
        "Se accedi con Facebook riceviamo il tuo nome e la tua foto.",
        "Il tribunale può ordinare la comunicazione dei dati.",
        "Per eliminare l'account vai alla pagina del profilo.",
        "Le modifiche al profilo sono visibili subito.",
        "I contenuti pubblicati sono visibili a tutti.",
    ],
    "pl": [
        "Przechowujemy adres, aby móc wysłać zamówiony towar.",
        "Dzięki plikom cookie pamiętamy, co jest w koszyku.",
        "Firma powstała w 1998 roku i zatrudnia osiemdziesiąt osób.",
        "Inspektor ochrony danych odpowiada na pytania użytkowników.",
        "Możesz sprzeciwić się przetwarzaniu swoich danych osobowych.",
        "Newsletter wysyłamy raz w tygodniu.",
        "Administratorem danych osobowych jest spółka Kowalski.",
        "Na wnioski odpowiadamy w ciągu miesiąca.",
        "Dane o ruchu służą do tworzenia anonimowych statystyk.",
        "Techniczne pliki cookie są niezbędne do działania strony.",
        "Przetwarzanie odbywa się przy użyciu narzędzi informatycznych.",
        "Zgodę można cofnąć, pisząc na adres naszej siedziby.",
        "Dane mogą być udostępniane doradcom, bankom i właściwym organom.",
        "Osoby, których dane dotyczą, mogą żądać ich przeniesienia.",
        "Płatności obsługuje zewnętrzny dostawca.",
        "Użytkownik zobowiązuje się nie naruszać praw osób trzecich.",
        "Zamówienie można anulować przed wysyłką.",
        "Rękojmia trwa dwa lata.",
        "Sprzedawca wysyła towar na adres podany przez kupującego.",
        "Kod promocyjny nie łączy się z innymi ofertami.",
        "Usługa jest dostępna w Polsce i w Czechach.",
        "Jeśli logujesz się przez Facebooka, otrzymujemy twoje imię i zdjęcie.",
        "Sąd może nakazać ujawnienie danych.",
        "Aby usunąć konto, przejdź do strony profilu.",
        "Zmiany w profilu są widoczne od razu.",
        "Opublikowane treści są widoczne dla wszystkich.",
    ],
}


def findings(language: str, text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[Finding]:
    """Labels of one sentence."""
    (found,) = load_classifier().judge([Clause(text, 0, len(text), (), "", kind)], language=language)
    return found


@pytest.mark.parametrize(("language", "kind", "text"), CLEAR_ROWS)
def test_a_plain_clause_of_a_known_kind_is_found(language: str, kind: str, text: str) -> None:
    best = findings(language, text)[0]
    assert best.clause_type == kind
    assert best.confidence is Confidence.MEDIUM
    assert best.words
    assert set(best.words) <= set(text.lower().replace(",", "").replace(";", "").replace(".", "").split())


@pytest.mark.parametrize(("language", "text"), [(code, text) for code in NEUTRAL for text in NEUTRAL[code]])
def test_an_ordinary_sentence_has_no_label(language: str, text: str) -> None:
    assert findings(language, text) == []


@pytest.mark.parametrize("language", NEUTRAL)
@pytest.mark.parametrize("text", ["", "   ", "12", "…", "Haftung", "x " * 5_000, "\u0000\ud800"])
def test_odd_texts_have_no_label(language: str, text: str) -> None:
    assert findings(language, text) == []


def test_a_heading_has_no_label() -> None:
    assert findings("de", CLEAR["de"][0][1], BlockKind.HEADING) == []


def test_the_languages_are_not_mixed_up() -> None:
    for language, _, text in CLEAR_ROWS:
        for other in NEUTRAL.keys() - {language}:
            assert findings(other, text) == []


@pytest.mark.parametrize("language", ["fr", "nl", "es", ""])
def test_any_other_language_is_still_refused(language: str) -> None:
    with pytest.raises(UnknownLanguage):
        findings(language, "Nous pouvons modifier ces conditions à tout moment.")


def test_the_file_is_small_and_holds_plain_numbers() -> None:
    assert FILE.stat().st_size <= 300_000
    assert FILE.stat().st_size + ENGLISH.stat().st_size <= 2_000_000
    with np.load(FILE, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "fiu" for name in arrays.files)
    with zipfile.ZipFile(FILE) as file:
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_language_has_types_that_english_has() -> None:
    known = load().known
    assert ("en", *known) == LANGUAGES
    for language in known.values():
        assert len(language.types) >= 5
        assert set(language.types) <= set(load_classifier().model.types)
        assert language.weights.shape == (len(language.vocabulary), len(language.types))
