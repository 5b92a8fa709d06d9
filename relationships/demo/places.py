"""Cities, states and their names."""

from committees.gazetteer.regions import known_regions
from committees.models import City, CityName, Region
from relationships.demo.files import Row, bilingual, partial, rows
from relationships.demo.record import Record
from sistercities.folding import fold

OWN_TEXT = "Registro de demostración / demo registry"


def load_places(record: Record) -> dict[str, City]:
    """All cities of the demo by key. What the gazetteer already brought is only completed."""
    regions = load_regions(record)
    cities: dict[str, City] = {}
    for row in rows("cities"):
        values = values_of(row, regions, cities)
        city = known_city(values)
        if city is None:
            city = record.save(City(**values))
        elif fill_gaps(city, values):
            record.save(city, new=False)
        cities[row["key"]] = city
    load_names(record, cities)
    return cities


def load_regions(record: Record) -> dict[str, Region]:
    """The states of the demo's cities by ISO code, as the gazetteer's own list has them."""
    wanted = {row["region"] for row in rows("cities")} - {""}
    found = {region.code: region for region in Region.objects.filter(code__in=wanted)}
    for known in known_regions().values():
        if known.code in wanted and known.code not in found:
            found[known.code] = record.save(Region(**known._asdict()))
    return found


def values_of(row: Row, regions: dict[str, Region], cities: dict[str, City]) -> dict:
    """A row of the file as columns of City."""
    return {
        "name": row["name"],
        "place_type": row["place_type"],
        "country": row["country"],
        "region": regions.get(row["region"]),
        "parent": cities.get(row["part_of"]),
        "latitude": float(row["latitude"]),
        "longitude": float(row["longitude"]),
        "population": int(row["population"] or 0),
        "population_year": int(row["population_year"]) if row["population_year"] else None,
        "founded": partial(row["founded"]),
        "incorporated": partial(row["incorporated"]),
        "government": row["government"],
        "official_site": row["official_site"],
        "geonames_id": int(row["geonames_id"]) if row["geonames_id"] else None,
        "wikidata_id": row["wikidata_id"] or None,
        "about_source": row["about_source"] or OWN_TEXT,
        **bilingual(row, "about"),
    }


def known_city(values: dict) -> City | None:
    """The same place in the registry: by GeoNames id, else by name, kind, state and country."""
    places = City.objects.select_related("region").filter(merged_into=None)
    if values["geonames_id"]:
        return places.filter(geonames_id=values["geonames_id"]).first()
    same = {name: values[name] for name in ("place_type", "country", "region")}
    return places.filter(sort_name=fold(values["name"]), **same).first()


def fill_gaps(city: City, values: dict) -> bool:
    """Give a city what it lacks; whether it lacked anything. What stands there stays."""
    if city.population_year is None and values["population_year"]:
        city.population = 0
    gaps = {
        name: value
        for name, value in values.items()
        if value not in (None, "", 0) and getattr(city, name) in (None, "", 0)
    }
    for name, value in gaps.items():
        setattr(city, name, value)
    return bool(gaps)


def load_names(record: Record, cities: dict[str, City]) -> None:
    """Names in other languages, former names and nicknames."""
    known = set(CityName.objects.filter(city__in=cities.values()).values_list("city_id", "folded"))
    for row in rows("names"):
        city = cities[row["city"]]
        if (city.pk, fold(row["name"])) not in known:
            known.add((city.pk, fold(row["name"])))
            name = {"name": row["name"], "language": row["language"], "kind": row["kind"]}
            record.save(CityName(city=city, **name))
