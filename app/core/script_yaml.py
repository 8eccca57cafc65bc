"""A draaiboek as YAML text, as a person would write it: block style, long texts folded, the keys in their own order."""

from typing import Any

import yaml

WIDTH = 100
LINE_ENDS = "\x85\u2028\u2029"
HEAD = "# yaml-language-server: $schema=script.schema.json\n\n"


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    """Folded where it is long. A text without letters may look like a number: `marked_yaml` reads it by other rules.
    Line ends that only Unicode knows survive between quotes only."""
    style = None
    if not any(sign.isalpha() for sign in text) or any(sign in text for sign in LINE_ENDS):
        style = '"'
    elif len(text) > WIDTH - 20 and text == " ".join(text.split()):
        style = ">"
    elif "\n" in text:
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def to_yaml(document: dict[str, Any]) -> str:
    """`load_text(to_yaml(document))` is the document again."""
    text: str = yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH, indent=2)
    return HEAD + text
