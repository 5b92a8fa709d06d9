"""The sister cities of a place in few words, for plaques and badges: names and years."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from committees.models import City
from relationships.models import Tie
from relationships.pages.scope import ties_of_city
from sistercities.listing.columns import columns

STANDS = (Tie.Status.ACTIVE, Tie.Status.UNCONFIRMED, Tie.Status.DORMANT)
COLUMNS = ("since", "city_a_id", "city_a__name", "city_a__slug", "city_b_id", "city_b__name")
COLUMNS += ("city_b__slug",)


@dataclass(frozen=True)
class Sister:
    """A place that a city may call its sister today, and since which year."""

    name: str
    slug: str
    year: int | None


def sisters_of(city: City) -> list[Sister]:
    """Those of its ties that are signed and have not ended, the oldest first. One question."""
    found = ties_of_city(city.pk).filter(status__in=STANDS)
    found = found.order_by("oldest_first", "sort_name", "pk")
    sisters = []
    for since, a, name_a, slug_a, _b, name_b, slug_b in columns(found, *COLUMNS):
        name, slug = (name_b, slug_b) if a == city.pk else (name_a, slug_a)
        sisters.append(Sister(name, slug, since.year if since else None))
    return sisters


def counted(sisters: list[Sister]) -> str:
    """ "3 sister cities"."""
    n = len(sisters)
    return ngettext("%(count)s sister city", "%(count)s sister cities", n) % {"count": n}


def first_year(sisters: list[Sister]) -> str:
    """The year of the oldest; empty when no year is known."""
    return str(min((one.year for one in sisters if one.year), default=""))


def words_of(slug: str) -> str:
    """A name in plain letters, from a slug, for what no sign can write: "kyoto-jp" as "Kyoto"."""
    words = slug.split("-")[:-1] or [slug]
    return " ".join(word.capitalize() for word in words)
