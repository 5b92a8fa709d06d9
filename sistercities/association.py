"""What the office set for all pages: the association's name, its contact, the texts of pages."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sistercities.models import Association, PageText
from sistercities.settled import Kept

SITE_NAME = _("Sister Cities Registry")
"""The name of a registry whose association has not said its own."""
Page = PageText.Page
TITLES: dict[str, Any] = {
    Page.ABOUT: _("About sister cities"),
    Page.HOW_TO_TWIN: _("How to twin"),
    Page.PRIVACY: _("Privacy"),
    Page.ACCESSIBILITY: _("Accessibility"),
}


@dataclass(frozen=True)
class Known:
    """Name and contact, in both languages."""

    names: dict[str, str] = field(default_factory=dict)
    email: str = ""
    telephone: str = ""
    postal_address: str = ""

    @property
    def name(self) -> str:
        """In the reader's language, else in the other one, else the registry's."""
        return self.names.get(_language()) or next(iter(self.names.values()), str(SITE_NAME))

    @property
    def has_contact(self) -> bool:
        """Whether there is a way to reach it."""
        return bool(self.email or self.telephone or self.postal_address)


def _language() -> str:
    return (get_language() or "es").partition("-")[0]


def _read() -> Known:
    columns = ("name_es", "name_en", "email", "telephone", "postal_address")
    es, en, *contact = Association.objects.values_list(*columns).first() or ("",) * 5
    names = {language: name for language, name in (("es", es), ("en", en)) if name}
    return Known(names, *contact)


def _read_texts() -> dict[tuple[str, str], str]:
    return {
        (page, language): text
        for page, *both in PageText.objects.values_list("page", "text_es", "text_en")
        for language, text in zip(("es", "en"), both, strict=True)
        if text and text.strip()
    }


_kept, _texts = Kept(_read), Kept(_read_texts)


def known() -> Known:
    """What holds now."""
    return _kept.now()


def text_of(page: str) -> str:
    """What the office wrote for a page in the reader's language; empty for the built-in text."""
    return _texts.now().get((page, _language()), "")


def _name() -> str:
    return known().name


NAME = lazy(_name, str)()
"""The name, found when it is written, in the language of that moment."""
