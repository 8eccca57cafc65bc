"""Small files that grow large, and forms that are deep, long or wide: refused in words, within seconds."""

import io
import time
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from tests.hostile.house import PARTICIPANT, TRAINER, House
from tests.hostile.sending import URLENCODED, form_body

pytestmark = pytest.mark.one_engine

PATIENCE = 20.0
"""Seconds, on a machine that does much else; each takes well under one."""
BIG = "9" * 5000
ALIASES = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
YAML = {
    "aliases of aliases": ALIASES,
    "deep lists": "[" * 50_000,
    "deep mappings": "".join(" " * at + "a:\n" for at in range(900)),
    "deep flow": '{"a":' * 50_000,
    "a megabyte of items": "[" + "a," * 490_000 + "]",
    "a megabyte of keys": "\n".join(f"k{number}: 1" for number in range(95_000)),
    "one long line": "key: " + "x" * 990_000,
    "a tag that builds": "key: !!python/object/apply:os.system ['true']",
    "merge keys": "<<: [" + "{a: 1}," * 1000 + "]\nkey: x",
    "a number too long": f"key: {BIG}\nminutes: {BIG}\nsteps: [{BIG}]",
    "dates and floats": "key: 9999-99-99\nminutes: .inf\ncommit_at: .nan\nsteps: 1e999",
    "signs that steer": "key: \u202e\ufeff\ntitle: {nl: '\u2028', en: \"\\ud800\"}",
    "nothing": "",
    "an alias to itself": "&a [*a]",
}


async def test_a_hostile_draaiboek_is_refused_in_words(house: House, quiet: Callable[[], None]) -> None:
    client, told = house.client(TRAINER), {}
    for name, text in YAML.items():
        began = time.monotonic()
        files = {"file": ("x.yaml", text.encode("utf-8", "replace"))}
        for answer in (
            client.post("/trainer/own-scripts/import", files=files),
            client.post("/trainer/own-scripts/import", data={"text": text[:60_000]}),
        ):
            in_time = time.monotonic() - began < PATIENCE
            told |= {} if answer.status_code in (413, 422) and in_time else {name: answer.status_code}
    assert told == {}
    quiet()


def chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def png(width: int, height: int, *more: bytes) -> bytes:
    """A PNG that says how large it is; its rows come from nothing."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    rows = zlib.compress(b"\x00" * 10_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def gif() -> bytes:
    made = io.BytesIO()
    Image.new("P", (10, 10)).save(made, "GIF")
    return made.getvalue()


BOMB = zlib.compress(b"x" * 100_000_000, 9)
PICTURES = {
    "huge": png(60_000, 60_000),
    "wide": png(2**31 - 1, 1),
    "none": png(0, 0),
    "a text that grows": png(10, 10, chunk(b"zTXt", b"Comment\x00\x00" + BOMB)),
    "a profile that grows": png(10, 10, chunk(b"iCCP", b"icc\x00\x00" + BOMB)),
    "cut off": png(100, 100)[:60],
    "another kind": gif(),
    "an svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "only a beginning": b"\x89PNG\r\n\x1a\n",
    "a jpeg of nothing": b"\xff\xd8\xff" + b"\x00" * 1000,
}


async def test_a_hostile_picture_is_refused_in_words(house: House, quiet: Callable[[], None]) -> None:
    client, told = house.client(TRAINER), {}
    path = f"/organisations/{house.ours.values['organisation_id']}/logo"
    for name, picture in PICTURES.items():
        began = time.monotonic()
        answer = client.post(path, files={"logo": ("../../x.png", picture, "image/png")})
        in_time = time.monotonic() - began < PATIENCE
        told |= {} if answer.status_code in (303, 413, 422) and in_time else {name: answer.status_code}
        assert client.get(path).headers["content-type"].startswith(("image/png", "text/html"))
    assert told == {}
    quiet()


STEP, EDITOR = "/trainer/own-scripts/{own_id}/steps/{step}", "/trainer/own-scripts/{own_id}"
TAP = "/w/{code}/activities/{activity_id}/contributions"
DEEP = tuple(".".join("a" * depth) for depth in (8, 50, 500, 20_000))
NUMBERS = ("²", "٣", "-1", "1e3", "nan", "9" * 20, BIG, "\ud800", "0x10", "1_0", " 5 ", "+5", "")
FORMS: list[tuple[str, str, list[tuple[str, str]]]] = [
    *((TRAINER, STEP, [("act", act), (f"activities.{BIG}.kind", "poll"), ("activities.0.kind", "poll")])
      for act in ("more:activities", f"less:activities.{BIG}", "up:activities.0", "down:activities.²", "less:a.b.c")),
    (TRAINER, STEP, [("activities.0.kind", "poll"), ("activities.٠.kind", "poll"), ("activities.00.kind", "scale")]),
    *((TRAINER, path, [("act", "restore"), ("dropped", dropped)]) for path in (STEP, EDITOR)
      for dropped in ('{"at":1e999}', f'{{"at":{"9" * 400},"activity":{{"key":"a","kind":"poll"}}}}', "[" * 20_000,
                      f'{{"at":{"9" * 400},"step":{{"key":"a"}}}}', '{"at":1e999,"step":{"key":"a"}}', "null", "1")),
    *((TRAINER, EDITOR, [("version", n), ("minutes", n), ("start", n), ("steps.0.minutes", n)]) for n in NUMBERS),
    *((PARTICIPANT, TAP, [(name, "x")]) for deep in DEEP for name in (deep, f"pick.{deep}")),
    *((TRAINER, "/organisations/{organisation_id}", [(deep, "x"), (f"name.{deep}", "y")]) for deep in DEEP),
    *((TRAINER, path, [(field, n)]) for n in NUMBERS for path, field in (
        ("/w/{code}/timer", "seconds"), ("/w/{code}/page", "page"), ("/w/{code}/groups", "size"),
        ("/w/{code}/undo", "deed"), ("/w/{code}/players", "participants"), ("/w/{code}/plan", "tables"))),
    *((PARTICIPANT, "/w/{code}/seat", [("table", n), ("pen", "yes")]) for n in NUMBERS),
    (PARTICIPANT, TAP, [("pick", "veel")] * 199),
    (PARTICIPANT, TAP, [(f"f{number}", "x") for number in range(3000)]),
    (PARTICIPANT, TAP, [("pick", "veel"), ("pick.x", "veel"), ("pick.x.y", "z"), (".", "x"), ("", "y")]),
]  # fmt: skip


async def test_a_form_that_no_page_of_ours_sends_is_no_fault(house: House, quiet: Callable[[], None]) -> None:
    failed = []
    clients = {who: house.client(who) for who in (PARTICIPANT, TRAINER)}
    for who, path, fields in FORMS:
        for headers in (URLENCODED, URLENCODED | {"HX-Request": "true"}):
            answer = clients[who].post(house.ours.address(path), content=form_body(fields), headers=headers)
            if answer.status_code >= 500:
                failed.append((path, str(fields)[:80], answer.status_code))
    assert failed == []
    quiet()
