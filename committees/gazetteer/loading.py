"""The act of loading places from the gazetteer into the tables, any number of times.

What people decided stands: names, texts and slugs are never touched; population and coordinates
are renewed only where the history says that the stored value came from the gazetteer.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from committees.findable import refresh_cities
from committees.gazetteer.keeping import FreeSlugs, keep_regions
from committees.gazetteer.naming import name_of, other_names, whole_of
from committees.gazetteer.reading import Gazetteer, Place
from committees.models import City, CityName, Region
from sistercities.bulk import batches, update_rows
from sistercities.folding import fold
from sistercities.history import one_request
from sistercities.models import Address, RegistryVersion
from sistercities.pouring import new_keys, pour, pour_history, pour_with_history

REASON = "gazetteer"
RECOGNISED = "gazetteer: recognised"
PLACES_AT_ONCE = 2000
NEAR = 0.15
"""Degrees within which a city without a GeoNames id is taken for the place of the same name."""

FACTS = ("population", "latitude", "longitude")
_ADVISORY_LOCK = 7_061_956


@dataclass
class Loaded:
    """What a load did. `moved` are the keys of cities whose coordinates changed."""

    places: int = 0
    created: int = 0
    changed: int = 0
    same: int = 0
    names: int = 0
    regions: int = 0
    moved: list[int] = field(default_factory=list)


def load(
    min_population: int,
    countries: Collection[str] = (),
    *,
    watch: Callable[[int], Callable[[Iterable], Iterable]] | None = None,
) -> Loaded:
    """Load all places with so many people, in one transaction. `watch`, given the number of
    places, returns what wraps the rows to show how far it is."""
    gazetteer = Gazetteer(min_population, countries)
    places = watch(len(gazetteer))(gazetteer) if watch else gazetteer
    with one_request(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
        done = _Load(Loaded(places=len(gazetteer))).run(places)
        if done.created or done.changed or done.names:
            RegistryVersion.move_on()
    return done


class _Load:
    """One run: what is known of the tables before, and the writing of each batch."""

    def __init__(self, result: Loaded) -> None:
        self.result = result
        self.regions = dict(Region.objects.values_list("geonames_code", "pk"))
        self.known = dict(
            City.objects.exclude(geonames_id=None).order_by().values_list("geonames_id", "pk")
        )
        self.slugs = FreeSlugs()
        self.orphans: dict[tuple[str, str], list[int]] = {}
        made_by_hand = City.objects.filter(geonames_id=None, merged_into=None).order_by("pk")
        for pk, *name in made_by_hand.values_list("pk", "country", "sort_name").iterator():
            self.orphans.setdefault((name[0], name[1]), []).append(pk)
        self.recognised: set[int] = set()
        gone = City.history.filter(history_type="-").exclude(geonames_id=None)
        self.gone = set(gone.values_list("geonames_id", flat=True))

    def run(self, places: Iterable[Place]) -> Loaded:
        """All places, batch by batch."""
        for batch in batches(places, PLACES_AT_ONCE):
            wanted = {place.region for place in batch}
            self.result.regions += keep_regions(wanted, self.regions, reason=REASON)
            new, old = [], []
            for place in batch:
                if place.geonames_id in self.known:
                    old.append(place)
                elif not self._adopt(place):
                    if place.geonames_id not in self.gone:
                        new.append(place)
                else:
                    old.append(place)
            self._create(new)
            self._renew(old)
        return self.result

    def _adopt(self, place: Place) -> bool:
        """Give a city that somebody made by hand its GeoNames id, when it is surely the place."""
        if not self.orphans:
            return False
        for folded in dict.fromkeys((fold(name_of(place)), fold(place.name))):
            for pk in self.orphans.get((place.country, folded), ()):
                city = City.objects.get(pk=pk)
                if city.geonames_id is None and self._is_same(city, place):
                    city.geonames_id = place.geonames_id
                    city._change_reason = RECOGNISED
                    city.save()
                    self.known[place.geonames_id] = city.pk
                    self.recognised.add(city.pk)
                    return True
        return False

    def _is_same(self, city: City, place: Place) -> bool:
        if city.place_type in (City.PlaceType.COUNTY, City.PlaceType.STATE):
            return False
        if city.has_coordinates:
            apart = abs(city.longitude - place.longitude) % 360
            return abs(city.latitude - place.latitude) <= NEAR and min(apart, 360 - apart) <= NEAR
        region = self.regions.get(place.region)
        return region is not None and city.region_id == region

    def _create(self, places: list[Place]) -> None:
        """New cities with history, addresses and names."""
        if not places:
            return
        keys = new_keys(City, len(places))
        self.known |= {place.geonames_id: key for key, place in zip(keys, places, strict=True)}
        cities, addresses, names = [], [], []
        for key, place in zip(keys, places, strict=True):
            name, region = name_of(place), self.regions.get(place.region)
            folded = fold(name)[:200]
            slug = self.slugs.take(name, place.country, place.region)
            whole = whole_of(place)
            type_ = City.PlaceType.CITY if whole is None else City.PlaceType.BOROUGH
            parent = self.known.get(whole) if whole else None
            cities.append(
                (
                    *(key, name, slug, type_.value, parent, region, place.country),
                    *(place.latitude, place.longitude, place.population),
                    *(place.geonames_id, folded),
                )
            )
            addresses.append(("city", slug, key))
            names.append((key, name, CityName.Kind.OFFICIAL.value, folded))
            names += [
                (key, other, CityName.Kind.GAZETTEER.value, folded)
                for folded, other in other_names(place).items()
            ]
        columns = ("id", "name", "slug", "place_type", "parent_id", "region_id", "country")
        columns += ("latitude", "longitude", "population", "geonames_id", "sort_name")
        pour_with_history(City, columns, cities, reason=REASON)
        pour(Address, ("subject", "slug", "object_id"), addresses)
        pour(CityName, ("city_id", "name", "kind", "folded"), names)
        self.result.created += len(cities)
        self.result.names += len(names)

    def _renew(self, places: list[Place]) -> None:
        """Facts that the gazetteer has corrected, and names that it has learnt."""
        by_key = {self.known[place.geonames_id]: place for place in places}
        cities = City.objects.filter(merged_into=None).in_bulk(list(by_key))
        changes = {
            pk: differing
            for pk, city in cities.items()
            if (differing := _differing(city, by_key[pk]))
        }
        given = _given(changes)
        written = []
        for pk, differing in changes.items():
            city = cities[pk]
            allowed = [name for name in differing if _may_renew(city, name, given.get(pk, {}))]
            if {"latitude", "longitude"} & set(allowed):
                self.result.moved.append(pk)
            for name in allowed:
                setattr(city, name, getattr(by_key[pk], name))
            if allowed:
                city.changed_at = timezone.now()
                written.append(city)
        update_rows(
            City,
            (*FACTS, "changed_at"),
            (
                (*(getattr(city, name) for name in FACTS), _as_stored(city.changed_at), city.pk)
                for city in written
            ),
        )
        columns = [field.attname for field in City._meta.concrete_fields]
        rows = [[getattr(city, name) for name in columns] for city in written]
        pour_history(City, columns, rows, reason=REASON, type_="~")
        named = self._add_names({pk: by_key[pk] for pk in cities})
        touched = {city.pk for city in written} | named | (self.recognised & set(cities))
        self.result.changed += len(touched)
        self.result.same += len(places) - len(touched)
        refresh_cities(pk for pk in touched if cities[pk].is_listed)

    def _add_names(self, places: dict[int, Place]) -> set[int]:
        """Names that a city does not have and that nobody took away; keys of the cities."""
        known = set(
            CityName.objects.filter(city__in=places).order_by().values_list("city_id", "folded")
        )
        missing = [
            (pk, name, folded)
            for pk, place in places.items()
            for folded, name in other_names(place).items()
            if (pk, folded) not in known
        ]
        if not missing:
            return set()
        cities = {pk for pk, _name, _folded in missing}
        removed = CityName.history.filter(city__in=cities, history_type__in=("-", "~"))
        taken = {(pk, fold(name)) for pk, name in removed.values_list("city_id", "name")}
        rows = [
            (pk, name, CityName.Kind.GAZETTEER.value, folded)
            for pk, name, folded in missing
            if (pk, folded) not in taken
        ]
        pour(CityName, ("city_id", "name", "kind", "folded"), rows)
        self.result.names += len(rows)
        return {row[0] for row in rows}


def _differing(city: City, place: Place) -> list[str]:
    """Names of the facts that the gazetteer has otherwise. Coordinates go together."""
    differing = []
    if city.population != place.population:
        differing.append("population")
    if (city.latitude, city.longitude) != (place.latitude, place.longitude):
        differing += ["latitude", "longitude"]
    return differing


def _given(keys: Iterable[int]) -> dict[int, dict[str, tuple]]:
    """By city, the value of each fact as the history has it last, and why it became that."""
    found: dict[int, dict[str, tuple]] = {}
    rows = City.history.filter(id__in=list(keys)).order_by("history_id")
    for pk, reason, *facts in rows.values_list("id", "history_change_reason", *FACTS):
        facts_of = found.setdefault(pk, {})
        for name, value in zip(FACTS, facts, strict=True):
            if name not in facts_of or facts_of[name][0] != value:
                facts_of[name] = (value, reason)
    return found


def _may_renew(city: City, name: str, given: dict[str, tuple]) -> bool:
    """Whether a fact is still as the gazetteer gave it, or was never known."""
    if name == "population":
        if city.population_year is not None:
            return False
        return not city.population or given.get(name) == (city.population, REASON)
    if not city.has_coordinates:
        return True
    return all(given.get(one) == (getattr(city, one), REASON) for one in ("latitude", "longitude"))


_as_stored = partial(City._meta.get_field("changed_at").get_db_prep_save, connection=connection)
