"""A small world with something for every feed and calendar, and things that nobody may see."""

import datetime

from committees.models import Committee
from relationships.deriving import derive
from relationships.models import Exchange, Tie
from sistercities.partialdates import PartialDate
from tests import factories as make
from tests import page_factories as page
from tests.relationships.sisters import known

HIDDEN = "Zqxkwhidden"
AWKWARD = 'Ñandú; Güemes, \\ & <Söhne> "x"\x0b]]></script><script>alert(1)</script>'
"""What every format must write some other way."""


def make_world() -> Tie:
    """A tie of 29 February 1960 between two cities with committees, and what is hidden around."""
    gomez = make.CityFactory(name="Gómez Palacio")
    monte = make.CityFactory(american=True, name="South El Monte")
    tie = make.TieFactory(city_a=gomez, city_b=monte)
    make.TieEventFactory(tie=tie, date=PartialDate(1960, 2, 29))
    grow(tie)
    committee = make.CommitteeFactory(name="Comité de Gómez", slug="gomez", cities=[gomez])
    tell(committee)
    hide(tie, committee)
    derive()
    return known(tie)


def grow(tie: Tie) -> Exchange:
    """An exchange of two weeks."""
    return make.ExchangeFactory(
        tie=tie,
        title_es=f"Visita {AWKWARD}",
        title_en="",
        begins=PartialDate(2026, 7, 4),
        ends=PartialDate(2026, 7, 18),
        place="Plaza; Centro, 1",
        summary_es="Fuimos. " * 400,
    )


def tell(committee: Committee) -> None:
    """News, and a meeting at an hour."""
    page.NewsFactory(committee=committee)
    page.MeetingFactory(committee=committee, time=datetime.time(18, 30), text_es="Informe")


def hide(tie: Tie, committee: Committee) -> None:
    """One of everything that no visitor sees, all of them called so."""
    draft = {"title_es": f"{HIDDEN} visita", "title_en": HIDDEN, "begins": PartialDate(2026, 5, 1)}
    make.ExchangeFactory(tie=tie, review="draft", **draft)
    secret = make.TieFactory(
        city_a=tie.city_a,
        city_b=make.CityFactory(american=True, name=f"{HIDDEN} Springs"),
        review=Tie.Review.DRAFT,
    )
    make.TieEventFactory(tie=secret, date=PartialDate(1990, 3, 3))
    make.ExchangeFactory(tie=secret, **draft)
    page.NewsFactory(committee=committee, title_es=HIDDEN, title_en=HIDDEN, is_public=False)
    unseen = make.CommitteeFactory(
        name=f"{HIDDEN} committee", slug="unseen", cities=[tie.city_a], review="draft"
    )
    page.NewsFactory(committee=unseen, title_es=HIDDEN, title_en=HIDDEN)
    page.ConventionFactory(name_es=HIDDEN, slug="unseen", is_public=False)
    person = make.PersonFactory(name=f"{HIDDEN} Person")
    make.OfficeTermFactory(committee=committee, person=person)
