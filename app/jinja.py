"""What Jinja does anew at every rendering, done once when a template is compiled."""

from collections.abc import MutableMapping
from gettext import NullTranslations
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

SAYING = ("_", "gettext")
"""The names by which templates look a message up; the second stands for `{% trans %}` without a plural."""


class Speaking(Environment):
    """An environment of one language: its words stand in the compiled templates. Looking each up at every rendering is
    a tenth of what a live screen costs."""

    def __init__(self, catalog: NullTranslations, **options: Any) -> None:
        super().__init__(**options)
        self._words = _Words(catalog)

    def compile(
        self,
        source: str | nodes.Template,
        name: str | None = None,
        filename: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        parsed = self.parse(source, name, filename) if isinstance(source, str) else source
        return super().compile(self._words.visit(parsed), name, filename, *args, **kwargs)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dict: Jinja's chain of two is walked through twice for each template that is included. What becomes
        global after a template was loaded is not known in it."""
        return {**self.globals, **(d or {})}


class _Words(NodeTransformer):
    """Puts the words of one catalog in the place of the calls that look them up."""

    def __init__(self, catalog: NullTranslations) -> None:
        self._catalog = catalog

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        self.generic_visit(node)
        message = _message(node)
        if message is None:
            return node
        words = Markup(self._catalog.gettext(message))
        if not node.kwargs:
            return nodes.Const(words % {}, lineno=node.lineno)
        values = [nodes.Pair(nodes.Const(each.key), each.value) for each in node.kwargs]
        return nodes.Mod(nodes.Const(words), nodes.Dict(values), lineno=node.lineno)


def _message(node: nodes.Call) -> str | None:
    """What is looked up, where that is known before anything is rendered."""
    is_saying = isinstance(node.node, nodes.Name) and node.node.name in SAYING
    if not is_saying or len(node.args) != 1 or node.dyn_args or node.dyn_kwargs:
        return None
    said = node.args[0]
    return said.value if isinstance(said, nodes.Const) and isinstance(said.value, str) else None
