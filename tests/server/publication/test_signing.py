"""What the owner of a key published is accepted; damaged, forged, renamed and old answers are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine

from clauselight.publication.files import Shelf
from clauselight.publication.signing import (
    TAIL,
    KeyUnusable,
    SignatureRefused,
    Signer,
    create_key,
    read_key,
    verify,
)
from publications import on_shelf, published

BODY = b'{"contract_version":"1","prefix":"0f","sets":[]}'


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return create_key(tmp_path_factory.mktemp("key") / "key.pem")


def test_a_signed_body_is_json_with_the_signature_last(signer: Signer) -> None:
    signed = signer.sign("bucket", "0f", BODY)
    assert list(json.loads(signed))[-1] == "signature"
    assert signed[:-TAIL] == BODY[:-1]
    verify(signer.public_key, "bucket", "0f", signed)


@pytest.mark.parametrize(("kind", "name"), [("bucket", "0e"), ("index", ""), ("delta", "0f"), ("bucket", "")])
def test_it_counts_only_where_it_was_published(signer: Signer, kind: str, name: str) -> None:
    with pytest.raises(SignatureRefused):
        verify(signer.public_key, kind, name, signer.sign("bucket", "0f", BODY))


def test_another_key_counts_for_nothing(signer: Signer, tmp_path: Path) -> None:
    other = create_key(tmp_path / "other.pem")
    with pytest.raises(SignatureRefused):
        verify(other.public_key, "bucket", "0f", signer.sign("bucket", "0f", BODY))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_damage_is_refused(signer: Signer, data: st.DataObject) -> None:
    signed = bytearray(signer.sign("bucket", "0f", BODY))
    place = data.draw(st.integers(0, len(signed) - 1))
    change = data.draw(st.sampled_from(["flip", "cut", "insert"]))
    if change == "flip":
        signed[place] ^= 1 << data.draw(st.integers(0, 7))
    elif change == "cut":
        del signed[place]
    else:
        signed.insert(place, 0x20)
    with pytest.raises(SignatureRefused):
        verify(signer.public_key, "bucket", "0f", bytes(signed))


@given(st.binary(max_size=300))
def test_garbage_is_refused(signer: Signer, body: bytes) -> None:
    with pytest.raises(SignatureRefused):
        verify(signer.public_key, "index", "", body)


async def test_everything_readers_sync_is_signed(
    archive: AsyncEngine, tmp_path: Path, signer: Signer
) -> None:
    answers = await published(archive, tmp_path / "p.sqlite", signer=signer)
    digits = max(1, -(-(max(on_shelf(answers, Shelf.BUCKET)).bit_length()) // 4))
    for place, answer in on_shelf(answers, Shelf.BUCKET).items():
        verify(signer.public_key, "bucket", f"{place:0{digits}x}", answer.plain())
    (index,) = on_shelf(answers, Shelf.INDEX).values()
    verify(signer.public_key, "index", "", index.plain())
    for answer in on_shelf(answers, Shelf.DELTA).values():
        verify(signer.public_key, "delta", json.loads(answer.plain())["from_state"], answer.plain())


async def test_sequences_grow_even_when_the_publication_is_lost(
    archive: AsyncEngine, tmp_path: Path, signer: Signer
) -> None:
    """An old answer is recognised by its lower sequence."""
    file = tmp_path / "p.sqlite"

    def sequence(answers: dict[tuple[Shelf, int], object]) -> int:
        return int(json.loads(answers[Shelf.INDEX, 0].plain())["sequence"])  # type: ignore[attr-defined]

    first = sequence(await published(archive, file, signer=signer))
    second = sequence(await published(archive, file, smallest=64, signer=signer))
    assert second > first
    file.unlink()
    assert sequence(await published(archive, file, signer=signer)) >= second - 1


def test_keys_are_never_overwritten_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "key.pem"
    made = create_key(file)
    assert file.stat().st_mode & 0o077 == 0
    assert read_key(file).public_key == made.public_key
    with pytest.raises(KeyUnusable, match="exists already"):
        create_key(file)
    assert read_key(file).public_key == made.public_key


@pytest.mark.parametrize(
    "text", ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_an_unusable_key_is_told_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "key.pem").write_text(text)
    with pytest.raises(KeyUnusable, match="holds no signing key"):
        read_key(tmp_path / "key.pem")
    with pytest.raises(KeyUnusable, match="cannot be read"):
        read_key(tmp_path / "missing.pem")
