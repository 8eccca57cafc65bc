"""How visible is an act whose verb nobody knows? Only what stands around it can tell."""

from app.core.act.scene import IDEAS, Scene


def sees_unknown(scene: Scene) -> int:
    """A verb that nobody knows: only what it is done to can tell."""
    if scene.theme is not None and scene.theme.kind == "weak" and scene.theme.definite:
        return 1
    if scene.figurative or scene.about_an_idea:
        return 0
    if scene.theme is None:
        return int(scene.someone)
    return 2 if scene.theme.kind == "thing" or scene.theme.counted or scene.arrives else 1


def hint_of_act(scene: Scene) -> int:
    """1 where a person or thing is named and nothing abstract, though the verb tells nothing."""
    if scene.figurative or scene.about_an_idea or scene.compares:
        return 0
    if any(use.sense.form == "third" for use in scene.clause.verbs):
        return 0
    grounds = sum(scene.has_kind(kind) for kind in ("person", "name", "thing", "place")) + scene.numbered
    pointed = grounds >= 2 and (scene.numbered or scene.has_kind("name"))
    if pointed and not scene.clause.verbs and not scene.has_kind(*IDEAS):
        return 2  # whatever it is called: it is done to this one, at that one
    named = scene.has_kind("person", "name", "thing")
    return int(named or any(noun.counted and noun.kind == "group" for noun in scene.nouns))
