"""Who is here is one object as long as they are the same, and another one when anybody else is."""

import pytest

from app.live.presence import LINGER, Presence

pytestmark = pytest.mark.one_engine


async def test_windows_and_short_absences_change_nothing() -> None:
    presence = Presence()
    presence.comes("bas")
    here = presence.here()
    presence.comes("bas")
    presence.goes("bas")
    presence.goes("bas")
    assert presence.here() is here
    presence.comes("bas")
    assert presence.here() is here == {"bas"}


async def test_as_many_others_are_not_the_same() -> None:
    presence = Presence()
    presence.comes("bas")
    here = presence.here()
    presence.goes("bas")
    presence.left["bas"] -= LINGER + 1
    presence.comes("chantal")
    assert presence.here() == {"chantal"}
    assert here == {"bas"}


async def test_who_is_in_another_process_is_here() -> None:
    presence = Presence(elsewhere={"dirk"})
    presence.comes("bas")
    here = presence.here()
    assert here == {"bas", "dirk"}
    presence.elsewhere = {"bas", "dirk"}
    assert presence.here() is here
    presence.elsewhere = {"eva"}
    assert presence.here() == {"bas", "eva"}
