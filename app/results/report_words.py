"""Words for what the tables keep as codes."""

from app.texts import gettext_noop as N_

STANDS = {
    "": N_("not asked"),
    "yes": N_("can stand under it"),
    "not_yet": N_("not yet"),
    "unknown": N_("not known yet"),
}
STATUS = {"open": N_("open"), "promised": N_("agreed to"), "met": N_("arranged"), "refused": N_("refused")}
