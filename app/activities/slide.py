"""One page to look at: a title, a few lines, perhaps a picture. It takes no entries."""

import base64
import binascii
from collections.abc import Iterable, Sequence
from functools import lru_cache
from textwrap import shorten
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from app.core.entry import Entry, Spec
from app.core.kind import Kind
from app.core.lasting import Commitment, Need, Party
from app.core.pictures import HEAVIEST
from app.core.text import Text
from app.texts import LANGUAGES
from app.texts import gettext_noop as N_

LONGEST_LINE = 90
"""Signs, so two rows on the projector. Beside an own picture it holds for all lines together."""
LONGEST_BESIDE = 50
"""Signs of the one line over a bridge or a flag: one row."""
LONGEST_LABEL = 40
"""Signs of a need beside the bridge: two rows of a third of the width."""
MOST_BANDS = 6
MOST_PLANKS = 6
BEGINNINGS = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff", "webp": b"RIFF"}


def _unfolded(value: object) -> object:
    """A long line of a draaiboek may be folded."""
    return "".join(value.split()) if isinstance(value, str) else value


@lru_cache(maxsize=16)  # a spec is read at each look
def _flaw(image: str) -> str:
    """What is wrong with an own picture, told by its bytes: what its name says proves nothing."""
    start, _, encoded = image.partition(";base64,")
    beginning = BEGINNINGS.get(start.removeprefix("data:image/"))
    if not start.startswith("data:image/") or beginning is None:
        return N_("A picture starts with data:image/png;base64, (or jpeg, or webp).")
    if len(encoded) > (HEAVIEST + 2) // 3 * 4:
        return N_("That picture is too heavy. Use one of at most 300 kB.")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return N_("That picture is damaged. Encode the file as base64 again.")
    if len(raw) > HEAVIEST:
        return N_("That picture is too heavy. Use one of at most 300 kB.")
    if not raw.startswith(beginning) or (beginning == b"RIFF" and raw[8:12] != b"WEBP"):
        return N_("The picture is not of the kind that its beginning says.")
    return ""


def _sound(image: str) -> str:
    if image and (flaw := _flaw(image)):
        raise ValueError(flaw)
    return image


class SlideSpec(Spec):
    lines: tuple[Text, ...] = Field(default=(), max_length=3, description="At most 90 signs each.")
    source: Text | None = Field(default=None, description="Whose words these are, in small letters.")
    show_source: bool = Field(default=False, description="The room sees the source too.")
    picture: Literal["", "bridge", "flag"] = Field(default="", description="A picture of what the group made.")
    image: Annotated[str, BeforeValidator(_unfolded), AfterValidator(_sound)] = Field(
        default="",
        description="An own picture: data:image/png;base64,… (or jpeg, or webp), at most 300 kB.",
        json_schema_extra={"shape": "picture"},
    )
    image_text: Text | None = Field(default=None, description="What the own picture shows, for who cannot see it.")

    @model_validator(mode="after")
    def _fits(self) -> "SlideSpec":
        if self.image and self.picture:
            raise ValueError(N_("A slide has one picture: 'picture' or 'image', not both."))
        if self.image and self.image_text is None:
            raise ValueError(N_("Say in 'image_text' what the picture shows, for who cannot see it."))
        for language in LANGUAGES:
            lengths = [len(line.in_(language)) for line in self.lines]
            if max(lengths, default=0) > LONGEST_LINE:
                raise ValueError(N_("A line of a slide has at most 90 signs."))
            if self.image and sum(lengths) > LONGEST_LINE:
                raise ValueError(N_("Beside an own picture the lines have at most 90 signs together."))
            if self.picture and (len(lengths) > 1 or sum(lengths) > LONGEST_BESIDE):
                raise ValueError(N_("The bridge and the flag leave room for one line of at most 50 signs."))
        return self


class Slide(Kind[SlideSpec, Entry]):
    name = "slide"
    takes_entries = False
    Spec = SlideSpec

    def is_short(self, spec: SlideSpec, language: str) -> bool:
        """Whether the lines may be larger: there is no picture, and little to read."""
        pictured = spec.image or spec.picture
        return not pictured and sum(len(line.in_(language)) for line in spec.lines) <= LONGEST_LINE

    def bands(self, parties: Sequence[Party]) -> list[dict[str, str]]:
        """The parties as the flag draws them: those that were voted on, or the first where none was yet."""
        drawn = [party for party in parties if party.stands] or list(parties)
        return [{"name": party.name, "goal": party.goal, "state": _band_state(party)} for party in drawn[:MOST_BANDS]]

    def planks(self, spec: SlideSpec, needs: Sequence[Need], commitments: Iterable[Commitment]) -> list[dict[str, str]]:
        """The needs that weigh most as the bridge draws them: promised as soon as somebody's commitment serves one."""
        served = {commitment.serves_need_id for commitment in commitments}
        most = MOST_PLANKS // 2 if spec.lines else MOST_PLANKS
        return [
            {
                "label": _label(need.text),
                "state": "done" if need.settled else "laid" if need.id in served else "needed",
            }
            for need in needs[:most]
        ]


def _band_state(party: Party) -> str:
    word = {"yes": "yes", "not_yet": "not-yet", "unknown": "open"}.get(party.stands, "")
    return f"estimate-{word}" if word and party.estimated else word


def _label(text: str) -> str:
    """At most `LONGEST_LABEL` signs, cut between two words where there are two."""
    cut = shorten(text, LONGEST_LABEL, placeholder=" …")
    return cut if cut != "…" else text.strip()[: LONGEST_LABEL - 2] + " …"
