"""A dozen real places with their namesakes, and lists written by hand."""

from pathlib import Path

from committees.models import City, CityName
from tests import factories as make

REGIONS = {
    "MX-DUR": ("MX", "Durango"),
    "MX-JAL": ("MX", "Jalisco"),
    "US-CA": ("US", "California"),
    "US-IL": ("US", "Illinois"),
    "US-MO": ("US", "Missouri"),
}
# Name, country, region, latitude, longitude, people, GeoNames id, other names.
PLACES = (
    ("Gómez Palacio", "MX", "MX-DUR", 25.57, -103.5, 257352, 4005775, ()),
    ("Guadalajara", "MX", "MX-JAL", 20.67, -103.35, 1385629, 4005539, ()),
    ("Guadalajara", "ES", "", 40.63, -3.17, 93470, 3121070, ()),
    ("South El Monte", "US", "US-CA", 34.05, -118.05, 19567, 5397771, ()),
    ("Downey", "US", "US-CA", 33.94, -118.13, 111772, 5343858, ()),
    ("Springfield", "US", "US-IL", 39.8, -89.64, 114394, 4250542, ()),
    ("Springfield", "US", "US-MO", 37.22, -93.3, 169176, 4409896, ()),
    ("Warszawa", "PL", "", 52.23, 21.01, 1702139, 756135, ("Warsaw", "Varsovia", "Warschau")),
    ("Jelenia Góra", "PL", "", 50.9, 15.73, 77366, 3097257, ("Hirschberg",)),
    ("Neustadt", "DE", "", 49.35, 8.14, 53892, 2864054, ("Neustadt an der Weinstraße",)),
    ("Neustadt", "DE", "", 54.11, 10.81, 15173, 2864034, ("Neustadt in Holstein",)),
    ("Kyoto", "JP", "", 35.02, 135.75, 1463723, 1857910, ("京都", "Kioto")),
    ("Ulm", "DE", "", 48.4, 9.99, 120714, 2820256, ()),
    ("Linz", "AT", "", 48.31, 14.29, 204846, 2772400, ()),
    ("Perth", "GB", "", 56.4, -3.43, 47180, 2640358, ()),
    ("Perth", "AU", "", -31.95, 115.86, 1896548, 2063523, ()),
    ("Staufen", "DE", "", 47.88, 7.73, 7761, 2829001, ()),
)


def make_places() -> dict[int, City]:
    """The places, by GeoNames id."""
    regions = {
        code: make.RegionFactory(
            code=code, country=country, name=name, abbreviation=code.partition("-")[2]
        )
        for code, (country, name) in REGIONS.items()
    }
    cities = {}
    for name, country, region, latitude, longitude, people, number, others in PLACES:
        city = City.objects.create(
            name=name,
            country=country,
            region=regions.get(region),
            latitude=latitude,
            longitude=longitude,
            population=people,
            geonames_id=number,
        )
        for other in others:
            CityName.objects.create(city=city, name=other, kind=CityName.Kind.GAZETTEER)
        cities[number] = city
    return cities


def written(path: Path, text: str, encoding: str = "utf-8") -> str:
    """A file with this text; its path for a command line."""
    path.write_bytes(text.encode(encoding))
    return str(path)


HEADER = "city_a,region_a,country_a,city_b,region_b,country_b,year,kind,source\n"
LIST = (
    HEADER
    + "Gómez Palacio,Durango,MX,South El Monte,CA,US,1969,friendship,wikipedia-lists\n"
    + "South El Monte,California,US,Gomez Palacio,,Mexico,,,wikipedia-lists\n"
    + "Guadalajara,Jalisco,MX,Downey,CA,US,1960,sister,office\n"
    + "Guadalajara,Jalisco,MX,Downey,CA,US,1971,sister,press\n"
    + "Guadalajara,Jalisco,MX,Kyoto,,Japón,c. 1980,,office\n"
    + "Springfield,,US,Guadalajara,,MX,,,office\n"
    + "Kyoto,,JP,Kioto,,Japan,,,office\n"
    + "Warschau,,Polen,Ulm,,Deutschland,,contact,rgre\n"
    + "Nowhere,,PL,Ulm,,DE,,,rgre\n"
)
