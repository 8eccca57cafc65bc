"""What those who see the same were told last: the whole screen, and the frames that bring it from state to state."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from app import ids
from app.core.workshop import Audience
from app.live.frame import Frame
from app.live.screens import Seen, look
from app.live.view import View
from app.measures import RENDER
from app.sheet import Sheet, partial


@dataclass(eq=False)
class Told:
    """One audience in one language is one state, with a name that a heartbeat repeats: a phone that knows another name
    missed a frame."""

    sheets: dict[Seen, Sheet] = field(default_factory=dict)
    revs: dict[Seen, int] = field(default_factory=dict)
    _drawn_from: dict[Seen, Hashable] = field(default_factory=dict)
    _states: dict[Seen, int] = field(default_factory=dict)
    _wholes: dict[Seen, tuple[str, Frame]] = field(default_factory=dict)
    _boot: str = field(default_factory=lambda: ids.random_id()[:6])

    def draw(self, view: View, seen: Seen) -> str:
        """What changes on this screen, as the text of a frame; empty when nothing does."""
        present = (view.mirror.rev, view.setting, view.here, self.torn)  # all that a screen is drawn from
        if self._drawn_from.get(seen) == present:
            return ""
        former = self.sheets.get(seen) or Sheet()
        with RENDER.labels(seen[0]).time():
            drawn = look(view, seen, former, torn=self.torn)
        self.sheets[seen], self.revs[seen], self._drawn_from[seen] = drawn, view.mirror.rev, present
        frame = drawn.frame(former)
        if not frame:
            return ""
        self._states[seen] = self._states.get(seen, 0) + 1
        return frame + self._mark(seen)

    @property
    def torn(self) -> bool:
        """A part of what the room sees cannot be drawn: its trainer is told."""
        return any(each.is_torn for seen, each in self.sheets.items() if seen[0] != Audience.FACILITATOR)

    def keep(self, watched: Iterable[Seen]) -> None:
        """Let go of what nobody watches any more."""
        self.sheets = {seen: self.sheets[seen] for seen in watched if seen in self.sheets}
        self._drawn_from = {seen: self._drawn_from[seen] for seen in self.sheets}

    def whole(self, seen: Seen, ask: str = "") -> Frame:
        """The whole present state: put together once a state, however many come in. `ask`: what has one phone fetch its
        own part stands in it."""
        if ask:
            return self._whole(seen, {"ask": ask})
        name = self.name(seen)
        known, frame = self._wholes.get(seen, ("", Frame("")))
        if known != name:
            frame = self._whole(seen, {})
            self._wholes[seen] = name, frame
        return frame

    def _whole(self, seen: Seen, own: dict[str, str]) -> Frame:
        return Frame(partial("screen", self.sheets[seen].assemble("screen", own)) + self._mark(seen))

    def name(self, seen: Seen) -> str:
        return f"{self._boot}.{self._states.get(seen, 0)}"

    def _mark(self, seen: Seen) -> str:
        return f"<!--{self.name(seen)}-->"
