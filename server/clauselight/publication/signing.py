"""Signatures of what is published, and the rule by which a reader checks them.

Why: a public instance hands its bytes to servers it does not own (object stores, CDNs). With the publisher's
public key, a reader accepts from them only what the publisher wrote, under the name it was asked for, and
nothing older than what it has seen.

What is signed: the index, every delta and every bucket. Ed25519 (RFC 8032); keys are 32 bytes, signatures 64,
both in base64. The public key is given to the extension by hand, never by the server.

How a reader checks an answer, before it is parsed:

 1. Take the body's bytes after the content coding is undone (what `Response.arrayBuffer()` gives).
 2. The signature is always the last member of the JSON object. The last 104 bytes are therefore exactly
    `,"signature":"` (14 bytes), 88 characters of base64, `"}` (2 bytes). Anything else is unsigned: refused.
 3. The message is the ASCII line `clauselight/1/KIND/NAME` and a line feed (byte 10), followed by all bytes
    in front of those 104. KIND and NAME are what the reader *asked for*, never what the answer says of
    itself:

        answer of                      KIND     NAME
        /v1/index.json                 index    (nothing: the line ends with the slash)
        /v1/deltas/{state}.json        delta    the state the reader holds (16 hexadecimal digits)
        /v1/buckets/{prefix}.json      bucket   the prefix

 4. `crypto.subtle.verify("Ed25519", key, signature, message)` must be true, else refused.
 5. Only then JSON.parse the whole body and judge it by its schema. It must name itself as it was asked for
    (`prefix`; `from_state`).
 6. `sequence` must not be lower than that of the index (for index and delta), or of the same bucket, that was
    accepted before from this publisher: lower is a replay of an old state. Equal is the same state. A reader
    keeps the highest sequence for each of them as long as it keeps the key, also when it drops the contents.

An answer without a body, 304, has no signature and needs none: what the reader holds was checked with this
key when it was taken (under another key, or none, it must be fetched anew), and whoever answers 304 wrongly
can only hold back what is new, as anybody can who does not answer at all.

A refused answer changes nothing: the last good one stays, and the reader is told. Without a configured key a
reader does not look at the signature. A sequence is at least the second of publication (Unix time), so that
it goes on growing when a publication is made anew from the archive.

Ed25519 is in no Python standard library; the `cryptography` package (extra `clauselight[signing]`) is the one
that is audited and maintained. Without a key nothing of it is imported.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

CONTEXT: Final = "clauselight/1"
INDEX, DELTA, BUCKET = "index", "delta", "bucket"

_MEMBER: Final = b',"signature":"'
TAIL: Final = len(_MEMBER) + 88 + 2
"""Bytes of a signed body behind what is signed."""


class KeyUnusable(Exception):
    """A signing key cannot be read or made; the text is one sentence for the person at the terminal."""


class SignatureRefused(ValueError):
    """A body is not what the key's owner published under this name."""


def message(kind: str, name: str, signed: bytes) -> bytes:
    """What is signed: where it is published, and the bytes."""
    return f"{CONTEXT}/{kind}/{name}\n".encode() + signed


class Signer:
    """Signs with one private key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public_key = base64.b64encode(key.public_key().public_bytes_raw()).decode()
        """32 bytes in base64: what readers are given."""

    def sign(self, kind: str, name: str, body: bytes) -> bytes:
        """A JSON object with its signature as the last member."""
        signed = body[:-1]
        signature = base64.b64encode(self._key.sign(message(kind, name, signed)))
        return signed + _MEMBER + signature + b'"}'


def verify(public_key: str, kind: str, name: str, body: bytes) -> None:
    """Steps 2 to 4 of the rule. Raises SignatureRefused."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    signed, tail = body[:-TAIL], body[-TAIL:]
    if not signed or not tail.startswith(_MEMBER) or not tail.endswith(b'"}'):
        raise SignatureRefused("The answer is not signed.")
    try:
        signature = base64.b64decode(tail[len(_MEMBER) : -2], validate=True)
        # One spelling only: the last character before "==" has four bits that mean nothing.
        if base64.b64encode(signature) != tail[len(_MEMBER) : -2]:
            raise SignatureRefused("The signature is not written in the one way it may be.")
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(signature, message(kind, name, signed))
    except (ValueError, InvalidSignature) as error:
        raise SignatureRefused("The signature does not belong to this answer.") from error


def read_key(file: Path) -> Signer:
    """The signer of a key file (PEM, PKCS #8, as `create_key` and openssl write it). Raises KeyUnusable."""
    serialization, private_key = _cryptography()
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except OSError as error:
        raise KeyUnusable(f"The signing key {file} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError) as error:
        raise KeyUnusable(
            f"The file {file} holds no signing key; 'clauselight key create' makes one."
        ) from error
    if not isinstance(key, private_key):
        raise KeyUnusable(f"The key in {file} is of another kind than Ed25519.")
    return Signer(key)


def create_key(file: Path) -> Signer:
    """Write a new private key that only its owner may read. Raises KeyUnusable, also when the file exists."""
    serialization, private_key = _cryptography()
    key = private_key.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Never over an existing key: readers who were given its public half would refuse everything.
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(text)
    except FileExistsError as error:
        raise KeyUnusable(f"{file} exists already and was left as it is.") from error
    except OSError as error:
        raise KeyUnusable(f"The key cannot be written to {file}: {error.strerror}.") from error
    return Signer(key)


def _cryptography() -> tuple[Any, Any]:
    """The package's module of key formats and its class of private keys."""
    try:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    except ImportError as error:
        raise KeyUnusable(
            "Signing needs the package 'cryptography': pip install 'clauselight[signing]'."
        ) from error
    return serialization, Ed25519PrivateKey
