"""That a letter will be due, and the mail that it becomes."""

from datetime import datetime

from sqlmodel import Field, Index, SQLModel

from app import clock, ids


class PlannedLetter(SQLModel, table=True):
    """Without text: rendered when due, after the rules have been checked again. `key` is unique: a plan is made once.

    `state` goes from planned to sent, skipped (with a `reason`) or failed, at `settled_at` by the workshop's own clock.
    """

    __table_args__ = (Index("ix_planned_letter_state_due", "state", "due_at"),)

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    key: str = Field(unique=True)
    letter: str
    workshop_id: str = Field(index=True, foreign_key="workshop.id", ondelete="CASCADE")
    participant_id: str | None = Field(default=None, index=True, foreign_key="participant.id", ondelete="CASCADE")
    contact_id: str | None = Field(default=None, index=True, foreign_key="contact.id", ondelete="CASCADE")
    commitment_id: str | None = Field(default=None, foreign_key="commitment.id", ondelete="CASCADE")
    due_at: datetime
    state: str = "planned"
    reason: str = ""
    settled_at: datetime | None = None
    created_at: datetime = Field(default_factory=clock.now)

    @property
    def message_id_before(self) -> str:
        """How the Message-ID of its mail begins, before the domain: the same however often it is tried."""
        return f"<{self.letter}.{self.id}@"


class OutgoingMail(SQLModel, table=True):
    """The outbox row, rendered; bodies are emptied on deletion and when the retention is over."""

    __table_args__ = (Index("ix_outgoing_mail_state_ready", "state", "ready_at"),)

    id: str = Field(default_factory=ids.random_id, primary_key=True)
    message_id: str = Field(unique=True)
    letter: str
    workshop_id: str | None = Field(default=None, index=True, foreign_key="workshop.id", ondelete="CASCADE")
    participant_id: str | None = Field(default=None, index=True, foreign_key="participant.id", ondelete="CASCADE")
    contact_id: str | None = Field(default=None, index=True, foreign_key="contact.id", ondelete="CASCADE")
    to_address: str
    subject: str
    text: str
    html: str
    calendar: str = ""
    unsubscribe: str = ""
    reply_to: str = ""
    sender_name: str = ""
    in_reply_to: str = ""
    state: str = "queued"
    attempts: int = 0
    ready_at: datetime = Field(default_factory=clock.now)
    lease_until: datetime | None = None
    owner: str = ""
    error: str = ""
    created_at: datetime = Field(default_factory=clock.now)
    sent_at: datetime | None = None


EMPTY = {"to_address": "", "subject": "", "text": "", "html": "", "calendar": "", "unsubscribe": ""}
"""A mail of which only is left that it was sent."""


def empty(mail: OutgoingMail, reason: str = "") -> None:
    """Leave of a mail only that it was sent. With a `reason`, the address itself is not in use any more: then it does
    not count among the mails that whoever it was has had."""
    for name, nothing in EMPTY.items():
        setattr(mail, name, nothing)
    mail.error = mail.error or reason
