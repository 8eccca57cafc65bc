"""What a command of the terminal says instead of doing it: in English, as all of the terminal, and what to do."""


class Failed(Exception):
    """Its text is the whole message."""
