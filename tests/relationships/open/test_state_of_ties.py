"""The sheet of a city or a state for its council: its numbers are those of the figures."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from committees.models import City, Region
from relationships.deriving import derive
from relationships.figures.counting import Table
from relationships.figures.scope import Scope
from relationships.giving import Total
from relationships.models import Tie
from relationships.reporting.annual_report import AnnualReport
from relationships.statistics.stateofties import StateOfTies
from sistercities.partialdates import PartialDate
from tests import factories as make
from tests.relationships.sisters import text_of

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)
LAST = timezone.localdate().year - 1


@pytest.fixture(autouse=True)
def _every_page_is_rendered_anew(settings):
    settings.PUBLIC_PAGES_KEPT = 0
    cache.clear()
    with override("en"):
        yield


@pytest.fixture
def own():
    """A city of Durango with ties of every fate, and a second city of the same state."""
    state = make.RegionFactory(code="MX-DUR", name="Durango")
    own, near = make.CityFactory(name="Lerdo", region=state), make.CityFactory(region=state)
    names = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta")
    towns = {name: make.CityFactory(name=name, american=True) for name in names}
    ties = {name: make.TieFactory(city_a=own, city_b=town) for name, town in towns.items()}
    inside = make.TieFactory(city_a=own, city_b=near)
    signed = {"Alpha": "1975-05-14", "Beta": "2000", "Gamma": "2025-02", "Delta": "1990"}
    for name, day in signed.items():
        make.TieEventFactory(tie=ties[name], date=PartialDate.parse(day))
    make.TieEventFactory(tie=ties["Delta"], kind="ended", date=PartialDate(2024))
    make.TieEventFactory(tie=ties["Epsilon"], date=None)
    make.TieEventFactory(tie=ties["Zeta"], kind="contact", date=PartialDate(2025))
    make.TieEventFactory(tie=inside, date=PartialDate(1999, 2))
    make.ConfirmationFactory(tie=ties["Alpha"], answered_on=datetime.date(2026, 3, 1))
    make.ConfirmationFactory(tie=ties["Alpha"], answered_on=datetime.date(2026, 3, 1), side="b")
    make.ConfirmationFactory(tie=ties["Beta"], answered_on=datetime.date(2023, 3, 1))
    trip = {"begins": PartialDate(2025, 6), "travellers": 20, "hosts": 5}
    make.ExchangeFactory(tie=ties["Alpha"], **trip)
    make.ExchangeFactory(tie=ties["Alpha"], begins=PartialDate(2025, 7), theme="sports")
    make.ExchangeFactory(tie=ties["Alpha"], begins=PartialDate(2024))
    make.ExchangeFactory(tie=ties["Alpha"], review="submitted", **trip)
    gift = {"date": PartialDate(2025, 3)}
    make.DonationFactory(tie=ties["Alpha"], amount=100, **gift)
    make.DonationFactory(tie=ties["Alpha"], amount=2500, currency="MXN", given_by="b", **gift)
    make.DonationFactory(tie=inside, amount=7, **gift)
    make.DonationFactory(tie=ties["Beta"], in_kind=True, **gift)
    make.DonationFactory(tie=ties["Beta"], amount=99999, review="rejected", **gift)
    make.EvidenceFactory(tie=ties["Alpha"])
    hidden = make.TieFactory(city_a=own, city_b=make.CityFactory(name="Hidden"), review="draft")
    make.TieEventFactory(tie=hidden, date=PartialDate(1960))
    make.ExchangeFactory(tie=hidden, **trip)
    make.DonationFactory(tie=hidden, amount=99999, **gift)
    make.EvidenceFactory(tie=hidden, kind="agreement")
    derive(today=TODAY)
    return City.objects.get(pk=own.pk)


@dataclass(frozen=True)
class OfCity(Scope):
    """One city: the office's figures know countries, states and committees only."""

    city: int = 0

    def __bool__(self) -> bool:
        return True

    def sides(self, tie: str = "") -> tuple[Q, Q]:
        return Q(**{f"{tie}city_a": self.city}), Q(**{f"{tie}city_b": self.city})


def of(total: Total) -> tuple:
    return dict(total.money), dict(total.in_kind), total.count


def expected(table: Table, way: str) -> tuple:
    total = Total()
    for (kind, currency), numbers in table.total.aid.items():
        if count := numbers.get(way, 0):
            total.add(kind, currency, numbers.get(f"value_{way}"), count)
    return of(total)


def test_its_numbers_are_those_of_the_figures(own):
    for owner, scope in ((own, OfCity(city=own.pk)), (own.region, Scope(state="MX-DUR"))):
        for year in (2023, 2024, 2025, 2026):
            page, table = StateOfTies(owner, year, TODAY), Table(year, year, scope)
            numbers = table.total.numbers
            assert page.figures == {name: numbers.get(name, 0) for name in page.figures}
            assert tuple(map(of, page.aid)) == (
                expected(table, "given"),
                expected(table, "received"),
            )
            undated = 1  # Epsilon; a proposal is not in force
            assert page.in_force == numbers.get("in_force", 0) + undated
    assert of(StateOfTies(own, 2025, TODAY).aid[0]) == (
        {"USD": Decimal(107)},
        {},
        3,
    )


def test_its_table_has_the_ties_of_the_year_with_what_was_done(own):
    rows = {row.cities: row for row in StateOfTies(own, 2025, TODAY).rows}
    near = next(one.other(own).name for one in Tie.objects.filter(since="1999-02").with_cities())
    assert list(rows) == ["Alpha", near, "Beta", "Gamma", "Epsilon", "Zeta"]
    alpha = rows["Alpha"]
    assert (alpha.exchanges, alpha.people, alpha.since_words) == (2, 25, "May 14, 1975")
    assert (alpha.confirmed_words, rows["Gamma"].confirmed_words) == ("March 2026", "Never")
    before = {row.cities for row in StateOfTies(own, 2024, TODAY).rows}
    assert "Delta" in before
    assert "Gamma" not in before


def test_it_says_what_is_due_today(own):
    due = {one.text: one.names for one in StateOfTies(own, 2025, TODAY).due}
    quiet = next(names for text, names in due.items() if "confirmed for 24 months" in text)
    assert "Alpha" not in quiet
    assert due["1 tie whose year is not known"] == "Epsilon"
    assert due["1 tie stated by one side only"] == "Beta"
    assert any(text.startswith("4 ties that nobody has confirmed") for text in due)


def test_it_tells_the_anniversaries_of_the_next_year_in_the_order_of_their_days(own):
    page = StateOfTies(own, 2024, TODAY)
    told = [(one.years, one.when, one.cities) for one in page.birthdays]
    assert told[1:] == [(50, "May 14", "Alpha"), (25, "", "Beta")]
    assert (told[0][0], told[0][1]) == (26, "February")
    of_state = StateOfTies(own.region, 2024, TODAY)
    assert [one.years for one in of_state.birthdays] == [50, 25]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/en/cities/lerdo-mx/state-of-the-ties/?year=2025", "What was done in 2025"),
        ("/es/ciudades/lerdo-mx/estado-de-los-hermanamientos/?year=2025", "Qué se hizo en 2025"),
        ("/en/states/MX-DUR/?year=2025", "5 ties in force, 1 of them new, 2 exchanges, 25"),
        ("/es/estados/MX-DUR/?year=2025", "5 hermanamientos vigentes, 1 de ellos nuevo, 2 inter"),
    ],
)
def test_it_is_read_in_both_languages_and_hides_what_is_not_published(own, client, path, words):
    path = path.replace("lerdo-mx", own.slug)
    response = client.get(path)
    text = text_of(response)
    assert words in text
    assert "Hidden" not in text
    assert "99,999" not in text
    assert b"<svg" in response.content


@pytest.mark.parametrize("year", ["", "0000", "1949", "9999", "20x5", "٢٠٢٥", "%00", "2025" * 500])
def test_without_a_year_that_can_be_it_is_the_last_one_that_is_over(own, client, year):
    response = client.get(f"/en/states/MX-DUR/?year={year}")
    assert response.context["page"].year == LAST
    response = client.get(f"/en/states/MX-DUR/?year={LAST + 1}")
    assert "The year is not over." in text_of(response)


def test_only_states_with_published_ties_and_known_cities_have_one(own, client):
    make.RegionFactory(code="MX-NAY", name="Nayarit")
    for code in ("MX-NAY", "XX-1", "mx-dur", "MX-DUR'", "M" * 500, "%00", "MX%00DUR"):
        assert client.get(f"/en/states/{code}/").status_code == 404, code
    for slug in ("nowhere", "x" * 300):
        assert client.get(f"/en/cities/{slug}/state-of-the-ties/").status_code == 404
    assert client.post("/en/states/MX-DUR/").status_code == 405


def test_an_old_address_of_a_city_leads_to_its_sheet(own, client):
    old = own.slug
    own.slug = "ciudad-lerdo"
    own.save()
    response = client.get(f"/en/cities/{old}/state-of-the-ties/")
    assert (response.status_code, response["Location"]) == (
        301,
        "/en/cities/ciudad-lerdo/state-of-the-ties/",
    )


def test_city_page_list_and_figures_lead_to_it(own, client):
    sheet, of_state = f"/en/cities/{own.slug}/state-of-the-ties/", "/en/states/MX-DUR/"
    for path, link in (
        (f"/en/cities/{own.slug}/", sheet),
        ("/en/ties/?state=MX-DUR", of_state),
        ("/en/statistics/", of_state),
        ("/en/statistics/?state=MX-DUR", of_state),
    ):
        assert f'href="{link}"' in client.get(path).content.decode(), path
    assert "/en/states/XX-9/" not in client.get("/en/ties/?state=XX-9").content.decode()


def test_the_desks_annual_report_names_the_cities_whose_sheet_it_leads_to(own):
    committee = make.CommitteeFactory(cities=[own, make.CityFactory(is_listed=False)])
    assert AnnualReport(committee, 2025, TODAY).cities == [own]


def test_a_states_table_ends_where_a_sheet_does(own, client, monkeypatch):
    monkeypatch.setattr("relationships.statistics.stateofties.MOST_TIES", 2)
    page = StateOfTies(own.region, 2025, TODAY)
    assert (len(page.rows), page.more_ties) == (2, 4)
    assert "4 more ties" in text_of(client.get("/en/states/MX-DUR/?year=2025"))


def test_a_tie_inside_a_state_is_given_and_received_by_it(own):
    given, received = StateOfTies(own.region, 2025, TODAY).aid
    assert (given.money["USD"], received.money["USD"]) == (107, 7)
    given, received = StateOfTies(own, 2025, TODAY).aid
    assert (given.money["USD"], received.money["USD"]) == (107, 0)
    assert received.money["MXN"] == 2500


def test_it_costs_as_many_questions_for_three_ties_as_for_one(client):
    state = make.RegionFactory(code="MX-X")
    city = make.CityFactory(region=state)

    def cost(path):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    spent = []
    for n in (1, 2):
        for _ in range(n):
            tie = make.TieFactory(city_a=city)
            make.TieEventFactory(tie=tie)
            make.ExchangeFactory(tie=tie, begins=PartialDate(LAST))
            make.DonationFactory(tie=tie, date=PartialDate(LAST))
            make.EvidenceFactory(tie=tie)
            derive([tie.pk])
        sheet = f"/en/cities/{city.slug}/state-of-the-ties/"
        spent.append([cost(sheet), cost("/en/states/MX-X/")])
    assert spent[0] == spent[1]
    assert max(spent[0]) <= 12


def test_a_sister_of_the_same_name_is_the_sister(db):
    here, there = make.CityFactory(name="Guadalajara"), make.CityFactory(name="Guadalajara")
    tie = make.TieFactory(city_a=there, city_b=here)
    make.TieEventFactory(tie=tie)
    derive([tie.pk])
    [row] = StateOfTies(there, 2025, TODAY).rows
    assert (row.cities, row.sides in ("a", "b")) == ("Guadalajara", True)
    assert Region.objects.count() == 0
