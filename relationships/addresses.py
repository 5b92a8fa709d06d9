"""Public addresses by slug, cheaply: a page with sixty links resolves each kind of address once."""

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language, override

from relationships.models.tie import CONNECTORS
from sistercities.context import absolute

PLACE = "-slug-"


@lru_cache(maxsize=32)
def _around(name: str, language: str) -> tuple[str, str]:
    with override(language):
        before, _place, after = reverse(name, args=[PLACE]).partition(PLACE)
    return before, after


def here() -> str:
    """The language of this page, "es" or "en"."""
    return (get_language() or "es").partition("-")[0]


def page_of(name: str, slug: str, language: str | None = None) -> str:
    """The path of "public:city" and the like by slug, in the reader's language unless given."""
    before, after = _around(name, language or here())
    return f"{before}{slug}{after}"


def tie_page(slug: str, language: str | None = None) -> str:
    """The path of a tie's page, by the slug as it is stored (the cities joined by "_")."""
    language = language or here()
    return page_of("public:tie", slug.replace("_", f"-{CONNECTORS[language]}-"), language)


def tie_report(slug: str) -> str:
    """Where visitors say what is wrong on a tie's page."""
    return page_of("public:tie-report", slug.replace("_", f"-{CONNECTORS[here()]}-"))


def short_tie(number: int) -> str:
    """The permanent address of a tie, for print and QR codes."""
    return absolute(f"/t/{number}")


def short_city(number: int) -> str:
    """The permanent address of a city."""
    return absolute(f"/c/{number}")


def short_exchange(number: int) -> str:
    """The permanent address of an exchange."""
    return absolute(f"/e/{number}")


def short_committee(slug: str) -> str:
    """The permanent address of a committee."""
    return absolute(f"/c/{slug}")
