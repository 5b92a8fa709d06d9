"""Two cities that know each other, and how to read the pages about them."""

import datetime

import html5lib
from django.utils.translation import override

from relationships.deriving import derive
from relationships.models import Tie, TieEvent
from sistercities.partialdates import PartialDate
from tests import factories as make

TODAY = datetime.date.today()


def make_sisters() -> Tie:
    """Gómez Palacio and South El Monte, both with a committee, friends since 1969."""
    durango = make.RegionFactory(code="MX-DUR", name="Durango", abbreviation="Dgo.")
    gomez = make.CityFactory(
        name="Gómez Palacio",
        region=durango,
        population=301742,
        population_year=2020,
        about_es="Ciudad de La Laguna.",
    )
    monte = make.CityFactory(american=True, name="South El Monte")
    tie = make.TieFactory(city_a=gomez, city_b=monte)
    make.TieEventFactory(tie=tie, date=PartialDate(1969))
    make.CommitteeFactory(name="Comité de Gómez Palacio", cities=[gomez])
    make.CommitteeFactory(name="South El Monte Association", country="US", cities=[monte])
    return known(tie)


def known(tie):
    """The tie as the database has it after deriving."""
    derive([tie.pk])
    return Tie.objects.with_cities().get(pk=tie.pk)


def enrich(tie):
    """One more row of everything that a tie's page shows."""
    make.TieEventFactory(tie=tie, kind=TieEvent.Kind.RENEWED, date=PartialDate(1999))
    make.EvidenceFactory(tie=tie, url="https://example.org/nota")
    make.StatementFactory(tie=tie, said_by="a", date_text="1969")
    exchange = make.ExchangeFactory(tie=tie)
    make.DonationFactory(tie=tie, exchange=exchange)
    make.DonationFactory(tie=tie, in_kind=True)
    day = TODAY - datetime.timedelta(days=tie.confirmations.count() + 1)
    make.ConfirmationFactory(tie=tie, answered_on=day)
    for city in (tie.city_a, tie.city_b):
        make.CommitteeFactory(cities=[city])
        make.CityNameFactory(city=city)


def text_of(response) -> str:
    """What a reader sees, on one line."""
    document = html5lib.HTMLParser().parse(response.content.decode())
    main = document.find(".//{*}main")
    return " ".join(" ".join(main.itertext()).split())


def page(client, thing, language="en"):
    """The page of an object in a language; it must be there."""
    with override(language):
        response = client.get(thing.get_absolute_url())
    assert response.status_code == 200
    return response
