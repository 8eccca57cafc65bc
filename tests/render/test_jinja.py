"""The words of a language stand in the compiled template, and say what looking them up at every rendering would say."""

from typing import Any

import pytest
from jinja2 import Environment

from app.render import environment
from app.texts import translations

CERTAIN = ", with 95 %% certainty between %(low)s and %(high)s %%"


def looked_up() -> Environment:
    """Jinja's own way."""
    made = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    made.install_gettext_translations(translations("nl"), newstyle=True)  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize(
    ("source", "values", "said"),
    [
        ("{{ _('Cards') }}", {}, "Kaarten"),
        ("{{ _('Signs left: %(count)s', count=n) }}", {"n": "<b>"}, "Tekens over: &lt;b&gt;"),
        (f"{{{{ _('{CERTAIN}', low=1, high=n) }}}}", {"n": 2}, ", met 95 % zekerheid tussen 1 en 2 %"),
        ("{{ _('<b>Nobody translated this</b>') }}", {}, "<b>Nobody translated this</b>"),
        ("{% trans at=n %}Ends at {{ at }}{% endtrans %}", {"n": "9:30"}, "Einde om 9:30 uur"),
        ("{% trans count=n %}{{ count }} card{% pluralize %}{{ count }} cards{% endtrans %}", {"n": 3}, "3 kaarten"),
        ("{% trans count=n %}{{ count }} card{% pluralize %}{{ count }} cards{% endtrans %}", {"n": 1}, "1 kaart"),
        ("{{ gettext(message, **given) }}", {"message": "Cards", "given": {}}, "Kaarten"),
        ("{{ [_('Cards'), n]|join(' & ') }}", {"n": "<i>"}, "Kaarten &amp; &lt;i&gt;"),
    ],
)
def test_it_says_what_jinja_would_say(source: str, values: dict[str, Any], said: str) -> None:
    assert environment("nl").from_string(source).render(values) == said
    assert looked_up().from_string(source).render(values) == said


def test_what_is_known_beforehand_is_not_looked_up() -> None:
    compiled = environment("nl").compile("{{ _('Cards') }}{{ _('Signs left: %(count)s', count=n) }}", raw=True)
    assert "Kaarten" in compiled
    assert "gettext" not in compiled
