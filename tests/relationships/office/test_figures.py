"""The numbers of the registry: each is what the list behind it holds, everything counts once."""

import csv
import datetime
import io
import json
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import Sum
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.models import Committee
from relationships.admin.figures import address_of
from relationships.deriving import derive
from relationships.figures.asking import FiguresForm
from relationships.figures.cell import MODELS, Cell
from relationships.figures.counting import MEASURED, WAYS, Table
from relationships.figures.layout import AID, columns_of, sorted_aid, sorted_lines, with_total
from relationships.figures.scope import Scope
from relationships.models import Donation, Exchange, Tie
from relationships.reporting.counting import alike, take_over
from sistercities.partialdates import PartialDate
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2022, 6, 1)
PEOPLE = {
    "participants": ("travellers", "hosts"),
    "youth": ("youth",),
    "volunteers": ("volunteers",),
}


def signed(tie: Tie, year: int, ended: int | str | None = None) -> Tie:
    make.TieEventFactory(tie=tie, date=PartialDate(year, 5))
    if ended:
        day = PartialDate(ended) if isinstance(ended, int) else None
        make.TieEventFactory(tie=tie, kind="ended", date=day)
    return tie


def trip(tie: Tie, year: int, direction: str, **numbers) -> Exchange:
    return make.ExchangeFactory(tie=tie, begins=PartialDate(year), direction=direction, **numbers)


def gift(tie: Tie, year: int, **columns) -> Donation:
    return make.DonationFactory(tie=tie, date=PartialDate(year, 3), **columns)


@pytest.fixture
def world():
    """Two states of Mexico, one of the United States; ties across and inside, of every fate."""
    durango = make.RegionFactory(code="MX-DUR", name="Durango")
    jalisco = make.RegionFactory(code="MX-JAL", name="Jalisco")
    texas = make.RegionFactory(code="US-TX", name="Texas", country="US")
    one, two = make.CityFactory(region=durango), make.CityFactory(region=jalisco)
    three = make.CityFactory(american=True, region=texas)
    four = make.CityFactory(american=True)
    both = make.CommitteeFactory(name="Comité de las dos", cities=[one, two])
    away = make.CommitteeFactory(name="Texan committee", country="US", cities=[three])
    tie = signed(make.TieFactory(city_a=one, city_b=three), 2018)
    inside = signed(make.TieFactory(city_a=one, city_b=two), 2019, 2021)
    signed(make.TieFactory(city_a=two, city_b=three), 2019, "nobody knows when")
    late = signed(make.TieFactory(city_a=two, city_b=four), 2021)
    make.TieFactory(city_a=one, city_b=four)
    draft = signed(make.TieFactory(city_a=three, city_b=four, review="draft"), 2019)
    alone = make.CommitteeFactory(name="For one tie", country="US", cities=[four])
    make.TieCommitteeFactory(committee=alone, tie=late)
    trip(tie, 2019, "a_to_b", travellers=10, hosts=5, youth=7, volunteers=2)
    trip(tie, 2019, "b_to_a", travellers=3)
    trip(tie, 2020, "both", travellers=4, hosts=4, volunteers=1)
    trip(tie, 2020, "online", youth=9)
    trip(inside, 2020, "a_to_b", travellers=1)
    trip(late, 2021, "b_to_a", travellers=6)
    trip(draft, 2019, "a_to_b", travellers=99)
    trip(tie, 2019, "a_to_b", travellers=99, review="submitted")
    gift(tie, 2019, amount=100)
    gift(tie, 2019, amount=Decimal("50.50"), currency="MXN")
    gift(tie, 2019, amount=20, given_by="b")
    gift(tie, 2020, in_kind=True)
    gift(tie, 2020, in_kind=True, amount=8000, currency="USD", given_by="b")
    gift(inside, 2021, amount=7)
    gift(tie, 2021, amount=999, review="rejected")
    gift(draft, 2020, amount=999)
    derive()
    return {"both": both, "away": away, "alone": alone, "tie": tie, "one": one, "three": three}


def numbers(table: Table):
    """Every number of a table with its cell and, of aid, its kind and currency."""
    for line, _name in with_total(table):
        for measure in columns_of(table, MEASURED):
            yield table.number(line, measure), table.cell(line, measure)
        for of, _numbers in sorted_aid(line):
            for measure in columns_of(table, AID):
                yield table.number(line, measure, of), table.cell(line, measure, *of)


def behind(cell: Cell):
    """The same number, from the rows of its list."""
    rows = cell.rows()
    if columns := PEOPLE.get(cell.measure):
        return sum(rows.aggregate(n=Sum(one, default=0))["n"] for one in columns)
    if cell.measure.startswith("value"):
        return rows.aggregate(n=Sum("amount"))["n"]
    return rows.count()


@pytest.mark.parametrize("whose", ["all", "country", "state", "committee"])
def test_every_number_is_what_its_rows_hold(world, whose):
    scope = {
        "all": Scope(),
        "country": Scope(country="MX"),
        "state": Scope(state="MX-DUR"),
        "committee": Scope(committee=world["both"].pk),
    }[whose]
    for by in WAYS:
        compared = {}
        for number, cell in numbers(Table(2019, 2021, scope, by)):
            if number is not None:
                compared[cell] = (number, behind(cell))
        assert {cell: pair for cell, pair in compared.items() if pair[0] != pair[1]} == {}, by
        assert sum(pair[0] > 0 for pair in compared.values()) > 20
        assert all(Cell.read(cell.written()) == cell for cell in compared)


def test_the_list_of_a_number_shows_just_its_rows(world, client):
    client.force_login(make.UserFactory(staff=True))
    table = Table(2019, 2021, Scope(country="MX"))
    line = table.lines[2019, ""]
    for cell in (
        *(table.cell(line, measure) for measure in ("new", "out", "youth")),
        table.cell(line, "value_given", "money", "MXN"),
    ):
        shown = client.get(address_of(cell)).context["cl"]
        assert set(shown.queryset) == set(cell.rows())
        assert shown.has_active_filters


def test_a_number_that_is_none_narrows_nothing(world, client):
    client.force_login(make.UserFactory(staff=True))
    for text in ("out", "new.2019", "new.2019.20x1", "exchanges.2019.2021", "%00", "x" * 300):
        answer = client.get(f"/admin/relationships/tie/?figure={text}", follow=True)
        assert len(answer.context["cl"].queryset) == Tie.objects.count(), text


def line_of(table: Table, year, group="") -> dict:
    return {name: table.number(table.lines[year, group], name) for name in MEASURED}


def test_years_of_a_country_by_hand(world):
    table = Table(2018, 2021, Scope(country="MX"))
    assert line_of(table, 2019) == {
        "new": 2, "ended": 0, "in_force": 2, "exchanges": 2, "out": 1, "in": 1,
        "participants": 18, "youth": 7, "volunteers": 2,
    }  # fmt: skip
    assert line_of(table, 2020)["in_force"] == 2
    ended = line_of(table, 2021)
    assert (ended["new"], ended["ended"], ended["in_force"]) == (1, 1, 2)
    assert table.unknown == 1


def test_an_exchange_between_two_cities_of_one_committee_counts_once_and_goes_both_ways(world):
    table = Table(2020, 2020, by="committee")
    line = line_of(table, 2020, str(world["both"].pk))
    assert (line["exchanges"], line["out"], line["in"]) == (3, 2, 2)


def test_a_committee_for_one_tie_has_that_tie_only(world):
    table = Table(2021, 2021, by="committee")
    assert line_of(table, 2021, str(world["alone"].pk))["in_force"] == 1
    assert (2021, str(world["alone"].pk)) not in Table(2018, 2020, by="committee").lines


def test_without_a_view_nothing_goes_out_or_comes_in(world):
    table = Table(2019, 2021)
    assert not {"out", "in"} & set(columns_of(table, MEASURED))
    by_country = Table(2019, 2021, by="country")
    total = {name: by_country.number(by_country.total, name) for name in ("exchanges", "out", "in")}
    assert total == {"exchanges": 6, "out": None, "in": None}
    assert sum(numbers["donations"] for numbers in by_country.total.aid.values()) == 6


def test_currencies_are_never_mixed(world):
    table = Table(2019, 2021, Scope(country="MX"))
    found = {
        of: [table.number(table.total, measure, of) for measure in AID]
        for of, _numbers in sorted_aid(table.total)
    }
    assert found == {
        ("money", "MXN"): [1, Decimal("50.50"), 1, Decimal("50.50"), 0, None],
        ("money", "USD"): [3, 127, 2, 107, 2, 27],
        ("vehicle", ""): [1, None, 1, None, 0, None],
        ("vehicle", "USD"): [1, 8000, 0, None, 1, 8000],
    }


def test_an_exchange_that_both_sides_report_counts_once(world):
    trip(world["tie"], 2021, "a_to_b", entered_by="a", theme="sports")
    typed = make.ExchangeFactory.build(tie=world["tie"], theme="sports", begins=PartialDate(2021))
    (found,) = alike(typed, world["away"], [])
    take_over(found, typed, world["away"])
    assert Exchange.objects.get(pk=found.pk).acknowledged_on
    assert line_of(Table(2021, 2021, Scope(state="US-TX")), 2021)["exchanges"] == 1


@pytest.mark.parametrize("by", WAYS)
def test_a_table_costs_the_same_with_more_rows(world, by):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            table = Table(2018, 2021, Scope(country="MX"), by)
            sorted_lines(table)
        return len(asked)

    before = cost()
    for _ in range(2):
        tie = signed(make.TieFactory(), 2019)
        make.CommitteeFactory(cities=[tie.city_a])
        trip(tie, 2019, "both")
        gift(tie, 2019)
    derive()
    assert cost() == before <= 7


PAGE = "admin:relationships_figures"


@pytest.fixture
def office(client):
    client.force_login(make.UserFactory(staff=True))
    client.cookies["language"] = "en"
    return client


def test_page_and_exports_agree_and_carry_the_filters(world, office):
    query = {"first": "2019", "last": "2021", "by": "state", "country": "mexico"}
    page = office.get(reverse(PAGE), query)
    assert page.status_code == 200
    shown = [
        [str(row.year or ""), row.name, *(str(cell.number) for cell in row.cells)]
        for row in (*page.context["rows"], page.context["total"])
    ]
    link = reverse("admin:relationships_figures_csv") + "?" + page.context["query"]
    text = b"".join(office.get(link).streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0] == ["year", "code", "name", *MEASURED]
    assert [[line[0], *line[2:]] for line in lines[1:]] == shown
    link = reverse("admin:relationships_figures_json") + "?" + page.context["query"]
    found = json.loads(b"".join(office.get(link).streaming_content))
    assert (found["country"], found["by"], found["first"]) == ("MX", "state", 2019)
    assert [
        [str(one) if one is not None else "" for one in row.values()] for row in found["figures"]
    ] == lines[1:]
    aid = b"".join(office.get(reverse("admin:relationships_aid_csv"), query).streaming_content)
    rows = list(csv.DictReader(io.StringIO(aid.decode("utf-8-sig"))))
    assert {row["currency"] for row in rows if row["kind"] == "money"} == {"USD", "MXN"}
    assert len(rows) == len(found["aid"]) == len(page.context["aid"] + page.context["aid_total"])


def test_a_committee_called_like_a_formula_is_text_in_the_file(world, office):
    Committee.objects.filter(pk=world["both"].pk).update(name="=HYPERLINK(1)")
    link = reverse("admin:relationships_figures_csv")
    text = b"".join(
        office.get(link, {"first": 2019, "last": 2019, "by": "committee"}).streaming_content
    )
    assert b",'=HYPERLINK(1)," in text


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("first=2021&last=2019", "last", "The last year lies before the first."),
        ("first=abc", "first", "Write a year, for example 2019."),
        ("first=99999999999999999999", "first", "Write a year from 1900"),
        ("country=Atlantis", "country", "Choose a country."),
        ("state=Nowhere", "state", "No state is called so."),
        ("committee=xyz", "committee", "No committee is called so."),
        (
            "committee=com",
            "committee",
            "Several committees are called so: Comité de las dos; Texan",
        ),
        ("by=street", "by", "Select a valid choice"),
    ],
)
def test_what_is_not_understood_is_said_and_kept(office, query, field, said):
    for name in ("Comité de las dos", "Texan committee"):
        make.CommitteeFactory(name=name)
    page = office.get(f"{reverse(PAGE)}?{query}")
    form = page.context["form"]
    assert list(form.errors) == [field]
    assert said in str(form.errors[field])
    assert form[field].value() == QueryDict(query)[field]
    assert "page" not in page.context
    answer = office.get(f"{reverse('admin:relationships_figures_json')}?{query}")
    assert answer.headers["Location"].startswith(reverse(PAGE))


@pytest.mark.parametrize(
    ("typed", "scope"),
    [
        ({"country": "mx", "state": "durango"}, Scope("MX", "MX-DUR")),
        ({"state": "us-tx"}, Scope(state="US-TX")),
        ({"committee": "texan"}, "away"),
    ],
)
def test_places_are_understood_by_name_or_code(world, typed, scope):
    form = FiguresForm(typed, TODAY)
    assert form.is_valid(), form.errors
    wanted = Scope(committee=world["away"].pk) if scope == "away" else scope
    assert form.scope == wanted
    again = FiguresForm(QueryDict(form.query).dict(), TODAY)
    assert again.is_valid()
    assert again.query == form.query
    assert (form.cleaned_data["first"], form.cleaned_data["last"]) == (2018, 2022)


def test_only_whoever_may_see_all_that_is_counted_sees_the_numbers(client):
    clerk = make.UserFactory(is_staff=True)
    rights = Permission.objects.filter(codename__in=["view_tie", "view_exchange"])
    clerk.user_permissions.set(rights)
    client.force_login(clerk)
    assert client.get(reverse(PAGE)).status_code == 403
    clerk.user_permissions.add(Permission.objects.get(codename="view_donation"))
    assert client.get(reverse(PAGE)).status_code == 200


def test_every_measure_knows_its_rows():
    for measure, model in MODELS.items():
        assert Cell(measure, 2019, 2021).rows().model is model
