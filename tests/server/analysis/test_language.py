"""The language of a document."""

from __future__ import annotations

import pytest

from clauselight.analysis.language import guess_language


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "en",
            "We may share your personal data with our partners, and you agree to this if you use it.",
        ),
        (
            "de",
            "Wir geben Ihre Daten an unsere Partner weiter, und Sie stimmen dem zu, wenn Sie ihn nutzen.",
        ),
        (
            "fr",
            "Nous partageons vos données avec nos partenaires, et vous acceptez cela sur le site.",
        ),
        (
            "es",
            "Podemos compartir los datos de usted con nuestros socios, y usted lo acepta al usar el sitio.",
        ),
        (
            "it",
            "Possiamo condividere i dati con i nostri partner, e lei accetta questo quando usa il servizio.",
        ),
        (
            "nl",
            "Wij delen de gegevens van u met onze partners, en u stemt daarmee in als u de dienst gebruikt.",
        ),
        (
            "pt",
            "Podemos partilhar os dados do utilizador com os nossos parceiros, e o utilizador aceita isso.",
        ),
        ("pl", "Możemy przekazywać dane do naszych partnerów, jak i do innych osób, na co się zgadzasz."),
        ("zh", "我们可能会与合作伙伴共享您的个人信息，您使用本服务即表示同意。"),
        ("ja", "当社はお客様の個人情報をパートナーと共有することがあります。"),
        ("ko", "당사는 귀하의 개인정보를 파트너와 공유할 수 있습니다."),
        ("ru", "Мы можем передавать ваши данные нашим партнёрам, и вы с этим соглашаетесь."),
    ],
)
def test_languages(code: str, text: str) -> None:
    assert guess_language(text * 3) == code


@pytest.mark.parametrize(
    "text", ["", "12345 67890", "lorem ipsum dolor sit amet consectetur adipiscing elit"]
)
def test_what_is_no_known_language_has_none(text: str) -> None:
    assert guess_language(text) == ""
