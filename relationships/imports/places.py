"""Places of the gazetteer as an import looks them up: by folded name and by id, in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from committees.models import City, CityName, Region
from sistercities.bulk import batches
from sistercities.countries import read_country
from sistercities.folding import fold
from sistercities.maps.distance import great_circle_km

AT_ONCE = 900  # values in one IN list: SQLite's oldest limit is 999


BESIDE_KM = 40


@dataclass(frozen=True, slots=True)
class Place:
    """What counts of a City."""

    pk: int
    name: str
    folded: str
    country: str
    region: int | None
    latitude: float | None
    longitude: float | None
    population: int
    place_type: str
    geonames: int | None
    wikidata: str | None
    merged_into: int | None

    def distance(self, latitude: float | None, longitude: float | None) -> float | None:
        """Kilometres from a point; None when either place is not known."""
        if None in (latitude, longitude, self.latitude, self.longitude):
            return None
        return great_circle_km(self.latitude, self.longitude, latitude, longitude)


COLUMNS = (
    *("pk", "name", "sort_name", "country", "region_id", "latitude", "longitude", "population"),
    *("place_type", "geonames_id", "wikidata_id", "merged_into_id"),
)


def places(field: str, values: Iterable) -> Iterator[Place]:
    """Cities whose `field` is one of `values`."""
    for batch in batches(sorted(set(values)), AT_ONCE):
        rows = City.objects.filter(**{f"{field}__in": batch}).order_by()
        for row in rows.values_list(*COLUMNS):
            yield Place(*row)


class Shelf:
    """The places that a few thousand ends may mean, fetched in a handful of queries."""

    def __init__(self, names: set[str], geonames: set[int], wikidata: set[str]) -> None:
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._names: dict[int, set[str]] = defaultdict(set)
        for batch in batches(sorted(names), AT_ONCE):
            rows = CityName.objects.filter(folded__in=batch).order_by()
            for folded, city in rows.values_list("folded", "city_id"):
                self._by_name[folded].add(city)
        wanted = set().union(*self._by_name.values()) if self._by_name else set()
        self._places = {place.pk: place for place in places("pk", wanted)}
        for field, values in (("geonames_id", geonames), ("wikidata_id", wikidata)):
            self._places |= {place.pk: place for place in places(field, values)}
        self._follow_merges()
        self._by_geonames = {p.geonames: p.pk for p in self._places.values() if p.geonames}
        self._by_wikidata = {p.wikidata: p.pk for p in self._places.values() if p.wikidata}

    def _follow_merges(self) -> None:
        self._standing = {p.pk: p.merged_into for p in self._places.values() if p.merged_into}
        missing = set(self._standing.values()) - set(self._places)
        while missing:
            found = list(places("pk", missing))
            self._places |= {place.pk: place for place in found}
            self._standing |= {p.pk: p.merged_into for p in found if p.merged_into}
            missing = {p.merged_into for p in found if p.merged_into} - set(self._places)

    def place(self, pk: int) -> Place:
        """A place, or the one that it was merged into."""
        while pk in self._standing:
            pk = self._standing[pk]
        return self._places[pk]

    def named(self, folded: str) -> list[Place]:
        """Places that have or had this name, in the order of their numbers."""
        return [
            self._places[pk]
            for pk in sorted({self.place(pk).pk for pk in self._by_name.get(folded, ())})
        ]

    def beside(self, pool: list[Place], hint: str) -> set[int]:
        """Those of a pool near a larger place that the hint names: Encino, of Los Angeles."""
        larger = self.named(fold(hint)) if hint else []
        return {
            place.pk
            for place in pool
            for whole in larger
            if whole.country == place.country
            and whole.population > place.population
            and (place.distance(whole.latitude, whole.longitude) or BESIDE_KM + 1) <= BESIDE_KM
        }

    def with_geonames(self, number: int) -> Place | None:
        """The place with this GeoNames id."""
        pk = self._by_geonames.get(number)
        return None if pk is None else self.place(pk)

    def with_wikidata(self, number: str) -> Place | None:
        """The place with this Wikidata id."""
        pk = self._by_wikidata.get(number)
        return None if pk is None else self.place(pk)


class Regions:
    """States and provinces by name, Spanish name, abbreviation or code."""

    def __init__(self) -> None:
        self._by_country: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.names: dict[int, str] = {}
        columns = ("pk", "country", "code", "name", "name_es", "abbreviation", "geonames_code")
        for pk, country, code, name, name_es, short, geonames in Region.objects.values_list(
            *columns
        ):
            self.names[pk] = name
            for text in (name, name_es, short, code, code.partition("-")[2], geonames or ""):
                if key := fold(text):
                    self._by_country[country][key].add(pk)

    def find(self, country: str, text: str) -> set[int]:
        """Regions of a country that are called so; empty when the text says nothing."""
        key = fold(text)
        if not key or country not in self._by_country:
            return set()
        return self._by_country[country].get(key, set())


def country_in(text: str) -> str | None:
    """A country named in a qualifier ("Germany"), but not a bare code such as "CA"."""
    return read_country(text) if len(text.strip()) > 3 else None
