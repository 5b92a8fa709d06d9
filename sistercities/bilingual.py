"""Texts kept in Spanish and English: the reader's own, or else the other one, labelled.

Nothing is translated by a machine and nothing is hidden for want of a translation.
"""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LANGUAGES = ("es", "en")


@dataclass(frozen=True)
class Text:
    """A text and, where it is not in the reader's language, the language that it is in."""

    text: str = ""
    lang: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def note(self) -> str:
        """One line for the reader about a text in the other language; empty for their own."""
        if not self.lang:
            return ""
        return (
            _("This text is only in English.")
            if self.lang == "en"
            else _("This text is only in Spanish.")
        )


def choose(language: str, *, es: str, en: str) -> Text:
    """The text in a language, or in the other one with its name."""
    texts = {"es": (es or "").strip(), "en": (en or "").strip()}
    here = "en" if language.startswith("en") else "es"
    if texts[here]:
        return Text(texts[here])
    there = "es" if here == "en" else "en"
    return Text(texts[there], there) if texts[there] else Text()


def text_of(thing: Model, field: str, language: str | None = None) -> Text:
    """A translated field of an object for the reader; both columns must be loaded."""
    return choose(
        language or get_language() or "es",
        es=getattr(thing, f"{field}_es"),
        en=getattr(thing, f"{field}_en"),
    )
