"""Every mistake in a draaiboek is named with its line and with what to do, all at once."""

import re
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.extract import extract
from hypothesis import given
from hypothesis import strategies as st

from app.core import flaw, model_flaws, script_file, script_rules
from app.core.script_file import BrokenScript, Mistake, check, check_command, check_text, load, load_text
from app.texts import translations

SOUND = """\
key: proef
title: {nl: Proef, en: Trial}
summary: {nl: Een proef, en: A trial}
minutes: 15
commit_at: 8
cut_order:
  - step: s1
steps:
  - key: s1
    title: {nl: Eerst, en: First}
    minutes: 3
    goal: {nl: Doel, en: Goal}
    say: {nl: Zeg dit., en: Say this.}
    watch: {nl: Let op., en: Look out.}
    rescue:
      - {nl: Redding, en: Rescue}
    activities:
      - key: vraag
        kind: poll
        when: given
        spec:
          question:
            nl: Lukt dat?
            en: Does it work?
          options:
            - key: yes
              label: {nl: Ja, en: Yes}
            - key: no
              label: {nl: Nee, en: No}
  - key: s2
    title: {nl: Dan, en: Then}
    minutes: 12
    keep: true
    goal: {nl: Doel, en: Goal}
    say: {nl: Zeg dit., en: Say this.}
    watch: {nl: Let op., en: Look out.}
    rescue:
      - {nl: Redding, en: Rescue}
    activities:
      - key: afspraak
        kind: commitment
        spec:
          question: {nl: Morgen, en: Tomorrow}
          example: {nl: "Ik bel om 9:30.", en: "I call at 9:30."}
"""


def line_of(text: str, sign: str, nth: int = 1) -> int:
    """The line (from 1) on which `sign` stands for the nth time."""
    return [number for number, line in enumerate(text.splitlines(), 1) if sign in line][nth - 1]


def changed(old: str, new: str, nth: int = 1) -> str:
    parts = SOUND.split(old)
    assert len(parts) > nth, f"{old!r} does not stand in the sound script {nth} times"
    return old.join(parts[:nth]) + new + old.join(parts[nth:])


def the_mistake(text: str) -> Mistake:
    mistakes = check_text(text, "proef.yaml", "en")
    assert len(mistakes) == 1, [str(mistake) for mistake in mistakes]
    return mistakes[0]


def test_a_sound_draaiboek_has_no_mistakes_and_loads() -> None:
    assert check_text(SOUND, "proef.yaml") == []
    script = load_text(SOUND, "proef.yaml")
    assert [step.key for step in script.steps] == ["s1", "s2"]
    assert script.step("s2").keep


def test_yes_no_and_a_time_are_texts() -> None:
    script = load_text(changed("nl: Lukt dat?", "nl: 9:30"), "proef.yaml")
    spec = script.steps[0].activities[0].spec
    assert [option["key"] for option in spec["options"]] == ["yes", "no"]
    assert spec["options"][1]["label"]["en"] == "No"
    assert spec["question"]["nl"] == "9:30"


@pytest.mark.parametrize(
    ("old", "new", "sign", "what", "mend"),
    [
        ("    watch: {nl", "    wach: {nl", "wach:", "'wach' is no key", "'watch'"),
        (
            "          options:\n",
            "          optoins: 1\n          options:\n",
            "optoins",
            "'optoins' is no key",
            "'options'",
        ),
        ("say: {nl: Zeg dit., en: Say this.}", "say: {nl: Zeg dit.}", "say: {nl: Zeg dit.}", "English text", "'en:'"),
        ("            nl: Lukt dat?\n", "", "question:", "Dutch text", "'nl:'"),
        ("nl: Lukt dat?", "nl:", "            nl:", "Dutch text", "'nl:'"),
        ("nl: Lukt dat?", "nl: '  '", "nl: '  '", "Dutch text", "'nl:'"),
        ("    goal: {nl: Doel, en: Goal}\n", "", "key: s1", "'goal' is missing", "'goal:'"),
        ("kind: poll", "kind: pol", "kind: pol", "no kind 'pol'", "'poll'"),
        ("kind: poll", "kind: quizzzz", "quizzzz", "no kind 'quizzzz'", "arrival, "),
        ("when: given", "when: gven", "when: gven", "'gven' cannot stand at 'when'", "'given'"),
        ("minutes: 15", "minutes: 16", "minutes: 16", "15 minutes together", "minutes: 15"),
        ("    minutes: 3", "    minutes: drie", "drie", "must be a whole number", "digits"),
        ("    minutes: 3", "    minutes: 0", "minutes: 0", "too low", "at least 1"),
        ("commit_at: 8", "commit_at: 15", "commit_at: 15", "does not fit", "at most 14"),
        ("commit_at: 8", "commit_at: 0", "commit_at: 0", "does not fit", "at least 1"),
        ("  - step: s1", "  - step: s9", "  - step: s9", "names step 's9'", "s1, s2"),
        ("  - step: s1", "  - {step: s1, activity: vrag}", "vrag}", "activity 'vrag'", "'vraag'"),
        ("  - step: s1", "  - step: s2", "  - step: s2", "has 'keep: true'", "Remove it"),
        ("    keep: true\n", "", "steps:", "No step with 'keep: true'", "keep: true"),
        ("  - key: s2", "  - key: s1", "  - key: s1", "used twice", "line 9"),
        ("key: proef", "key: Proef!", "key: Proef!", "does not have the form", "small letters"),
        (
            "  - key: s2\n    title: {nl: Dan, en: Then}",
            "  - key: s2\n    title: Dan",
            "title: Dan",
            "keys of its own",
            "below it",
        ),
        ("label: {nl: Nee,", "label: {nl: Nee, helaas,", "helaas", "'helaas' is no key", "because of the comma"),
        (
            "            - key: no\n              label: {nl: Nee, en: No}\n",
            "",
            "options:",
            "too few items",
            "at least 2",
        ),
        ("label: {nl: Nee, en: No}", "label: {nl: Nee}", "{nl: Nee}", "English text", "'en:'"),
        ("label: {nl: Nee, en: No}", "label: {nl: 12, en: No}", "nl: 12", "must be a text", "quotes"),
    ],
)
def test_a_mistake_is_named_with_its_own_line(old: str, new: str, sign: str, what: str, mend: str) -> None:
    text = changed(old, new)
    mistake = the_mistake(text)
    last = 2 if "used twice" in what else 1
    assert mistake.line == line_of(text, sign, last)
    assert what in mistake.what
    assert mend in mistake.mend


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "mend"),
    [
        ("commit_at: 8", "\tcommit_at: 8", 5, "as YAML asks", "spaces, not tabs"),
        ("title: {nl: Proef, en: Trial}", "title: a: b", 2, "as YAML asks", "colon in quotes"),
        ('example: {nl: "Ik bel', "example: {nl: 'Ik bel", 44, "as YAML asks", "Close the quote"),
        ("title: {nl: Proef, en: Trial}", "title: {nl: Proef, en: Trial", 3, "as YAML asks", "closes line 2"),
        ("    minutes: 3\n", "   minutes: 3\n", 11, "as YAML asks", "indentation"),
        ("commit_at: 8", "commit_at: 8\ncommit_at: 9", 6, "second time", "line 5"),
        ("{nl: Proef, en: Trial}", "&naam {nl: Proef, en: Trial}", 2, "'naam' is an anchor", "in full"),
        ("nl: Lukt dat?", "nl: *naam", 23, "'naam' is an anchor", "in full"),
        ("nl: Lukt dat?", "nl: !!python/name:os.system x", 23, "is a tag", "in quotes"),
        ("nl: Lukt dat?", "nl: a\u200bb\x07", 23, "invisible sign (U+0007)", "Remove it"),
        ("cut_order:\n", "---\n", 6, "A second document", "one file"),
    ],
)
def test_what_is_no_plain_yaml_is_named_with_its_line(old: str, new: str, line: int, what: str, mend: str) -> None:
    mistake = the_mistake(changed(old, new))
    assert mistake.line == line
    assert what in mistake.what
    assert mend in mistake.mend


def test_all_mistakes_are_named_at_once_by_line() -> None:
    text = changed("minutes: 15", "minutes: 16").replace("kind: poll", "kind: pol").replace("    watch:", "    wach:")
    text = text.replace("commit_at: 8", "commit_at: 99").replace("nl: Lukt", "nl: &x Lukt")
    mistakes = check_text(text, "proef.yaml", "en")
    assert [mistake.line for mistake in mistakes] == [4, 5, 14, 19, 23, 36]


def test_a_bomb_of_aliases_stays_small() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30))
    mistakes = check_text(f"l0: &l0 boem\n{levels}\n", "bom.yaml", "en")
    assert any("'l1' is an anchor" in mistake.what for mistake in mistakes)


def test_a_text_that_is_nothing_but_mistakes_names_200() -> None:
    assert len(check_text("steps:\n" + "  - {key: a}\n" * 300, "proef.yaml")) == 200


def test_a_text_that_nests_endlessly_is_refused() -> None:
    assert "too deep" in the_mistake("a: " + "[" * 50_000).what


def test_a_file_that_is_too_large_not_there_or_not_utf8_is_a_mistake(tmp_path: Path) -> None:
    large, latin = tmp_path / "groot.yaml", tmp_path / "latijn.yaml"
    large.write_bytes(b"a" * 1_000_001)
    latin.write_bytes(b"key: a\ntitle: caf\xe9\n")
    assert "1 MB" in check(large, "en")[0].what
    assert "1 MB" in check_text("é" * 500_001, "groot.yaml", "en")[0].what
    assert (check(latin, "en")[0].line, "UTF-8" in check(latin, "en")[0].what) == (2, True)
    assert "cannot be read" in check(tmp_path / "weg.yaml", "en")[0].what


def test_an_empty_file_or_a_list_is_no_draaiboek() -> None:
    assert "not a draaiboek" in the_mistake("").what
    assert "not a draaiboek" in the_mistake("- a\n- b\n").what


def test_loading_a_broken_file_raises_with_all_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "stuk.yaml"
    path.write_text(changed("minutes: 15", "minutes: 16").replace("commit_at: 8", "commit_at: 99"), "utf-8")
    with pytest.raises(BrokenScript) as caught:
        load(path)
    assert [(mistake.file, mistake.line) for mistake in caught.value.mistakes] == [("stuk.yaml", 4), ("stuk.yaml", 5)]
    assert caught.value.values == {"count": 2, "line": 4}


def test_mistakes_are_in_dutch_unless_asked_otherwise() -> None:
    text = changed("    watch: {nl", "    wach: {nl")
    assert check_text(text, "proef.yaml")[0].mend == "Bedoel je 'watch'?"
    assert the_mistake(text).mend == "Do you mean 'watch'?"


@pytest.mark.parametrize("module", [flaw, model_flaws, script_rules, script_file])
def test_every_message_has_a_dutch_text(module: ModuleType) -> None:
    source = Path(module.__file__ or "").read_bytes()
    messages = [message for _, message, *_ in extract("python", BytesIO(source), keywords={"N_": None})]
    assert messages
    assert [message for message in messages if translations("nl").gettext(str(message)) == message] == []


def test_the_command_prints_file_line_and_mend_and_fails(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SOUND, "utf-8")
    assert check_command(tmp_path / "a.yaml", "en") == (["a.yaml is in order."], 0)
    (tmp_path / "b.yaml").write_text(changed("minutes: 15", "minutes: 16"), "utf-8")
    lines, code = check_command(tmp_path, "en")
    assert code == 1
    assert lines[0].startswith("b.yaml:4: The steps take 15 minutes together, but the draaiboek says 16. Write")


def assert_only_mistakes(text: str) -> None:
    for mistake in check_text(text, "proef.yaml"):
        assert isinstance(mistake, Mistake)
        assert 1 <= mistake.line <= max(1, len(re.split("\r\n|\r|\n", text.rstrip("\r\n"))))
        assert mistake.what
        assert mistake.mend


@given(st.text(max_size=200))
def test_any_text_gives_nothing_but_mistakes(text: str) -> None:
    assert_only_mistakes(text)


VALUES = st.sampled_from(
    ["", "null", "[]", "{}", "[1, 2]", "{a: b}", "1", "1.5", "true", "x", "'%(a)s %'", "*a", "!b c"]
)


@given(st.integers(0, len(SOUND.splitlines()) - 1), VALUES, st.booleans())
def test_any_value_anywhere_gives_nothing_but_mistakes(line: int, value: str, whole: bool) -> None:
    lines = SOUND.splitlines()
    lines[line] = value if whole else lines[line].partition(":")[0] + ": " + value
    assert_only_mistakes("\n".join(lines))
