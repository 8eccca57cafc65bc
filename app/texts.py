"""Screen texts: English is the source; Dutch stands in `locale/nl/*.po`, one file an area, merged at load."""

import io
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LANGUAGES = ("nl", "en")
LOCALE = Path(__file__).parent / "locale"


def gettext_noop(message: str) -> str:
    """Mark a message that is translated where it is shown."""
    return message


@lru_cache
def translations(language: str) -> NullTranslations:
    """The merged catalog of a language; English is the source itself."""
    merged = Catalog(locale=language)
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
        merged.mime_headers = catalog.mime_headers
        for message in catalog:
            if message.id:
                merged.add(message.id, message.string, context=message.context)
    if not len(merged):
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)


def say(language: str, message: str, **values: object) -> str:
    """`message` in `language`, with its `%(name)s` places filled."""
    text = translations(language).gettext(message)
    return text % values if values else text
