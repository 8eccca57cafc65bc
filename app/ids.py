"""The only source of chance: ids, codes and tokens."""

import hashlib
import secrets

# No 0 O 1 I L: read aloud and typed from a projector.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def random_id() -> str:
    """128 bits as 22 URL-safe signs."""
    return secrets.token_urlsafe(16)


def join_code() -> str:
    """Six signs, about 8.9e8 codes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(6))


def personal_code() -> str:
    """Four signs by which a participant finds themselves back, unique within a workshop only."""
    return "".join(secrets.choice(ALPHABET) for _ in range(4))


def spoken_code(identity: str) -> str:
    """Four signs for an id, to be read aloud: it tells who is meant, and opens nothing."""
    number = int.from_bytes(hashlib.sha256(f"spoken {identity}".encode()).digest()[:8], "big")
    signs = []
    for _ in range(4):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)


def digits(count: int = 6) -> str:
    """A code to type from a mail."""
    return "".join(secrets.choice("0123456789") for _ in range(count))


def spread(seconds: float) -> float:
    """A random wait between 0 and `seconds`, to keep a room from asking at once."""
    return secrets.SystemRandom().uniform(0, seconds)


def hashed(token: str) -> str:
    """What is stored of a cookie or a sign-in link."""
    return hashlib.sha256(token.encode()).hexdigest()
