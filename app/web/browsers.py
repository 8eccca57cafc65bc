"""What a browser is called, so that a trainer knows their own."""

from fastapi import Request

NAMES = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"))
ALIKE = (("Chrome", "Chrome"), ("Safari", "Safari"))
"""Names that others carry too: asked last."""
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"))
DESKTOPS = (("Mac OS", "Mac"), ("Linux", "Linux"))


def browser_name(request: Request) -> str:
    """`Firefox, Linux`; empty for a program that says nothing we know. No version, no more than that."""
    told = request.headers.get("user-agent", "")
    names = (next((name for mark, name in marks if mark in told), "") for marks in (NAMES + ALIKE, SYSTEMS + DESKTOPS))
    return ", ".join(name for name in names if name)
