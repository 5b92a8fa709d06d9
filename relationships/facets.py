"""By which values the lists of ties and of cities are counted and filtered."""

from committees.models import City
from relationships.models import Tie
from sistercities.tallies import Facets

TIES_TOGETHER = frozenset(
    (by, facet)
    for by in ("country", "pair", "state", "kind", "status", "decade", "voice")
    for facet in ("country", "state", "kind", "status", "decade", "voice")
    if by != facet
    and (facet != "state" or by in ("country", "pair"))
    and (by, facet) != ("pair", "country")
) | {("country", "country")}

CITIES_TOGETHER = frozenset(
    (by, facet)
    for by in ("country", "state", "committee")
    for facet in ("country", "state", "committee")
    if by != facet and (facet != "state" or by == "country")
)


def voice_of(reciprocity: str) -> str:
    """Reciprocity as a filter: which of the two sides speaks is not asked."""
    return "one_sided" if reciprocity.startswith("one_sided") else reciprocity


def tie_facets(tie: Tie) -> Facets:
    """The facet values under which a public tie is counted; none when it is not public.

    Needs city_a, city_b and their regions, and the derived columns.
    """
    if not tie.is_public:
        return {}
    cities = (tie.city_a, tie.city_b)
    year = tie.since.year if tie.since else None
    return {
        "country": sorted({city.country for city in cities}),
        "pair": [tie.country_pair],
        "state": sorted({city.region.code for city in cities if city.region}),
        "kind": [tie.kind],
        "status": [tie.status],
        "decade": [f"{year // 10 * 10}" if year else "unknown"],
        "voice": [voice_of(tie.reciprocity)],
    }


def city_facets(city: City, has_committee: bool) -> Facets:
    """The facet values under which a listed city is counted."""
    return {
        "country": [city.country],
        "state": [city.region.code] if city.region else [],
        "committee": ["yes" if has_committee else "no"],
    }
