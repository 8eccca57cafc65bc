"""What the fields of a draaiboek are called on a page. A kind that is not named here has `Field(title=…)`."""

from typing import Any

from app.core.script_mistakes import PlacedFlaw
from app.texts import LANGUAGES
from app.texts import gettext_noop as N_

LABELS = {
    "question": N_("Question"),
    "help": N_("Line under the question"),
    "hide": N_("Keep the results back until I reveal them"),
    "anonymous": N_("Show no names"),
    "by_table": N_("Only one phone at each table writes"),
    "options": N_("Answers"),
    "key": N_("Short name"),
    "label": N_("Text"),
    "ask": N_("Ask for a line of text with it"),
    "literal": N_("The question itself is the picture"),
    "points": N_("Lines to score"),
    "low": N_("What the lowest number means"),
    "high": N_("What the highest number means"),
    "picture": N_("Picture"),
    "settles": N_("Keep the middle of now and wanted as the gap"),
    "max_cards": N_("Cards for each person"),
    "max_length": N_("Most signs on a card"),
    "placeholder": N_("Example in the empty field"),
    "types": N_("Kinds of cards"),
    "owners": N_("Who can arrange it"),
    "by_date": N_("Ask for a date with it"),
    "hands_on": N_("Keep each card as"),
    "type": N_("Code in the results"),
    "hint": N_("Hint"),
    "dots": N_("Dots for each person"),
    "most_per_option": N_("Most dots in one place"),
    "parts": N_("Parts of the sentence"),
    "frame": N_("The sentence, with the parts in braces"),
    "max_words": N_("Most words"),
    "fields": N_("What is asked, one name on a line"),
    "example": N_("Worked example"),
    "starters": N_("First words of “then”, by obstacle"),
    "most": N_("Most lines on the screen"),
    "of": N_("Which list"),
    "detail": N_("Label of a second, short text"),
    "items": N_("Items of the list"),
    "first": N_("First question about each item"),
    "second": N_("Second question about each item"),
    "pick": N_("Last question: choose one item"),
    "options_from": N_("Take the answers from"),
    "most_options": N_("Most answers to take over"),
    "word": N_("Question after “not yet”"),
    "show": N_("What to show, one name on a line"),
    "needed": N_("Question: how needed?"),
    "available": N_("Question: how available?"),
    "goal_placeholder": N_("Example of a goal"),
    "minutes": N_("Minutes"),
    "lines": N_("Lines"),
    "source": N_("Whose words these are"),
    "show_source": N_("Show whose words these are"),
    "image": N_("Own picture"),
    "image_text": N_("What the own picture shows"),
    "leave": N_("What may stay undone when this is picked"),
}
CHOICES = {
    "gap": N_("two shores: now and wanted"),
    "grid": N_("a grid of two"),
    "need": N_("a need"),
    "condition": N_("a condition"),
    "needs": N_("the needs"),
    "conditions": N_("the conditions"),
    "obstacle": N_("an obstacle"),
    "bridge": N_("the bridge"),
    "flag": N_("the flag"),
    "when": N_("when"),
    "who": N_("who"),
    "where": N_("where"),
    "what": N_("what"),
    "now": N_("now"),
    "meeting": N_("a meeting"),
    "mail": N_("mail"),
    "chore": N_("a chore"),
    "always": N_("always"),
    "given": N_("only with an opgave that was typed beforehand"),
    "draft": N_("only when the room writes the opgave"),
}
PICTURES = {"dots": N_("clouds of dots")}
"""Where a word means something else than the field of that name."""
KINDS_CALLED = {
    "arrival": N_("Coming in"),
    "board": N_("A list to fill in together"),
    "compare": N_("A list with two scores each"),
    "flag": N_("The vote under the flag"),
    "harvest": N_("What this afternoon brought"),
    "lookback": N_("Looking back at last time"),
    "matrix": N_("Needed against available"),
    "parties": N_("Naming the parties"),
    "pause": N_("A break"),
    "slide": N_("A page to look at"),
    "cards": N_("Writing cards"),
    "commitment": N_("The commitment"),
    "dots": N_("Dividing dots"),
    "poll": N_("One question, some answers"),
    "scale": N_("Scores from 0 to 10"),
    "statement": N_("Finishing a sentence"),
    "wall": N_("The wall of commitments"),
}
WHOLE = {
    "title": N_("Title"),
    "summary": N_("Summary"),
    "goal": N_("Goal"),
    "say": N_("To read aloud"),
    "watch": N_("Watch for"),
    "rescue": N_("When it gets stuck"),
    "activities": N_("What the room does"),
    "steps": N_("Steps"),
    "commit_at": N_("Signal for the commitment, minutes before the end"),
}
"""Of the draaiboek and its steps."""


def field_called(flaw: PlacedFlaw) -> str:
    """The label of the field in which something is wrong; what the rules call it where that is no field of a model."""
    parts = [part for part in flaw.place if isinstance(part, str) and part not in LANGUAGES]
    if "detail" not in flaw.values or not parts:
        return _typed(str(flaw.values.get("key", "")))
    return WHOLE.get(parts[-1]) or label_of(parts[-1])


def label_of(name: str, info: Any = None) -> str:
    """An English msgid, or the field's own title; at worst its name."""
    title = getattr(info, "title", None)
    return title or LABELS.get(name) or _typed(name.replace("_", " ").capitalize())


def choice_called(value: str) -> str:
    return PICTURES.get(value) or CHOICES.get(value) or value


def kind_called(name: str) -> str:
    return KINDS_CALLED.get(name) or _typed(name.replace("_", " ").capitalize())


def _typed(name: str) -> str:
    """As a msgid: a name may come from somebody's YAML, and a percent sign would ask for a value."""
    return name.replace("%", "%%")
