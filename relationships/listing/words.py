"""Values of filters and places of rows in the reader's words."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Region
from relationships.addresses import here
from relationships.models import Exchange, Tie
from sistercities.countries import country_name

VOICES = {
    "mutual": _("Both sides"),
    "one_sided": _("One side only"),
    "unclaimed": _("Neither side"),
    "disputed": _("Disputed"),
}
"""Who says that a tie exists."""

COMMITTEE_SHAPES = {
    Committee.State.FORMING: "proposed",
    Committee.State.ACTIVE: "active",
    Committee.State.DORMANT: "dormant",
    Committee.State.DISSOLVED: "ended",
}
"""Which of the five shapes of a badge stands for a committee's state."""

KINDS = dict(Tie.Kind.choices)
STATUSES = dict(Tie.Status.choices)
THEMES = dict(Exchange.Theme.choices)
LEVELS = dict(Committee.Level.choices)
STATES = dict(Committee.State.choices)


def said(words: Mapping[str, Any]) -> dict[str, str]:
    """Words in the reader's language, all at once: a page says the same few hundreds of times."""
    return {value: str(word) for value, word in words.items()}


def decade_words(value: str) -> Any:
    """ "1960–1969"; the same in every language."""
    if value == "unknown":
        return _("Year not known")
    return f"{value}–{int(value) + 9}"


def place_words(
    country: str, region: str | None, region_es: str | None, language: str | None = None
) -> str:
    """State and country: "Durango, México". For rows read without objects."""
    language = language or here()
    return _place(country, own_name(region, region_es, language), language)


def own_name(region: str | None, region_es: str | None, language: str | None = None) -> str:
    """A state's name for the reader."""
    return (region_es if (language or here()) == "es" else "") or region or ""


@lru_cache(maxsize=4096)
def _place(country: str, region: str, language: str) -> str:
    name = country_name(country, language)
    return f"{region}, {name}" if region else name


def country_words(code: str) -> str:
    """The name of a country."""
    return country_name(code, here())


def country_labels() -> Callable[[str], str]:
    """As `country_words`, for many countries of one page."""
    language = here()
    return lambda code: country_name(code, language)


def state_words(codes: Iterable[str]) -> dict[str, str]:
    """Names of states by code, in one question; a code that nobody has is left out."""
    codes = set(codes)
    if not codes:
        return {}
    known = Region.objects.filter(code__in=codes).values_list("code", "name", "name_es")
    return {code: own_name(name, es) for code, name, es in known}
