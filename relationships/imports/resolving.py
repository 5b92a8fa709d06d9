"""Which city an end of a row means: decided by what the row says, or left open. Never guessed.

README.md of this folder tells the rules in order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from committees.models import City
from relationships.imports.ends import (
    NEAR_KM,
    End,
    Resolution,
    astray,
    country_called,
    described,
    far,
    joined,
    left_open,
    unknown,
)
from relationships.imports.names import SETTLED, Reading, readings
from relationships.imports.ours import cities_called
from relationships.imports.places import Place, Regions, Shelf, country_in
from relationships.imports.surroundings import BORDERLAND_KM, Surroundings, look_around
from sistercities.bulk import batches
from sistercities.folding import fold

SAME_PLACE_KM = 12
"""Two places of one name this close are a town and its own municipality or station."""
BORDER_KM = 15
"""Name and coordinates this close outweigh a neighbouring country that has no such name."""
OFTEN = 10
"""So many names found in one other country than given: it is the list that mistakes the two."""
OVERSEAS = {
    **dict.fromkeys(("PR", "GU", "VI", "AS", "MP"), "US"),
    **dict.fromkeys(("GP", "MQ", "RE", "GF", "YT", "NC", "PF", "PM", "BL", "MF"), "FR"),
    **dict.fromkeys(("AW", "CW", "SX", "BQ"), "NL"),
    **dict.fromkeys(("IM", "JE", "GG", "GI", "BM", "KY", "FK", "VG"), "GB"),
    **dict.fromkeys(("GL", "FO"), "DK"),
    **{"HK": "CN", "MO": "CN", "AX": "FI", "SJ": "NO"},
}
"""Parts of a country with a code of their own: lists name either."""
DISPUTED = ({"EH", "MA"}, {"XK", "RS"}, {"PS", "IL"}, {"UA", "RU"})
"""Where lists do not agree on the country of a place."""
DOMINANT = 10
"""A namesake so many times larger is meant when nothing says otherwise."""
WELL_KNOWN = 50_000
"""A place with so many people may be meant although the country is missing or the coordinates
are far away."""
TOWN = 10_000
"""As WELL_KNOWN, for coordinates not quite so far away."""
ENDS_AT_ONCE = 3000


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Not decided at first sight: the only place of that name far from where the row puts it, or
    several or none (`place` is None) although the row has coordinates; `abroad` is then a place of
    that name where the coordinates are, in another country."""

    place: Place | None
    distance: float
    literal: bool
    otherwise: Resolution
    abroad: Place | None = None


Decision = Resolution | _Doubt


class Resolver:
    """Resolves ends by the thousand. Holds no more than one batch of the gazetteer."""

    def __init__(self) -> None:
        self._regions = Regions()

    def resolve(
        self, ends: list[End], progress: Callable[[int], None] = lambda count: None
    ) -> list[Resolution]:
        """A resolution for each end, in order."""
        decided: list[Decision] = []
        ours = cities_called(ends)
        for batch in batches(ends, ENDS_AT_ONCE):
            shelf = shelf_for(batch)
            decided += [
                ours.get((end.slug, fold(end.name))) or self._decide(end, shelf) for end in batch
            ]
            progress(len(decided))
        doubtful = [at for at, found in enumerate(decided) if isinstance(found, _Doubt)]
        seen = look_around({at: ends[at] for at in doubtful})
        mistaken = _mistaken_countries(
            (ends[at], decided[at].abroad) for at in doubtful if decided[at].abroad
        )
        for batch in batches(doubtful, ENDS_AT_ONCE):
            astray = [at for at in batch if seen[at].is_abroad(ends[at].country)]
            unplaced = {at: replace(ends[at], latitude=None, longitude=None) for at in astray}
            shelf = shelf_for(unplaced.values())
            for at in batch:
                again = self._decide(unplaced[at], shelf) if at in unplaced else None
                decided[at] = _second_look(ends[at], decided[at], seen[at], again, mistaken)
        return decided

    def _decide(self, end: End, shelf: Shelf) -> Decision:
        by_id, distrust = self._by_id(end, shelf)
        if by_id is not None:
            return by_id
        if not end.name:
            return Resolution(None, distrust or _("No name is given."))
        decision = self._by_name(end, shelf)
        if isinstance(decision, Resolution):
            if distrust:
                decision = replace(decision, warning=joined(distrust, decision.warning))
            if decision.city is None and end.is_located and end.country:
                decision = _Doubt(None, 0, False, decision)
        if isinstance(decision, _Doubt):
            decision = replace(decision, abroad=_across_the_border(end, shelf))
        return decision

    def _by_id(self, end: End, shelf: Shelf) -> tuple[Resolution | None, str]:
        """The place of an id, unless both its name and its place contradict the row."""
        distrust = ""
        known = [
            (shelf.with_geonames(end.geonames), f"GeoNames {end.geonames}") if end.geonames else (),
            (shelf.with_wikidata(end.wikidata), f"Wikidata {end.wikidata}") if end.wikidata else (),
        ]
        for place, label in filter(None, known):
            if place is None:
                continue
            distance = place.distance(end.latitude, end.longitude)
            named = not end.name or any(
                place in shelf.named(reading.folded) for reading in readings(end.name)
            )
            here = place.country == end.country and (distance is None or distance <= NEAR_KM)
            near = distance is not None and distance <= NEAR_KM
            fits = near and (place.country == end.country or not end.country)
            if (named and (here or near or not end.country)) or fits:
                return Resolution(place.pk), ""
            if named and place.country == end.country:
                return Resolution(place.pk, warning=far(place, distance)), ""
            if here:
                return Resolution(
                    place.pk,
                    warning=_("%(id)s is %(city)s; taken by its id.")
                    % {"id": label, "city": place.name},
                ), ""
            distrust = _("%(id)s is %(city)s, which fits neither name nor place.") % {
                "id": label,
                "city": described(place),
            }
        return None, distrust

    def _by_name(self, end: End, shelf: Shelf) -> Decision:
        found = [
            (reading, [p for p in shelf.named(reading.folded) if p.place_type in reading.types])
            for reading in readings(end.name)
        ]
        second = {p.pk for reading, pool in found if reading.strength in (2, 4) for p in pool}
        undecided: Decision | None = None
        for reading, everywhere in found:
            if reading.strength == 4:
                continue
            country = end.country or country_in(reading.hint) or ""
            pool = [p for p in everywhere if p.country == country] if country else everywhere
            beside = shelf.beside(pool, reading.hint)
            if reading.strength < 2:
                beside |= second
            decision = self._among(end, reading, pool, country, beside) if pool else None
            if isinstance(decision, Resolution) and decision.city is not None:
                return decision
            undecided = undecided or decision
        return undecided or Resolution(None, unknown(end))

    def _among(
        self, end: End, reading: Reading, pool: list[Place], country: str, confirmed: set[int]
    ) -> Decision:
        """The one of some namesakes that a row means. `confirmed` are those that the row's other
        name means too, "Jelenia Góra (Hirschberg)", or lies beside, "Encino (Los Angeles)"."""
        asked = [text for text in (end.region, reading.hint) if text]
        wanted = set().union(*(self._regions.find(country, text) for text in asked), set())
        here = [place for place in pool if place.region in wanted]
        contradicted = bool(wanted and not here and all(place.region is not None for place in pool))
        both = [place for place in here or pool if place.pk in confirmed]
        agreed = bool(here or both)
        pool = both or here or pool
        near = _near(end, pool)
        towns = [p for p in pool if p.place_type != City.PlaceType.BOROUGH or p in both]
        near = [(km, place) for km, place in near if place in towns] or near
        pool = towns or pool
        if near and not (contradicted and reading.strength > 1):
            chosen = _nearest(end, reading, near)
            warning = ""
            if contradicted:
                warning = _("%(city)s lies in another state than given.") % {"city": chosen.name}
            return Resolution(chosen.pk, warning=warning)
        if reading.strength == 3:
            return self._beheaded(end, reading, pool)
        if contradicted or (reading.strength > 1 and not agreed):
            return left_open(end, pool)
        unclear = bool(reading.hint) and not agreed and not country_in(reading.hint)
        largest = pool[0] if len(pool) == 1 else _by_population(end, pool)
        if largest is None and not end.is_located:
            largest = _dominant(reading, pool)
        if largest is None:
            return left_open(end, pool)
        if not country and not _may_stand_alone(end, reading, largest, pool):
            return left_open(end, pool)
        if unclear and largest.population < WELL_KNOWN:
            return left_open(end, pool)
        distance = largest.distance(end.latitude, end.longitude)
        if distance is None or agreed:
            return Resolution(largest.pk, warning=far(largest, distance))
        if not country:
            return left_open(end, pool)
        literal = largest.folded == reading.folded
        return _Doubt(largest, distance, literal, astray(largest, distance))

    @staticmethod
    def _beheaded(end: End, reading: Reading, pool: list[Place]) -> Resolution:
        """A name without its tail: only where one single town has it, and nothing contradicts."""
        place = pool[0]
        enough = TOWN if place.folded == reading.folded else WELL_KNOWN
        if len(pool) > 1 or end.is_located or place.population < enough:
            return Resolution(None, unknown(end))
        return Resolution(place.pk, warning=_("Taken for %(city)s.") % {"city": place.name})


def shelf_for(ends: Iterable[End]) -> Shelf:
    """All places that these ends may mean."""
    ends = list(ends)
    return Shelf(
        {
            name
            for end in ends
            for reading in readings(end.name)
            for name in (reading.folded, reading.hint and fold(reading.hint))
            if name
        },
        {end.geonames for end in ends if end.geonames},
        {end.wikidata for end in ends if end.wikidata},
    )


def _near(end: End, pool: list[Place], within: float = NEAR_KM) -> list[tuple[float, Place]]:
    if not end.is_located:
        return []
    measured = [(place.distance(end.latitude, end.longitude), place) for place in pool]
    return sorted(
        [(km, place) for km, place in measured if km is not None and km <= within],
        key=lambda one: (one[0], one[1].pk),
    )


def _nearest(end: End, reading: Reading, near: list[tuple[float, Place]]) -> Place:
    """Of some namesakes near the point: the nearest by far, or the town among its own parts."""
    if len(near) == 1:
        return near[0][1]
    called = [(km, place) for km, place in near if place.folded == reading.folded]
    if len(called) == 1 and called[0][0] <= near[0][0] + SAME_PLACE_KM:
        return _inhabited(called[0][1], near)
    (first, nearest), (second, _other) = near[:2]
    together = [place for km, place in near if km <= first + SAME_PLACE_KM]
    if len(together) == 1 or second >= 3 * first + 3:
        return nearest
    return _by_population(end, together) or max(
        together, key=lambda place: (place.population, place.folded == reading.folded, -place.pk)
    )


def _inhabited(place: Place, near: list[tuple[float, Place]]) -> Place:
    """The place; for a bare area of that name, the town that is called after it: Nezahualcóyotl
    is Ciudad Nezahualcóyotl."""
    words = set(place.folded.split())
    towns = [p for _, p in near if p.population and words < set(p.folded.split())]
    if place.population or not towns:
        return place
    return max(towns, key=lambda town: (town.population, -town.pk))


def _by_population(end: End, pool: list[Place]) -> Place | None:
    """The only one whose number of people is about the row's."""
    if not end.population:
        return None
    fitting = [p for p in pool if p.population and 0.8 <= p.population / end.population <= 1.25]
    others = [p for p in pool if p not in fitting]
    clear = all(not 0.5 <= p.population / end.population <= 2 for p in others if p.population)
    return fitting[0] if len(fitting) == 1 and clear else None


def _dominant(reading: Reading, pool: list[Place]) -> Place | None:
    """The namesake that is ten times larger than any other, and as literally called so."""
    first, second = sorted(pool, key=lambda place: (-place.population, place.pk))[:2]
    called = [place for place in pool if place.folded == reading.folded]
    if len(called) == 1 and first.population <= 2 * called[0].population:
        return called[0]  # the others have it as a by-name only
    ratio = first.population / max(second.population, 1000)
    literal = first.folded == reading.folded or all(p.folded != reading.folded for p in pool)
    return first if ratio >= (DOMINANT if literal else 5 * DOMINANT) else None


def _may_stand_alone(end: End, reading: Reading, place: Place, pool: list[Place]) -> bool:
    """Whether a name may be taken without any country: it is unique, or known everywhere."""
    if end.is_located or end.country_text:
        return False
    return reading.strength == 0 and (len(pool) == 1 or place.population >= WELL_KNOWN)


def _across_the_border(end: End, shelf: Shelf) -> Place | None:
    """A place of that name exactly where the row says, when its country has none of the name or
    the place lies in an overseas part of it."""
    for reading in readings(end.name):
        if reading.strength > 1:
            return None
        found = [place for place in shelf.named(reading.folded) if place.place_type in SETTLED]
        near = _near(end, found, BORDER_KM)
        if near and OVERSEAS.get(near[0][1].country) == end.country:
            return near[0][1]
        if any(place.country == end.country for place in found):
            return None
        if near:
            return _nearest(end, reading, near)
    return None


def _mistaken_countries(abroad: Iterable[tuple[End, Place]]) -> set[tuple[str, str]]:
    """Pairs of countries, given and true, that a list mistakes again and again."""
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for end, place in abroad:
        names[end.country, place.country].add(place.folded)
    return {pair for pair, found in names.items() if len(found) >= OFTEN}


def _second_look(
    end: End,
    doubt: _Doubt,
    seen: Surroundings,
    unplaced: Decision | None,
    mistaken: set[tuple[str, str]],
) -> Resolution:
    """What becomes of a doubt when the neighbourhood of its coordinates is known.

    `unplaced` is what the row says without its coordinates, given when these lie in a country
    that the row itself contradicts.
    """
    if not doubt.literal and seen.spelt is not None:
        return Resolution(
            seen.spelt,
            warning=_("Taken for %(city)s, at the coordinates given.") % {"city": seen.spelt_name},
        )
    abroad = doubt.abroad
    if abroad and (
        seen.home_km <= BORDERLAND_KM
        or OVERSEAS.get(abroad.country) == end.country
        or {abroad.country, end.country} in DISPUTED
        or (end.country, abroad.country) in mistaken
    ):
        return Resolution(
            abroad.pk,
            warning=_("By its coordinates %(city)s lies in %(country)s.")
            % {"city": abroad.name, "country": country_called(abroad.country)},
        )
    if isinstance(unplaced, Resolution) and unplaced.city is not None:
        warning = _("The coordinates given lie in %(country)s and are not believed.") % {
            "country": country_called(seen.country)
        }
        return replace(unplaced, warning=joined(warning, unplaced.warning))
    place = doubt.place
    if place is None:
        return doubt.otherwise
    ratio = place.population / end.population if end.population else 1
    close = doubt.distance <= (2 * NEAR_KM if place.population >= TOWN else 1.25 * NEAR_KM)
    large = place.population >= WELL_KNOWN
    known = (doubt.literal and (close or large)) or (close and large)
    if (known and 0.3 <= ratio <= 3) or (end.population and 0.6 <= ratio <= 1.6):
        return Resolution(place.pk, warning=far(place, doubt.distance))
    return doubt.otherwise
