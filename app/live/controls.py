"""What the facilitator's buttons are drawn from: while this stays the same, so do they."""

from dataclasses import dataclass

from app.core.kind import KINDS
from app.core.workshop import Phase
from app.live.course import Course


@dataclass(frozen=True, slots=True)
class Controls:
    """Moments as text, empty where there is none. `question` is the activity that is answered, if one is. `ends`: when
    the timer does, in ms since 1970 by the browser's clock."""

    status: str
    moment: str
    next: str
    previous: str
    to_commitment: str
    question: str
    phase: str
    hides: bool
    ends: int | None
    is_blank: bool
    is_still: bool
    is_looking_up: bool
    has_groups: bool
    undoable: str

    @classmethod
    def of(cls, course: Course, groups: int) -> "Controls":
        stage, activity, undoable = course.stage, course.activity, course.undoable
        ends, shift = stage.timer_ends_at, course.workshop.clock_shift
        answered = activity is not None and KINDS[activity.kind].takes_entries
        return cls(
            status=course.workshop.status,
            moment=str(course.moment),
            next=str(course.next or ""),
            previous=str(course.previous or ""),
            to_commitment=str(course.commitment_moment or ""),
            question=activity.id if activity and answered else "",
            phase=activity.phase if activity else "",
            hides=bool(activity and activity.phase == Phase.OPEN and activity.spec.get("hide")),
            ends=int((ends.timestamp() - shift) * 1000) if ends else None,
            is_blank=stage.blank,
            is_still=stage.frozen_at is not None,
            is_looking_up=stage.look_up,
            has_groups=groups > 0,
            undoable=undoable.id if undoable else "",
        )
