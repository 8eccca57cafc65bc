"""What a phone's first view weighs over the wire, counted on a raw socket: heads and bodies, requests not."""

import re
import socket
from urllib.parse import urljoin, urlsplit

from tests.conftest import Cast, Running

MOST = 60 * 1024
SUB_RESOURCE = re.compile(r'<(?:script|img|link)\b[^>]*?(?:src|href)="([^"]+)"')
OTHER_ADDRESS = re.compile(r'(?:src|href|action|hx-[a-z:-]+)="((?:[a-z]+:)?//[^"]+)"')


def received(running: Running, path: str, cookie: str) -> bytes:
    """Every byte that comes back, as a browser asks for it."""
    ours = urlsplit(running.address)
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {ours.netloc}",
        "Accept-Encoding: gzip, deflate, br",
        "Accept-Language: nl",
        f"Cookie: {cookie}",
        "Connection: close",
    ]
    with socket.create_connection((ours.hostname, ours.port), timeout=10) as line:
        line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return b"".join(iter(lambda: line.recv(65536), b""))


def weigh(running: Running, path: str, cookie: str, page: str) -> dict[str, int]:
    """Bytes by path: the page, what it names, and what its style sheets name without a condition."""
    wanted = {path} | {urljoin(path, found) for found in SUB_RESOURCE.findall(page)}
    weights = {}
    for each in wanted:
        assert each.startswith("/"), f"{each} is of another site"
        answer = received(running, each, cookie)
        head = answer.partition(b"\r\n\r\n")[0].decode("latin-1").lower()
        assert head.startswith("http/1.1 200"), each
        assert len(answer) < 2048 or "content-encoding: gzip" in head, f"{each} is not compressed"
        weights[each] = len(answer)
    return weights


async def test_the_first_view_of_a_phone_is_light(cast: Cast, running: Running) -> None:
    client, room = running.client(), f"/w/{cast.workshop.code}"
    door = weigh(running, room, "", client.get(room).text)
    client.post(f"{room}/participants")
    cookie = f"morgen={client.cookies['morgen']}"
    inside = weigh(running, room, cookie, client.get(room).text)
    assert room in inside
    assert any(path.endswith(".js") and "bundles" in path for path in inside)
    # Scanning the code loads the door, joining loads the room: what both name is fetched once.
    total = sum((door | inside).values()) + door[room]
    assert total <= MOST, door | inside


async def test_a_phones_style_sheet_fetches_nothing_more(cast: Cast, running: Running) -> None:
    """Fonts and pictures in it would come on top of the first view."""
    client, room = running.client(), f"/w/{cast.workshop.code}"
    page = client.get(room).text
    for sheet in [path for path in SUB_RESOURCE.findall(page) if ".css" in path]:
        style = client.get(sheet).text
        assert "url(" not in style.replace("url(data:", "")
        assert "@import" not in style


async def test_no_page_asks_another_site_for_anything(cast: Cast, running: Running) -> None:
    client, room = running.client(), f"/w/{cast.workshop.code}"
    client.post(f"{room}/participants")
    for path in ("/", room, f"{room}/screen", f"{room}/me", "/sign-in", "/no/such/page"):
        page = client.get(path).text
        assert "<html" in page
        foreign = [each for each in OTHER_ADDRESS.findall(page) if not each.startswith(running.address)]
        assert foreign == [], path


async def test_a_bundle_is_kept_for_ever_and_a_page_never(cast: Cast, running: Running) -> None:
    client, room = running.client(), f"/w/{cast.workshop.code}"
    page = client.get(room)
    assert page.headers["Cache-Control"] == "no-store"
    bundles = [path for path in SUB_RESOURCE.findall(page.text) if path.startswith("/bundles/")]
    assert len(bundles) >= 2
    for path in bundles:
        assert "immutable" in client.get(path).headers["Cache-Control"]
