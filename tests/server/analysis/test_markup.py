"""A page's bytes are read in the encoding they are in, whatever is said about it."""

from __future__ import annotations

import pytest

from clauselight.analysis.extract import extract
from clauselight.analysis.markup import utf8

SENTENCE = "Wir geben Ihre persönlichen Daten für Werbung an Käufer weiter – ohne Rückfrage."
PAGE = f"<html><head>%s<title>x</title></head><body>{f'<p>{SENTENCE}</p>' * 6}</body></html>"


@pytest.mark.parametrize(
    ("meta", "codec", "said"),
    [
        ("", "utf-8", None),
        ("", "utf-8", "utf-8"),
        ("", "utf-8", "iso-8859-1"),
        ('<meta charset="iso-8859-1">', "utf-8", None),
        ("", "utf-8-sig", None),
        ("", "utf-16", None),
        ("", "utf-16-le", None),
        ("", "utf-16-be", None),
        ("", "cp1252", None),
        ("", "cp1252", "iso-8859-1"),
        ("", "cp1252", "utf-8"),
        ('<meta charset="utf-8">', "cp1252", None),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252", None),
        ("", "cp1252", "no-such-encoding"),
        ("", "cp1252", "zip"),
        ("", "cp1252", "idna"),
    ],
)
def test_encodings(meta: str, codec: str, said: str | None) -> None:
    assert SENTENCE in extract((PAGE % meta).encode(codec), encoding=said).text


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("shift_jis", "当社は、お客様の個人情報を第三者に提供することがあります。"),
        ("gb18030", "我们可能会与第三方共享您的个人信息，用于广告目的。"),
        ("euc-kr", "당사는 귀하의 개인정보를 제삼자에게 제공할 수 있습니다."),
        ("koi8-r", "Мы можем передавать ваши личные данные третьим лицам без предупреждения."),
    ],
)
def test_encodings_of_other_scripts(codec: str, text: str) -> None:
    page = f'<html><head><meta charset="{codec}"></head><body>{f"<p>{text}</p>" * 10}</body></html>'
    assert text in extract(page.encode(codec)).text


def test_a_broken_character_does_not_change_the_encoding() -> None:
    body = (PAGE % '<meta charset="utf-8">').encode() + b"<p>broken \xff here</p>"
    assert SENTENCE in utf8(body).decode()


def test_lone_surrogates_are_harmless() -> None:
    assert "Werbung" in extract((PAGE % "") + "<p>\ud800 lone</p>").text
