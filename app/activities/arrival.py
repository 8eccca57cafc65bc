"""Coming in: the QR code, the code to type and who is there. It takes no entries."""

from app.core.kind import Entry, Kind, Spec


class Arrival(Kind[Spec, Entry]):
    name = "arrival"
    takes_entries = False
