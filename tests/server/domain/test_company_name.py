"""Names of companies compared: what counts and what does not."""

from __future__ import annotations

import pytest

from clauselight.domain.company_name import core, cores, domains_in, is_site, label, related


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Pinterest Europe Ltd.", "pinterest"),
        ("PayPal (Europe) S.à r.l. et Cie, S.C.A.", "paypal"),
        ("Booking.com B.V.", "booking"),
        ("Yahoo!", "yahoo"),
        ("Finya GmbH & Co. KG", "finya"),
        ("The New York Times Company", "newyorktimes"),
        ("Facebook Ireland Ltd. (formerly)", "facebook"),
        ("Škoda Auto a.s.", "skodaauto"),
        ("Disney+", "disneyplus"),
        ("O'Reilly", "oreilly"),
        ("AG", "ag"),
        ("文心一言", "文心一言"),
        ("!!!", ""),
    ],
)
def test_core(name: str, wanted: str) -> None:
    assert core(name) == wanted


def test_a_listed_name_can_stand_for_several() -> None:
    assert cores("Amazon / Audible") == {"amazon", "audible"}
    assert cores("BBC (British Broadcasting Corporation)") == {"bbc", "britishbroadcasting"}
    assert cores("Messenger (www.messenger.com)") == {"messenger"}
    assert "askfm" in cores("Ask.fm") and "ask" in cores("Ask.fm")
    assert "twitter" in cores("X")


def test_sites_that_a_name_spells_out() -> None:
    assert domains_in("Messenger (www.messenger.com)") == {"messenger.com"}
    assert domains_in("write to me@example.com") <= {"example.com"}
    assert is_site("tellows.pl") and not is_site("tellows.pl GmbH") and not is_site("Tellows")


def test_a_name_within_another_counts_only_when_it_is_long_enough() -> None:
    assert related("google", "googlemaps")
    assert related("hm", "hm")
    assert not related("hm", "ohmygod")
    assert not related("", "anything")
    assert label("deutsche-bahn.de") == "deutschebahn"
