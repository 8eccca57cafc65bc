"""What the projector shows can be read from ten metres and lies wholly on the screen, at every usual size."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from app.activities.wall import CHARACTERS, LINE, QUESTION_ROW, ROOM, ROW
from tests.design import mock
from tests.design.render import SCENES, SIZES

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("size", SIZES)]
UNIT = "const unit = Math.min(innerWidth, innerHeight * 16 / 9) / 100;"
SMALL = (
    "() => {"
    + UNIT
    + """
  const words = [...document.querySelectorAll('#screen *')].filter((e) => e.tagName !== 'title' &&
    !e.closest('.visually-hidden') && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
  return words.map((e) => {
    const scale = e.ownerSVGElement ? e.ownerSVGElement.getScreenCTM().a : 1;
    return [Math.round(100 * parseFloat(getComputedStyle(e).fontSize) * scale / unit) / 100, e.textContent.trim()];
  }).filter(([size]) => size < 2.09);
}"""
)
CUT = """() => {
  const stage = document.querySelector('.stage').getBoundingClientRect();
  const drawn = [...document.querySelectorAll('.stage *')].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && !e.closest('defs, small, .visually-hidden') && (!e.ownerSVGElement || e.tagName === 'text');
  });
  const outside = drawn.map((e) => [e, e.getBoundingClientRect()]).filter(([, box]) => box.left < stage.left - 1 ||
    box.bottom > stage.bottom + 1 || box.right > stage.right + 1 || box.top < stage.top - 1);
  const under = stage.bottom > document.querySelector('.horizon').getBoundingClientRect().top;
  const page = document.documentElement;
  const scrolls = page.scrollHeight > innerHeight || page.scrollWidth > innerWidth;
  const wrong = outside.map(([e]) => e.textContent);
  return wrong.concat(under ? ['the horizon'] : [], scrolls ? ['a scroll bar'] : []);
}"""
MEASURES = """() => {
  const list = document.querySelector('.wall-list'), lines = [...list.children], one = lines[0];
  const part = (pixels) => 100 * pixels / innerHeight, text = one.lastElementChild;
  const row = parseFloat(getComputedStyle(one).lineHeight), words = document.createRange();
  words.selectNodeContents(text);
  return {
    room: part(document.querySelector('.stage').getBoundingClientRect().bottom - list.getBoundingClientRect().top),
    row: part(row), line: part(lines[1].offsetTop - one.offsetTop - row),
    question: part(parseFloat(getComputedStyle(document.querySelector('h1')).lineHeight)),
    signs: text.textContent.length * text.clientWidth / words.getBoundingClientRect().width,
  };
}"""


def show(browser: Browser, scene: str, size: str) -> Page:
    question, step = SCENES[scene]
    return mock.show(browser, mock.scene(scene, question, step), SIZES[size])


def found(browser: Browser, size: str, scenes: set[str], look: str) -> dict[str, Any]:
    """What `look` returns for each scene where it returns anything. One page, in which the stage is exchanged."""
    page = show(browser, "gap", size)
    wrong = {}
    for scene in sorted(scenes):
        page.evaluate("(html) => { document.querySelector('main').outerHTML = html; }", _stage(scene))
        wrong[scene] = page.evaluate(look)
    page.context.close()
    return {scene: each for scene, each in wrong.items() if each}


def _stage(scene: str) -> str:
    html = mock.scene(scene, *SCENES[scene])
    return html[html.index("<main") : html.index("</main>")] + "</main>"


def test_no_word_is_too_small_for_ten_metres(browser: Browser, size: str) -> None:
    assert found(browser, size, set(SCENES), SMALL) == {}


def test_nothing_is_cut_off_and_nothing_scrolls(browser: Browser, size: str) -> None:
    assert found(browser, size, set(SCENES), CUT) == {}


def test_the_question_is_four_hundredths_of_the_width(browser: Browser, size: str) -> None:
    page = show(browser, "gap", size)
    size_of_h1 = (
        "() => {" + UNIT + "return parseFloat(getComputedStyle(document.querySelector('h1')).fontSize) / unit; }"
    )
    assert page.evaluate(size_of_h1) >= 4
    page.context.close()


def test_the_wall_has_the_room_that_its_kind_counts_on(browser: Browser, size: str) -> None:
    page = show(browser, "wall", size)
    has = page.evaluate(MEASURES)
    page.context.close()
    for rows in range(1, 12):
        for lines in range(1, rows + 1):
            if lines * LINE + rows * ROW <= ROOM:
                assert lines * has["line"] + rows * has["row"] <= has["room"], (lines, rows)
    assert has["signs"] >= CHARACTERS
    assert has["question"] <= QUESTION_ROW + 0.3
