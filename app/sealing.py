"""Files that only who has the key can read, nor change unseen: a passphrase by scrypt, AES-256-GCM over the whole.

MAGIC, 16 bytes of salt, 12 of nonce, then the sealed content. The costs of scrypt are OWASP's, and fixed: whatever
machine wrote it, any other opens it.
"""

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.failed import Failed
from app.settings import Settings

MAGIC = b"morgen sealed 1\n"
SALT, NONCE = 16, 12
SHORTEST = 16


def key_of(settings: Settings) -> str:
    """The passphrase. Raises Failed where there is none to speak of."""
    key = settings.backup_key.get_secret_value()
    if len(key) < SHORTEST:
        raise Failed("Set MORGEN_BACKUP_KEY to at least 16 signs, and keep it somewhere else than the backups.")
    return key


def seal(content: bytes, key: str, target: Path) -> None:
    """Write it encrypted: whole or not at all, for the owner's eyes."""
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    head = MAGIC + salt + nonce
    sealed = _cipher(key, salt).encrypt(nonce, content, head)
    fresh = target.with_name(f".{target.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(head)
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(target)


def unseal(source: Path, key: str) -> bytes:
    """Raises Failed for another key, for what was changed, and for what is no such file."""
    try:
        content = source.read_bytes()
    except OSError as error:
        raise Failed("This file cannot be read. Look at its name.") from error
    head = content[: len(MAGIC) + SALT + NONCE]
    if not head.startswith(MAGIC):
        raise Failed("This file was not made by Morgen.")
    salt, nonce = head[len(MAGIC) : -NONCE], head[-NONCE:]
    try:
        return _cipher(key, salt).decrypt(nonce, content[len(head) :], head)
    except InvalidTag as error:
        raise Failed("This key does not open this file. Use the MORGEN_BACKUP_KEY it was made with.") from error


def _cipher(key: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**17, r=8, p=1).derive(key.encode()))
