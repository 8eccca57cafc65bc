"""Pictures to judge the look by: `python -m tests.design.render OUT [patterns] [scenes] [room] [dark]`."""

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import LAPTOP, PHONE, SMALL, WALL
from tests.design import mock, room

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NOW_AND_WANTED = "Waar staan we nu? En waar willen we over drie maanden staan, op 23 februari 2027?"
UNDER_THE_FLAG = "Kan deze partij onder deze vlag haar eigen doel halen?"
LITERAL = "Ga je deze werkwijze morgen toepassen?"
SCENES = {
    "poll": (LITERAL, 10),
    "gap": (NOW_AND_WANTED, 4),
    "grid": ("Willen en kunnen", 7),
    "clouds": ("Hoeveel energie heb je?", 1),
    **dict.fromkeys(("flag", "flag-up", "flag-asked", "flag-2", "flag-4", "flag-6"), (UNDER_THE_FLAG, 3)),
    **{f"parties-{count}": ("Welke partij is nodig, en wat wil die zelf?", 3) for count in (2, 4, 6, 9, 24)},
    "bridge": ("Wat vraagt het?", 5),
    "drafts": ("Maak de zin af", 2),
    **{f"cards-{count}": ("Wat heb jij nodig om opgavegestuurd te werken?", 7) for count in (2, 4, 6, 9, 12, 40)},
    "wall": (LITERAL, 10),
    "compare": ("Wie stuurt: de opgave of de agenda?", 6),
    "matrix": ("Wat is nodig, en wat is er al?", 5),
    "board": ("Wie regelt wat, en voor wanneer?", 7),
    "harvest": ("Wat hebben we vanmiddag gedaan?", 11),
    "closing": ("", 11),
}
SIZES = {"1080": WALL, "800": {"width": 1280, "height": 800}, "768": room.BEAMER, "720": {"width": 1280, "height": 720}}


def scenes(browser: Browser, out: Path) -> None:
    for name, (question, step) in SCENES.items():
        html = mock.scene(name, question, step)
        for size, viewport in SIZES.items():
            page = mock.show(browser, html, viewport)
            page.screenshot(path=out / f"{name}-{size}.png")
            page.context.close()
        for look, dark in (("dark", True), ("bright", False)):
            page = mock.show(browser, html, WALL, dark)
            if look == "bright":
                page.evaluate("document.documentElement.setAttribute('data-bright', '')")
            page.wait_for_timeout(1800)
            page.screenshot(path=out / f"{name}-{look}.png")
            page.context.close()


def patterns(browser: Browser, out: Path) -> None:
    for audience, viewport in (("participant", PHONE), ("participant", SMALL), ("facilitator", LAPTOP)):
        page = mock.show(browser, mock.patterns(audience), viewport)
        page.screenshot(path=out / f"{audience}-{viewport['width']}.png", full_page=True)
        page.context.close()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("what", nargs="*", default=["patterns", "scenes"])
    given = asked.parse_args()
    takes = {"patterns": patterns, "scenes": scenes, "room": room.walk, "dark": room.walk_in_the_dark}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for what in given.what:
            folder = given.out / what
            folder.mkdir(parents=True, exist_ok=True)
            takes[what](browser, folder)
        browser.close()


if __name__ == "__main__":
    main()
