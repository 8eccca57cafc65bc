"""How a message leaves: over SMTP, or, where no mail server is set, as a file in the data folder."""

import asyncio
import os
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

import aiosmtplib

from app.settings import Settings

TIMEOUT = 30.0  # seconds for every answer of the server
_NOT_LET_IN = {530, 534, 535, 538}


class Unsent(Exception):
    """It did not leave. `final`: the server said no for good (5xx) about this mail or address; else try again."""

    def __init__(self, reason: str, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


class Transport(Protocol):
    async def send(self, message: EmailMessage) -> None:
        """Returns when the message is out of our hands. Raises Unsent."""

    async def close(self) -> None:
        """Let go of the line; the next `send` opens it again."""


def transport(settings: Settings) -> Transport:
    return Smtp(settings) if settings.smtp_host else Folder(settings.data / "outbox")


class Smtp:
    """One connection for as long as there is something to send."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._bounces = settings.mail_bounces
        self._line: aiosmtplib.SMTP | None = None

    async def send(self, message: EmailMessage) -> None:
        line = await self._open()
        try:
            # As bytes: handed the message, aiosmtplib folds the headers anew, and breaks List-Unsubscribe.
            await line.sendmail(self._bounces or sender_of(message), recipient_of(message), message.as_bytes())
        except aiosmtplib.SMTPRecipientsRefused as error:
            worst = max(error.recipients, key=lambda refused: refused.code)
            raise Unsent(f"{worst.code} {worst.message}", final=worst.code >= 500) from error
        except aiosmtplib.SMTPResponseException as error:
            final = error.code >= 500 and error.code not in _NOT_LET_IN
            raise Unsent(f"{error.code} {error.message}", final=final) from error
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            await self.close()
            raise Unsent(str(error) or type(error).__name__, final=isinstance(error, ValueError)) from error

    async def _open(self) -> aiosmtplib.SMTP:
        if self._line is not None and self._line.is_connected:
            return self._line
        line = connection(self._settings)
        try:
            await line.connect()
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            # A wrong password or a closed port says nothing about this mail: it waits until that is put right.
            line.close()
            raise Unsent(str(error) or type(error).__name__) from error
        self._line = line
        return line

    async def close(self) -> None:
        line, self._line = self._line, None
        if line is not None and line.is_connected:
            try:
                await line.quit()
            except (aiosmtplib.SMTPException, OSError):
                line.close()


def connection(chosen: Settings, timeout: float = TIMEOUT) -> aiosmtplib.SMTP:
    """A line to the mail server as it is set, not yet opened. `timeout`: seconds for every answer."""
    return aiosmtplib.SMTP(
        hostname=chosen.smtp_host,
        port=chosen.smtp_port,
        username=chosen.smtp_user or None,
        password=chosen.smtp_password.get_secret_value() or None,
        use_tls=chosen.smtp_tls == "tls",
        start_tls=chosen.smtp_tls == "starttls",
        timeout=timeout,
    )


def sender_of(message: EmailMessage) -> str:
    return str(message["From"].addresses[0].addr_spec)


def recipient_of(message: EmailMessage) -> str:
    return str(message["To"].addresses[0].addr_spec)


class Folder:
    """Every message a file, named by its Message-ID: the same mail twice is one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, message: EmailMessage) -> None:
        try:
            await asyncio.to_thread(self._write, file_name(str(message["Message-ID"])), message.as_bytes())
        except OSError as error:
            raise Unsent(str(error)) from error

    def _write(self, name: str, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        whole, part = self._folder / name, self._folder / f".{name}.part"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(whole)

    async def close(self) -> None:
        return None


def file_name(message_id: str) -> str:
    return re.sub(r"[^\w.@-]", "_", message_id.strip("<>")) + ".eml"


def sweep(folder: Path, keep: set[str], before: float) -> int:
    """Remove the mails in the folder that are not in `keep` (file names) and were written before that moment
    (epoch seconds); how many went. A sign-in mail keeps no row with text, but somebody has to read it first."""
    gone = [path for path in folder.glob("*.eml") if path.name not in keep and path.stat().st_mtime < before]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
