"""Signatures of commits as git writes and reads them with `gpg.format=ssh`: Ed25519 keys, namespace "git".

The format is SSHSIG (OpenSSH, PROTOCOL.sshsig): the signed bytes are a preamble, the namespace, and the SHA-512 of the
commit without its signature. Nothing here decides whose key counts.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import textwrap
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from huiyin.history.repository import HistoryError

_PREAMBLE, _NAMESPACE, _HASH, _KIND = b"SSHSIG", b"git", b"sha512", b"ssh-ed25519"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_HEADER = b"gpgsig "


def read_key(path: Path) -> Ed25519PrivateKey:
    """Return the private key of an OpenSSH file without a passphrase; raises HistoryError for anything else."""
    try:
        key = serialization.load_ssh_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise HistoryError(
            f"{path} 不是可用的密钥：{error}。要的是没有口令的 Ed25519 私钥（ssh-keygen -t ed25519 -N ''）",
            f"{path} is no key that can be used: {error}. It takes an Ed25519 private key without a passphrase",
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise HistoryError(f"{path} 不是 Ed25519 密钥", f"{path} holds no Ed25519 key")
    return key


def public(key: Ed25519PrivateKey) -> bytes:
    """Return the 32 bytes of the public key that belongs to a private one."""
    return key.public_key().public_bytes_raw()


def public_of(line: str) -> bytes:
    """Return the 32 bytes of a public key that is written as `ssh-ed25519 AAAA…`."""
    return base64.b64decode(line.split()[1])[-32:]


def signed(commit: bytes, key: Ed25519PrivateKey) -> bytes:
    """Return a commit object with the signature of a key put into its header."""
    blob = _PREAMBLE + (1).to_bytes(4) + _strings(_strings(_KIND, public(key)), _NAMESPACE, b"", _HASH)
    blob += _strings(_strings(_KIND, key.sign(_message(commit))))
    lines = [_BEGIN, *textwrap.wrap(base64.b64encode(blob).decode(), 70), _END]
    head, gap, message = commit.partition(b"\n\n")
    return head + b"\n" + _HEADER + "\n ".join(lines).encode() + gap + message


def signer(commit: bytes) -> bytes | None:
    """Return the public key (32 bytes) whose sound signature a commit object carries; None when there is none."""
    head, gap, message = commit.partition(b"\n\n")
    rows = head.split(b"\n")
    starts = [n for n, row in enumerate(rows) if row.startswith(_HEADER)]
    if len(starts) != 1:
        return None
    end = starts[0] + 1
    while end < len(rows) and rows[end].startswith(b" "):
        end += 1
    armour = [rows[starts[0]].removeprefix(_HEADER), *(row[1:] for row in rows[starts[0] + 1 : end])]
    if (armour[0], armour[-1]) != (_BEGIN.encode(), _END.encode()):
        return None
    bare = b"\n".join([*rows[: starts[0]], *rows[end:]]) + gap + message
    try:
        blob = base64.b64decode(b"".join(armour[1:-1]), validate=True)
        public_key, namespace, reserved, hashed, signature = _parts(blob.removeprefix(_PREAMBLE + (1).to_bytes(4)), 5)
        kinds = [_parts(public_key, 2), _parts(signature, 2)]
        if blob[:6] != _PREAMBLE or (namespace, reserved, hashed) != (_NAMESPACE, b"", _HASH):
            return None
        if any(kind != _KIND for kind, _ in kinds):
            return None
        Ed25519PublicKey.from_public_bytes(kinds[0][1]).verify(kinds[1][1], _message(bare))
    except (ValueError, binascii.Error, InvalidSignature):
        return None
    return kinds[0][1]


def _message(commit: bytes) -> bytes:
    return _PREAMBLE + _strings(_NAMESPACE, b"", _HASH, hashlib.sha512(commit).digest())


def _strings(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4) + part for part in parts)


def _parts(blob: bytes, count: int) -> list[bytes]:
    """Split what `_strings` made; raises ValueError when it is not that many strings and nothing else."""
    found = []
    while blob:
        size = int.from_bytes(blob[:4])
        if len(blob) < 4 + size:
            raise ValueError("cut short")
        found.append(blob[4 : 4 + size])
        blob = blob[4 + size :]
    if len(found) != count:
        raise ValueError("not as many strings as there should be")
    return found
