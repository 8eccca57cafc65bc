"""How visible is the act of a clause: would a bystander see it happen?

0: nothing to see. 1: something, but not who or what. 2: a visible act with its object or person.
Verb role and kind of object decide together: *stuur de lijst* is seen, *stuur aandacht* is not.
"""

from collections.abc import Callable

from app.core.act.scene import IDEAS, Scene
from app.core.act.verb_uses import VerbUse


def sees(scene: Scene, use: VerbUse, outcome: bool) -> int:
    """`outcome`: the sentence names a question, a choice or a decision."""
    role = use.sense.role
    if use.sense.form == "third" or scene.to_self(use) or scene.negated(use):
        return 0
    if role == "talk":
        return _talk(scene, outcome)
    if scene.is_a(use, "looking") and scene.counts_after(use):
        return 2
    if role not in _JUDGES or (scene.figurative and role in ("light", "move", "plan")):
        return 0
    return _JUDGES[role](scene, use)


def _talk(scene: Scene, outcome: bool) -> int:
    if not scene.someone:
        return 0
    settled = scene.clause.asks and scene.has_kind("person", "name")
    return 2 if outcome or settled else 1


def _help(scene: Scene, use: VerbUse) -> int:
    if not scene.by_name:
        return 0
    return 2 if scene.has_kind("thing") else 1


def _tell(scene: Scene, use: VerbUse) -> int:
    theme = scene.theme
    idea = theme is not None and theme.kind in IDEAS
    wished = any(
        noun.kind in ("abstract", "big") and noun.preposition in scene.words.sets["asked_for"] for noun in scene.nouns
    )
    if scene.is_a(use, "asking_verbs") and not scene.clause.asks and (idea or wished):
        return int(scene.has_kind("name", "person"))
    diffuse = not scene.someone and scene.has_kind("diffuse")
    if scene.someone or (scene.clause.asks and not diffuse):
        return 2
    if theme is not None:
        more = scene.compares and not scene.numbered  # ask more questions: a habit
        return 0 if idea else 1 if theme.kind == "meet" or more else 2
    return _tell_without_object(scene)


def _tell_without_object(scene: Scene) -> int:
    if scene.people:
        return 2 if scene.numbered else 1
    if scene.compares and not scene.nouns:
        return 0  # less mail, more calls: a habit, not an act
    near = [noun for noun in scene.nouns if noun.preposition not in scene.words.sets["topic"]]
    concrete = any(noun.kind in ("thing", "place", "") for noun in near)
    return 2 if concrete or scene.numbered else 1


def _hand(scene: Scene, use: VerbUse) -> int:
    theme = scene.theme
    if theme is None:
        return _hand_without_object(scene)
    if theme.kind == "figure" and not theme.counted and any(n.kind in IDEAS for n in scene.nouns if n.preposition):
        return 0  # open doors to new ideas
    if scene.compares and not theme.kind and not (scene.numbered or scene.someone):
        return 1
    if theme.kind == "big":
        return int(scene.is_a(use, "writing"))
    if theme.kind == "abstract":
        named = theme.definite or scene.has_kind("name", "person")
        return 2 if theme.counted or scene.placed(use) else int(named)
    if theme.kind == "weak":
        dutch = scene.words.language == "nl"  # English nouns in -tion and -ment are seen less often
        return 2 if theme.counted or scene.placed(use) or (theme.definite and dutch) else 1
    return 2


def _hand_without_object(scene: Scene) -> int:
    if scene.compares and not scene.direct:
        return 0
    if any(noun.kind == "diffuse" for noun in scene.direct):
        return 1
    if scene.direct and all(noun.kind == "pronoun" for noun in scene.direct) and not scene.numbered:
        return 2 if scene.before and scene.arrives else scene.before
    near = [noun for noun in scene.nouns if noun.preposition not in scene.words.sets["topic"]]
    unnamed = any(noun.kind == "" for noun in near)
    if scene.someone or scene.clause.asks or scene.numbered or scene.has_kind("thing", "place") or unnamed:
        return 2
    return 0 if scene.has_kind(*IDEAS) else 1


def _light(scene: Scene, use: VerbUse) -> int:
    theme = scene.theme
    if scene.is_a(use, "letting") and scene.says("knowing") and scene.by_name:
        return _tell(scene, use)
    if scene.about_an_idea:
        told = scene.has_kind("name", "person") or any(noun.counted and noun.kind in IDEAS for noun in scene.direct)
        return 2 if scene.placed(use) else int(told)
    told = any(noun.kind == "" and noun.definite for noun in scene.direct)
    if told and scene.clause.asks and scene.is_a(use, "showing"):
        return 2  # show the paver where she fell
    carried = scene.is_based_on(use, "carrying") and scene.arrives
    if theme is None:
        return _light_without_object(scene, use, carried)
    if theme.kind == "thing":
        to_nobody = scene.is_a(use, "posing") and not (scene.someone or scene.numbered)
        return 1 if to_nobody or scene.compares else 2
    if scene.compares:
        return 0  # make meetings shorter: a wish
    if theme.kind:
        return int(theme.kind in ("meet", "place"))
    handed = any(noun.kind == "name" for noun in scene.direct)  # leave Karin a voicemail
    if (carried and (scene.arrives_at_one or handed)) or theme.counted:
        return 2
    named = scene.numbered or scene.has_kind("person", "name")
    return 0 if scene.is_based_on(use, "empty") and not named else 1


def _light_without_object(scene: Scene, use: VerbUse, carried: bool) -> int:
    shown = scene.clause.asks and any(noun.someone for noun in scene.direct)
    if shown and scene.is_a(use, "showing"):
        return 2
    if carried and any(noun.kind in ("person", "name") for noun in scene.direct):
        return 2
    if carried and scene.refers:
        return scene.before
    starts = scene.words.sets["beginning_with"]
    started = any(noun.kind == "thing" and noun.preposition in starts for noun in scene.nouns)
    formed = scene.numbered and any(noun.people for noun in scene.direct)
    if started or shown or formed:
        return 1
    return min(scene.before, 1) if scene.refers else 0


def _move(scene: Scene, use: VerbUse) -> int:
    plain = scene.is_a(use, "going_verbs")
    if plain and any(other.at > use.at and other.sense.form == "infinitive" for other in scene.clause.verbs):
        return 0  # *ga bellen* is a call
    towards = scene.words.sets["going" if plain else "towards"]
    separable = "|" in use.sense.lemma
    best = 0
    for noun in scene.nouns:
        direct_place = not noun.preposition and noun.kind == "place"
        aimed = noun.preposition in towards or bool(use.particle) or (separable and noun.kind in ("name", "person"))
        behind = noun.kind == "group" and noun.preposition in ("voor", "for")  # ik sta voor mijn team
        if behind or not (direct_place or aimed):
            continue
        unnamed = noun.kind == "" and noun.preposition in scene.words.sets["going"]
        if noun.someone or noun.kind in ("place", "thing") or unnamed:
            return 1 if scene.compares and not scene.numbered else 2
        if noun.kind in ("meet", "group", ""):
            best = 1
    return best or int(separable)


def _plan(scene: Scene, use: VerbUse) -> int:
    if scene.theme is not None and scene.theme.kind in IDEAS and not scene.someone:
        return 0
    return int(bool(scene.nouns) or scene.numbered)


_JUDGES: dict[str, Callable[[Scene, VerbUse], int]] = {
    "tell": _tell,
    "hand": _hand,
    "light": _light,
    "move": _move,
    "plan": _plan,
    "help": _help,
}
