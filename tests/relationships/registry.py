"""A small registry with something of everything, for the tests of the lists."""

import random

from committees.findable import refresh_cities, refresh_committees
from committees.models import City, Committee
from relationships.deriving import derive
from relationships.models import Tie, TieEvent
from sistercities.partialdates import PartialDate
from tests import factories as make

STATES = (
    ("MX-DUR", "MX", "Durango"),
    ("MX-JAL", "MX", "Jalisco"),
    ("US-CA", "US", "California"),
    ("US-TX", "US", "Texas"),
    ("JP-26", "JP", "Kyoto"),
)
CITIES = (
    ("Gómez Palacio", "MX-DUR", 301742, ()),
    ("Guadalajara", "MX-JAL", 1385629, ()),
    ("Tlaquepaque", "MX-JAL", 0, ("San Pedro Tlaquepaque",)),
    ("South El Monte", "US-CA", 19567, ()),
    ("Downey", "US-CA", 111772, ()),
    ("San Antonio", "US-TX", 1434625, ()),
    ("Kyoto", "JP-26", 1463723, ("京都", "Kioto")),
    ("Sevilla", "", 681998, ("Seville",)),
    ("Guadalajara", "ES", 93470, ()),
    ("Aachen", "DE", 252769, ("Aix-la-Chapelle", "Aquisgrán")),
)
SIDES = ([], ["a"], ["b"], ["a", "b"])


def make_registry() -> None:
    """Ten cities, every tie between them that can be, of all kinds, states and times; three
    committees; exchanges; and things that nobody may see."""
    regions = {
        code: make.RegionFactory(code=code, country=country, name=name)
        for code, country, name in STATES
    }
    cities = [_city(*row, regions) for row in CITIES]
    pairs = [(a, b) for n, a in enumerate(cities) for b in cities[n + 1 :]]
    ties = [_tie(n, a, b) for n, (a, b) in enumerate(pairs)]
    make.TieFactory(review=Tie.Review.DRAFT, city_a=make.CityFactory(name="Hidden Springs"))
    make.CityFactory(name="Xalapa", is_listed=False, population=488531)
    committees = [
        make.CommitteeFactory(name="Comité de Guadalajara", cities=[cities[1], cities[2]]),
        make.CommitteeFactory(name="Downey Association", country="US", cities=[cities[4]]),
        make.CommitteeFactory(name="National Body", level=Committee.Level.NATIONAL),
        make.CommitteeFactory(name="Secret Committee", review=Committee.Review.DRAFT),
    ]
    for n, tie in enumerate(ties[:14]):
        make.ExchangeFactory(
            tie=tie, begins=PartialDate(2010 + n % 9, 6), theme=["sports", "crafts"][n % 2]
        )
    make.ExchangeFactory(tie=ties[0], title_en="Secret meeting", review="draft")
    derive()
    refresh_committees(committee.pk for committee in committees)
    refresh_cities(City.objects.values_list("pk", flat=True))


def _city(name, place, population, aliases, regions) -> City:
    region = regions.get(place)
    country = region.country if region else place or "ES"
    city = make.CityFactory(name=name, region=region, country=country, population=population)
    for alias in aliases:
        make.CityNameFactory(city=city, name=alias)
    return city


def _tie(n: int, a: City, b: City) -> Tie:
    chance = random.Random(n)
    kinds = ["sister_city"] * 5 + ["friendship_city", "contact", "project"]
    tie = make.TieFactory(city_a=a, city_b=b, kind=chance.choice(kinds))
    year = chance.choice([None, 836, 1959, 1969, 1969, 1970, 1999, 2004, 2024])
    if year:
        exact = chance.random() < 0.7
        day = PartialDate(year, chance.randint(1, 12), chance.randint(1, 28)) if exact else year
        make.TieEventFactory(tie=tie, date=day if exact else PartialDate(year))
    if n % 7 == 0:
        make.TieEventFactory(tie=tie, kind=TieEvent.Kind.ENDED, date=PartialDate(2025))
    for side in SIDES[n % 4]:
        make.StatementFactory(tie=tie, said_by=side)
    if n % 5 == 0:
        make.ConfirmationFactory(tie=tie)
    return tie
