"""The nouns and verbs of a workshop. Knows no HTML, HTTP, sockets or SMTP."""

import app.db  # noqa: F401  the naming of constraints stands before any table
