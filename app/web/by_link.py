"""Who comes in by a link of their own: it needs no cookie, and dies when that person is deleted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from app import clock, links
from app.core.committing import own_commitment
from app.core.errors import NotFound
from app.core.lasting import CheckIn, Commitment
from app.core.participant import MailAddress, Participant
from app.core.workshop import Workshop
from app.db import Database
from app.mail.matter import Links
from app.texts import gettext_noop as N_
from app.web.deps.languages import chosen_language
from app.web.deps.state import Db
from app.web.pages import base_url

GONE = N_("This link does not work any more.")


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person with the commitment that the link, or the person's own page, is about. `now` is the workshop's."""

    workshop: Workshop
    person: Participant
    commitment: Commitment | None
    answer: CheckIn | None
    address: MailAddress | None
    links: Links
    language: str
    now: datetime

    @property
    def act(self) -> Commitment:
        """Raises NotFound when there is none."""
        if self.commitment is None:
            raise NotFound(GONE)
        return self.commitment


async def by_answer_link(token: str, request: Request, db: Db) -> Visitor:
    async with db.read() as session:
        commitment = await session.get(Commitment, links.subject_of(token))
    if commitment is None or commitment.withdrawn:
        raise NotFound(GONE)
    return await _visitor(request, db, token, "answer", commitment.participant_id, commitment)


async def by_personal_link(token: str, request: Request, db: Db) -> Visitor:
    return await _visitor(request, db, token, "person", links.subject_of(token))


async def by_stop_link(token: str, request: Request, db: Db) -> Visitor:
    return await _visitor(request, db, token, "stop", links.subject_of(token))


async def _visitor(
    request: Request, db: Database, token: str, purpose: str, person_id: str, commitment: Commitment | None = None
) -> Visitor:
    async with db.read() as session:
        person = await session.get(Participant, person_id)
        if person is None or person.removed_at or not links.holds(token, purpose, person.link_epoch):
            raise NotFound(GONE)
        commitment = commitment or await own_commitment(session, person.id)
        workshop = await session.get_one(Workshop, person.workshop_id)
        return Visitor(
            workshop=workshop,
            person=person,
            commitment=commitment,
            answer=await session.get(CheckIn, commitment.id) if commitment else None,
            address=await session.get(MailAddress, person.id),
            links=Links(base_url(request), workshop, person, commitment),
            language=chosen_language(request) or person.language,
            now=clock.at(workshop),
        )


Asked = Annotated[Visitor, Depends(by_answer_link)]
Myself = Annotated[Visitor, Depends(by_personal_link)]
Stopping = Annotated[Visitor, Depends(by_stop_link)]
