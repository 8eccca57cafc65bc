"""What is kept about one person, table by table: what is told of it, and what is left out for which reason.

A table or a column about persons that is named nowhere here fails a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import SQLModel

from app.core.contribution import Contribution
from app.core.lasting import CheckIn, Commitment, Condition, LaterCheckIn
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.participant import Buddy, Device, MailAddress, Participant
from app.texts import gettext_noop as N_

HOUSEKEEPING = frozenset(
    {"id", "workshop_id", "participant_id", "contribution_id", "commitment_id", "contact_id", "rev"}
)
"""Names of rows and their versions: they say nothing about a person."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table: what is told of it, each field with its English label, and what is left out, with the reason."""

    name: str
    title: str
    table: type[SQLModel]
    fields: Mapping[str, str]
    left_out: Mapping[str, str]


WHEN = {"created_at": N_("Made at")}
IN_TURN = {"obstacle": N_("What stopped you, by code"), "obstacle_text": N_("In your own words")}
SECRET = "would open the door to who reads this file"
OTHERS = "is about somebody else"
ABOUT_LINKS = "only for making links"

PARTS: tuple[Part, ...] = (
    Part(
        "person",
        N_("You in this workshop"),
        Participant,
        {"name": N_("Name"), "language": N_("Language"), "days_off": N_("Days off (0 is Monday)")}
        | {"gave_address": N_("Gave a mail address"), "table_number": N_("Table"), "group_number": N_("Group")}
        | {"has_pen": N_("Wrote for the table"), "online": N_("Takes part online"), "on_paper": N_("On paper")}
        | {"obstacle": N_("What you expected to get in the way"), "obstacle_text": N_("In your own words")}
        | {"removed_at": N_("Removed at"), **WHEN},
        {"personal_code": SECRET, "merged_into": ABOUT_LINKS, "link_epoch": ABOUT_LINKS},
    ),
    Part("devices", N_("Your phones here"), Device, WHEN, {"browser_hash": SECRET}),
    Part(
        "address",
        N_("Your mail address"),
        MailAddress,
        {"address": N_("Address"), "wants_check": N_("Wants the question whether it worked")}
        | {"wants_later": N_("Wants mail after a week and four weeks"), "corrections": N_("Times corrected")}
        | {"stopped_at": N_("Stopped at"), "delete_at": N_("Goes at"), **WHEN},
        {},
    ),
    Part(
        "buddy",
        N_("Your buddy"),
        Buddy,
        {"agreed": N_("Both agreed"), "withdrawn": N_("Taken back"), **WHEN},
        {"buddy_id": OTHERS},
    ),
    Part(
        "contributions",
        N_("What you answered in the workshop"),
        Contribution,
        {"entry": N_("Answer"), "withdrawn": N_("Taken back"), **WHEN},
        {"activity_id": "told as `step` and `kind`", "slot": ABOUT_LINKS},
    ),
    Part(
        "conditions",
        N_("What you need"),
        Condition,
        {"text": N_("Condition"), "type": N_("Kind"), "owner": N_("Who can arrange it"), "by_date": N_("Before")}
        | {"status": N_("State"), "withdrawn": N_("Taken back")},
        {"serves_need_id": ABOUT_LINKS},
    ),
    Part(
        "commitments",
        N_("Your commitments"),
        Commitment,
        {"act": N_("What you do"), "day": N_("Day"), "starts_at": N_("Time"), "minutes": N_("Minutes")}
        | {"place": N_("Where"), "who": N_("With"), "alone": N_("Alone"), "evidence": N_("Done when")}
        | {"leave": N_("What waits for it"), "obstacle": N_("What may get in the way, by code")}
        | {"obstacle_text": N_("In your own words"), "then": N_("Then"), "confidence": N_("How sure, 0 to 10")}
        | {"verdict": N_("The check said"), "first_verdict": N_("The check said at first")}
        | {"rules": N_("Rules of the check"), "overruled": N_("Left as it was")}
        | {"shows_trainer": N_("The trainer sees it with your name"), "wall": N_("On the wall")}
        | {"late": N_("Made after the workshop"), "day_chosen": N_("Chose another day")}
        | {"first_due_day": N_("First planned for"), "sequence": N_("Times changed")}
        | {"seen_at": N_("Your buddy saw it at"), "withdrawn": N_("Taken back")}
        | {**WHEN, "changed_at": N_("Changed at")},
        {"serves_need_id": ABOUT_LINKS, "replanned_from": ABOUT_LINKS, "next_after": ABOUT_LINKS},
    ),
    Part(
        "answers",
        N_("Whether it worked"),
        CheckIn,
        {"answer": N_("Answer"), **IN_TURN, "brought": N_("What it brought"), "needed": N_("What you need")}
        | {"entered_by_trainer": N_("Entered by the trainer from your reply")}
        | {"first_answered_at": N_("First answered at"), "answered_at": N_("Answered at")},
        {},
    ),
    Part(
        "later_answers",
        N_("After a week and after four weeks"),
        LaterCheckIn,
        {"letter": N_("Letter"), "worked": N_("Worked from the opgave"), "helped": N_("What helped most")}
        | {"condition_met": N_("Your condition is met"), "now": N_("Where we are now, 0 to 10")}
        | {"different": N_("What is different"), "may_call": N_("The trainer may call you")}
        | {"first_answered_at": N_("First answered at"), "answered_at": N_("Answered at")},
        {},
    ),
    Part(
        "planned_letters",
        N_("Mails that were planned"),
        PlannedLetter,
        {"letter": N_("Letter"), "due_at": N_("Due at"), "state": N_("State"), "reason": N_("Reason")}
        | {"settled_at": N_("Settled at"), **WHEN},
        {"key": ABOUT_LINKS},
    ),
    Part(
        "mails",
        N_("Mails that were made"),
        OutgoingMail,
        {"letter": N_("Letter"), "to_address": N_("Address"), "state": N_("State"), "sent_at": N_("Sent at"), **WHEN},
        dict.fromkeys(("subject", "text", "html", "calendar"), "you have it, and a buddy's mail holds another's words")
        | dict.fromkeys(("message_id", "in_reply_to", "unsubscribe", "reply_to", "sender_name"), ABOUT_LINKS)
        | dict.fromkeys(("attempts", "ready_at", "lease_until", "owner", "error"), "how it was sent"),
    ),
)
