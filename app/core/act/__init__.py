"""The check on a commitment: a concrete act, almost, or a good intention."""

from app.core.act.case import Fields, Hit
from app.core.act.hints import Hint, hints
from app.core.act.verdict import Verdict, check

__all__ = ["Fields", "Hint", "Hit", "Verdict", "check", "hints"]
