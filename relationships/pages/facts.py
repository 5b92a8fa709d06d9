"""The nearest facts about a city, as a page shows them beside its ties."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from committees.models import City
from relationships.addresses import page_of
from sistercities.templatetags.ui import number


@dataclass(frozen=True)
class Fact:
    """A label and its value; an external address makes the value a link."""

    label: str
    value: str
    url: str = ""


def facts_of(city: City) -> list[Fact]:
    """Population with its year, founding, government, official site: what is known of them."""
    facts = []
    if city.population:
        value = number(city.population)
        if city.population_year:
            value = _("%(population)s (%(year)s)") % {
                "population": value,
                "year": city.population_year,
            }
        facts.append(Fact(_("Population"), value))
    if city.founded:
        facts.append(Fact(_("Founded"), city.founded.in_words()))
    if city.incorporated:
        facts.append(Fact(_("Incorporated"), city.incorporated.in_words()))
    if city.government:
        facts.append(Fact(_("Government"), city.government))
    if city.official_site:
        site = city.official_site
        facts.append(Fact(_("Official site"), host_of(site), web_address(site)))
    return facts


def host_of(address: str) -> str:
    """The name of a web site, as people say it: "gomezpalacio.gob.mx"."""
    try:
        return (urlsplit(address).hostname or address).removeprefix("www.")
    except ValueError:
        return address


def web_address(text: str) -> str:
    """The text if it may be a link to the web, else empty."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.hostname else ""


def city_page_of(city: City) -> str:
    """The city's page, or nothing when it has none."""
    return page_of("public:city", city.slug) if city.is_listed else ""
