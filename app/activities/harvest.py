"""S11, the middag-teller: what this group realised in one afternoon, and its energy before and after."""

from app.core.entry import Entry, Spec
from app.core.kind import Kind


class HarvestSpec(Spec):
    pass


class Harvest(Kind[HarvestSpec, Entry]):
    name = "harvest"
    takes_entries = False
    Spec = HarvestSpec
