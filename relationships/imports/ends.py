"""What a row says of one of its places, what became of it, and the sentences that tell so."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relationships.imports.places import Place
from sistercities.countries import country_name

NEAR_KM = 40
"""Coordinates this close to a place of the right name are that place's."""
CANDIDATES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class End:
    """What a row says of one of its two places. Country is a code, or "" where none is known."""

    name: str
    country: str = ""
    country_text: str = ""
    region: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    geonames: int | None = None
    wikidata: str = ""
    slug: str = ""
    """What the city is called in our own addresses, where our own list says so."""

    @property
    def is_located(self) -> bool:
        """Whether it has coordinates."""
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True, slots=True)
class Resolution:
    """A city's number, or None and why not; and what is odd about it. `is_final`: somebody decided
    that there is no such city."""

    city: int | None
    reason: str = ""
    warning: str = ""
    is_final: bool = False


def described(place: Place) -> str:
    """ "Springfield (US, 39.8 -89.6, GeoNames 4250542)"."""
    facts = [place.country]
    if place.latitude is not None and place.longitude is not None:
        facts.append(f"{place.latitude:.1f} {place.longitude:.1f}")
    if place.geonames:
        facts.append(f"GeoNames {place.geonames}")
    return f"{place.name} ({', '.join(facts)})"


def far(place: Place, distance: float | None) -> str:
    """A warning about coordinates that lie elsewhere; empty when they do not."""
    if distance is None or distance <= NEAR_KM:
        return ""
    return _("The coordinates given are %(km)d km from %(city)s.") % {
        "km": distance,
        "city": place.name,
    }


def astray(place: Place, distance: float) -> Resolution:
    """Not decided: the only place of the name is not where the row says."""
    return Resolution(
        None,
        _("The only known %(city)s is %(km)d km from the coordinates given.")
        % {"city": described(place), "km": distance},
    )


def left_open(end: End, pool: list) -> Resolution:
    """Not decided: the places that may be meant."""
    pool = [one[1] if isinstance(one, tuple) else one for one in pool]
    largest = sorted(pool, key=lambda place: (-place.population, place.pk))
    shown = "; ".join(described(place) for place in largest[:CANDIDATES_SHOWN])
    more = f"; +{len(pool) - CANDIDATES_SHOWN}" if len(pool) > CANDIDATES_SHOWN else ""
    return Resolution(
        None,
        _("%(name)s may be: %(places)s.") % {"name": end.name[:60], "places": shown + more},
    )


def unknown(end: End) -> str:
    """Why a name leads nowhere."""
    if end.country:
        return _("No place called %(name)s is known in %(country)s.") % {
            "name": end.name[:80],
            "country": country_called(end.country),
        }
    if end.country_text:
        return _("The country %(country)s of %(name)s is not understood.") % {
            "country": end.country_text[:40],
            "name": end.name[:80],
        }
    return _("No place called %(name)s is known.") % {"name": end.name[:80]}


def country_called(code: str) -> str:
    """A country's name in the reader's language."""
    return country_name(code, get_language() or "en")


def joined(*sentences: str) -> str:
    """Sentences as one text."""
    return " ".join(sentence for sentence in sentences if sentence)
