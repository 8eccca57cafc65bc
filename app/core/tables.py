"""Every table, for whoever needs the whole schema."""

from app.core.audit import AuditEntry
from app.core.conditions_letter import ConditionsLetter, Contact, Point, PointAnswer
from app.core.contribution import Contribution, Curation
from app.core.deed import Deed
from app.core.lasting import CheckIn, Commitment, Condition, Gap, LaterCheckIn, Need, Opgave, Party
from app.core.letter import OutgoingMail, PlannedLetter
from app.core.organisation import Organisation
from app.core.participant import Buddy, Device, MailAddress, Newcomer, Participant
from app.core.trainer import OwnScript, PairedScreen, RecoveryCode, SignIn, Trainer, TrainerSession
from app.core.workshop import Activity, Stage, Workshop

TABLES = (
    Organisation,
    Trainer,
    SignIn,
    TrainerSession,
    RecoveryCode,
    AuditEntry,
    OwnScript,
    Workshop,
    Activity,
    PairedScreen,
    Participant,
    Device,
    Newcomer,
    Buddy,
    MailAddress,
    Contribution,
    Curation,
    Stage,
    Deed,
    Opgave,
    Party,
    Gap,
    Need,
    Condition,
    Commitment,
    CheckIn,
    LaterCheckIn,
    Contact,
    ConditionsLetter,
    Point,
    PointAnswer,
    PlannedLetter,
    OutgoingMail,
)
