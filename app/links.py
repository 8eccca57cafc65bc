"""Capability links: HMACs over (purpose, id, epoch). Never stored, always showable, revoked by raising the epoch.

And what is stored or lent to a browser sealed: nobody reads or changes it without the key of this server.
"""

import base64
import hashlib
import hmac
import os
import time
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from app.settings import Settings

_keys: tuple[bytes, ...] = ()
PATIENCE = 2.0
"""Seconds that a secret which another process makes may take."""


def load_keys(settings: Settings) -> None:
    """Take the key from the settings, or make it once in the data folder (mode 0600)."""
    global _keys
    current = settings.secret.get_secret_value() or _own_secret(settings.data / "secret")
    former = [key.strip() for key in settings.old_secrets.split(",") if key.strip()]
    _keys = tuple(key.encode() for key in (current, *former))


def _own_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _made_by_another(path)
    with os.fdopen(descriptor, "w") as file:
        file.write(base64.urlsafe_b64encode(os.urandom(32)).decode())
    return path.read_text().strip()


def _made_by_another(path: Path) -> str:
    """Processes may start at once: the one that made the file may not have written it yet."""
    until = time.monotonic() + PATIENCE
    while not (found := path.read_text().strip()):
        if time.monotonic() > until:
            raise ValueError(f"{path} is empty: put the secret of before back from a backup, or delete this file")
        time.sleep(0.01)
    return found


def _signature(key: bytes, purpose: str, subject: str, epoch: int) -> str:
    digest = hmac.new(key, f"{purpose}\n{subject}\n{epoch}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def sign(purpose: str, subject: str, epoch: int = 0) -> str:
    """The token for a link: 22 signs for a 22-sign id, a dot between (45 in all)."""
    return f"{subject}.{_signature(_keys[0], purpose, subject, epoch)}"


def subject_of(token: str) -> str:
    """The id a token claims to be for; look its epoch up, then ask `holds`."""
    return token.rpartition(".")[0]


def holds(token: str, purpose: str, epoch: int = 0) -> bool:
    """Whether the token was signed by us for this purpose and epoch, with the present or a former key."""
    subject, _, given = token.rpartition(".")
    return any(hmac.compare_digest(given.encode(), _signature(key, purpose, subject, epoch).encode()) for key in _keys)


def _box(purpose: str) -> MultiFernet:
    derived = (hmac.new(key, f"seal\n{purpose}".encode(), hashlib.sha256).digest() for key in _keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def seal(purpose: str, text: str) -> str:
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str, seconds: int | None = None) -> str | None:
    """What was sealed for this purpose, with the present or a former key, at most `seconds` ago. None: it was not."""
    try:
        return _box(purpose).decrypt(sealed.encode(), ttl=seconds).decode()
    except InvalidToken:
        return None
