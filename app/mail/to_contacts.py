"""The letters to people outside the room."""

from app.mail.writing import Letter

LETTERS: tuple[Letter, ...] = ()
