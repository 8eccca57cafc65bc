"""Refusals: what the core says no to, with a message for the person (translated where it is shown)."""


class Refused(Exception):
    """A verb was not carried out. `message` is an English msgid; `values` fill its places; `field` names an input."""

    status = 422

    def __init__(self, message: str, *, field: str = "", **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.values = values


class NotFound(Refused):
    status = 404


class Closed(Refused):
    """The workshop or the activity takes no answers any more."""

    status = 409


class NotYours(Refused):
    status = 403
