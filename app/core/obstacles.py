"""What gets in the way, by code: the same list in the form of S9, on the answer page and in the figures."""

from app.texts import gettext_noop as N_

OBSTACLES: dict[str, str] = {
    "DRUK": N_("I was too busy"),
    "VERGADERING": N_("A meeting came first"),
    "SPOED": N_("Something urgent came up"),
    "VERGETEN": N_("I forgot"),
    "NIET_BEREIKT": N_("I could not reach someone"),
    "MANDAAT": N_("I was not allowed to decide"),
    "LEIDING": N_("My manager wanted otherwise"),
    "MIDDELEN": N_("There was no money, room or system"),
    "TE_GROOT": N_("The step was too big or unclear"),
    "DURF": N_("I did not dare or want to"),
    "AFWEZIG": N_("Ill or off"),
    "ACHTERHAALD": N_("No longer needed"),
    "ANDERS": N_("Something else"),
}
NOT_COUNTED = ("AFWEZIG", "ACHTERHAALD")
"""Left out of morgen-rate B: the act was not there to be done."""

LOOKED_AHEAD: dict[str, str] = {
    "DRUK": N_("I am too busy"),
    "VERGADERING": N_("A meeting comes first"),
    "SPOED": N_("Something urgent comes up"),
    "VERGETEN": N_("I forget"),
    "NIET_BEREIKT": N_("I cannot reach someone"),
    "MANDAAT": N_("I am not allowed to decide"),
    "TE_GROOT": N_("The step turns out too big"),
    "DURF": N_("I do not dare"),
    "ANDERS": N_("Something else"),
}
"""The same codes before the act, where they can happen to somebody who plans to do it."""
