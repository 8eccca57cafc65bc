"""Coming in: the QR code, the code to type and who is there. It takes no entries."""

from app.core.entry import Entry, Spec
from app.core.kind import Kind


class Arrival(Kind[Spec, Entry]):
    name = "arrival"
    takes_entries = False
