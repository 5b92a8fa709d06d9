"""The public figures: drawing, table, file, list and the office's figures say the same."""

import csv
import datetime
import io
import re
from decimal import Decimal

import html5lib
import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from relationships.deriving import derive
from relationships.figures.counting import Table
from relationships.figures.scope import Scope
from relationships.statistics.asking import Asked
from relationships.statistics.charts import MOST_DECADES, Statistics
from sistercities.charts.frame import HEIGHT
from sistercities.partialdates import PartialDate
from tests import factories as make

pytestmark = pytest.mark.django_db
THIS_YEAR = timezone.localdate().year
CHARTS = ("decade", "in-force", "state", "country", "kind", "exchanges", "participants", "theme")
CHARTS += ("theme-participants", "aid-mxn", "aid-usd", "confirmed", "voice")
NS = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _nothing_is_remembered(settings):
    settings.PUBLIC_PAGES_KEPT = 0
    cache.clear()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once; the tests read."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


def make_world():
    """Ties of five decades, one of no year, one ended; exchanges and aid; much that is hidden."""
    durango = make.RegionFactory(code="MX-DUR", name="Durango")
    jalisco = make.RegionFactory(code="MX-JAL", name="Jalisco")
    texas = make.RegionFactory(code="US-TX", name="Texas", country="US")
    one, two = make.CityFactory(region=durango), make.CityFactory(region=jalisco)
    three, four = (make.CityFactory(american=True, region=texas) for _ in range(2))
    japan = make.CityFactory(name="Kioto", country="JP")
    ties = [
        make.TieFactory(city_a=a, city_b=b)
        for a, b in ((one, three), (two, three), (one, four), (two, four), (one, japan), (one, two))
    ]
    for tie, year in zip(ties, (1832, 1969, 1985, 1992, 1992, None), strict=True):
        make.TieEventFactory(tie=tie, date=PartialDate(year, 5) if year else None)
    make.TieEventFactory(tie=ties[1], kind="ended", date=PartialDate(2004))
    ties[4].kind = "friendship_city"
    ties[4].save()
    make.ConfirmationFactory(tie=ties[0])
    make.ConfirmationFactory(tie=ties[0], side="b")
    make.ConfirmationFactory(tie=ties[2], answered_on=timezone.localdate() - 800 * DAY)
    trips = {"travellers": 1200, "hosts": 34}
    make.ExchangeFactory(tie=ties[0], begins=PartialDate(2019, 6), **trips)
    make.ExchangeFactory(tie=ties[2], begins=PartialDate(2019, 7), theme="sports", hosts=6)
    make.ExchangeFactory(tie=ties[2], begins=PartialDate(2019, 8), theme="sports")
    make.ExchangeFactory(tie=ties[3], begins=PartialDate(2022), theme="sports")
    make.DonationFactory(tie=ties[0], date=PartialDate(2019), amount=Decimal("1200.50"))
    make.DonationFactory(tie=ties[0], date=PartialDate(2021), amount=300, given_by="b")
    make.DonationFactory(tie=ties[2], date=PartialDate(2019), amount=9000, currency="MXN")
    make.DonationFactory(tie=ties[2], date=PartialDate(2020), in_kind=True)
    hidden = make.TieFactory(city_a=two, city_b=japan, review="draft")
    make.TieEventFactory(tie=hidden, date=PartialDate(1960))
    make.ExchangeFactory(tie=hidden, begins=PartialDate(2019), travellers=77777)
    make.ExchangeFactory(
        tie=ties[0], review="submitted", begins=PartialDate(2018), travellers=77777
    )
    make.DonationFactory(tie=ties[0], review="rejected", amount=77777)
    make.DonationFactory(tie=hidden, amount=77777)
    derive()
    return {"ties": ties, "one": one}


DAY = datetime.timedelta(days=1)


def read(client, path: str):
    response = client.get(path)
    assert response.status_code == 200
    return html5lib.HTMLParser(strict=True).parse(response.content.decode())


def sections(tree) -> dict:
    """Each chart's part of the page by its key."""
    found = tree.iter(f"{NS}section")
    return {one.get("aria-labelledby"): one for one in found if "statistic" in one.get("class", "")}


def text(element) -> str:
    return " ".join("".join(element.itertext()).split())


def table(section) -> dict[str, str]:
    """Names and numbers of a chart's table, as written; "–" for none."""
    rows = [row for row in section.iter(f"{NS}tr") if row.find(f"{NS}td") is not None]
    return {text(row.find(f"{NS}th")): text(row.findall(f"{NS}td")[-1]) for row in rows}


def plain(words: str) -> Decimal:
    return Decimal(re.sub(r"[^0-9.]", "", words))


def file(client, path: str) -> list[dict]:
    response = client.get(path)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "licenses/by/4.0" in response.headers["Link"]
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def drawn(section) -> list[Decimal]:
    """The numbers that columns or the corners of a line stand for, measured off the drawing."""
    [picture] = [one for one in section.iter(f"{SVG}svg") if one.get("role") == "img"]
    scale = max(
        plain(text(one)) for one in picture.iter(f"{SVG}text") if one.get("class") == "scale"
    )
    if lines := [one for one in picture.iter(f"{SVG}path")]:
        corners = re.findall(r"[ML]\S+ (\S+?)(?=L|$)", lines[0].get("d"))
        return [scale * (1000 - Decimal(y)) / 1000 for y in corners]
    heights = [Decimal(one.get("height")[:-2]) for one in picture.iter(f"{SVG}rect")]
    return [scale * height / HEIGHT for height in heights]


@pytest.mark.parametrize("path", ["/en/statistics/", "/es/cifras/", "/en/statistics/?country=MX"])
def test_drawing_table_and_file_have_equal_numbers(world, client, path):
    found = sections(read(client, path))
    assert tuple(found) == CHARTS
    base, _mark, query = path.partition("?")
    compared = 0
    for key, section in found.items():
        rows = file(client, f"{base.rstrip('/')}.csv?chart={key}&{query}")
        in_file = {row[list(row)[-2]]: Decimal(list(row.values())[-1]) for row in rows}
        if key in ("decade",):
            in_file = dict(zip(table(section), (n for n in in_file.values() if n), strict=True))
        in_table = {name: plain(words) for name, words in table(section).items()}
        if key in ("exchanges", "participants", "aid-mxn", "aid-usd"):
            in_file = {name: n for name, n in in_file.items() if n}
        assert (key, in_table) == (key, in_file)
        bars = [one for one in section.iter(f"{SVG}rect")]
        if any(one.get("role") == "img" for one in section.iter(f"{SVG}svg")):
            numbers = list(in_table.values())
            if key == "decade":
                numbers = numbers[:-1]
            largest = max(numbers)
            for seen, told in zip(drawn(section), numbers, strict=True):
                assert abs(seen - told) <= largest * Decimal("0.002"), key
        else:
            lengths = [Decimal(one.get("width")[:-1]) for one in bars]
            whole = (
                sum(in_table.values()) if key in ("confirmed", "voice") else max(in_table.values())
            )
            for length, told in zip(lengths, in_table.values(), strict=True):
                assert abs(length - 100 * told / whole) <= Decimal("0.01"), key
        compared += len(in_table)
    assert compared > 40


def test_the_file_of_all_charts_has_the_rows_of_each(world, client):
    for query in ("", "country=MX"):
        whole = file(client, f"/en/statistics.csv?{query}")
        assert list(whole[0]) == ["chart", "code", "name", "value"]
        for key in CHARTS:
            rows = [list(row.values()) for row in whole if row["chart"] == key]
            alone = file(client, f"/en/statistics.csv?chart={key}&{query}")
            told = [[*row.values()] for row in alone]
            assert [(row[1], row[-1]) for row in rows] == [(row[0], row[-1]) for row in told]


def test_the_public_figures_and_the_offices_agree(world):
    """The office counts by years; whatever both count is the same, also within a country."""
    for asked, scope in (
        (Asked({}), Scope()),
        (Asked({"country": "US"}), Scope(country="US")),
        (Asked({"state": "MX-DUR"}), Scope(state="MX-DUR")),
    ):
        office = Table(1800, THIS_YEAR, scope)
        page = Statistics(asked, timezone.localdate(), whole=True)

        def public(key, page=page):
            return {row.code: row.value for row in page.chart(key).rows}

        def by_year(measure, office=office):
            lines = [line for line in office.lines.values() if line.year]
            return {str(line.year): n for line in lines if (n := office.number(line, measure))}

        decades = public("decade")
        known = {code: n for code, n in decades.items() if code.isdigit() and n}
        new = by_year("new")
        for decade, n in known.items():
            assert n == sum(m for year, m in new.items() if year[:3] == decade[:3])
        older = sum(n for code, n in decades.items() if code.startswith("before"))
        assert older + sum(known.values()) == sum(new.values())
        recent = {year: n for year, n in public("in-force").items() if n}
        assert recent == {y: n for y, n in by_year("in_force").items() if y in recent}
        for measure in ("exchanges", "participants"):
            assert {y: n for y, n in public(measure).items() if n} == by_year(measure)
        total = office.total
        assert sum(public("theme").values()) == total.numbers["exchanges"]
        assert sum(public("theme-participants").values()) == total.numbers["participants"]
        for chart in page.charts:
            if chart.key.startswith("aid-"):
                currency = chart.key[4:].upper()
                aid = [one for (_k, code), one in total.aid.items() if code == currency]
                assert sum(row.value for row in chart.rows) == sum(one["value"] for one in aid)
        if not scope:
            states = Table(1800, THIS_YEAR, by="state")
            new = {}
            for line in states.lines.values():
                if line.group:
                    new[line.group] = new.get(line.group, 0) + line.numbers["new"]
            undated = {"MX-DUR", "MX-JAL"}
            assert {c: n - (c in undated) for c, n in public("state").items()} == new


@pytest.mark.parametrize("query", ["", "?country=MX", "?state=MX-DUR"])
def test_a_number_leads_to_just_its_rows(world, client, query):
    led = 0
    for key, section in sections(read(client, f"/en/statistics/{query}")).items():
        for link in section.iter(f"{NS}a"):
            address, words = link.get("href"), text(link)
            if words.replace(",", "").isdigit():
                count = client.get(address).context["count"]
                people = key in ("participants", "theme-participants")
                assert count > 0 if people else count == plain(words), address
                led += 1
    assert led >= 10


def test_nothing_hidden_is_counted(world, client):
    for path in ("/en/statistics/", "/en/statistics.csv", "/es/cifras/?country=JP"):
        body = client.get(path).content.decode()
        assert "77777" not in body
        assert "77,777" not in body
    decades = file(client, "/en/statistics.csv?chart=decade")
    assert [row["ties"] for row in decades if row["decade"] == "1960"] == ["1"]


def test_a_file_names_its_terms_and_the_page_that_shows_the_same(world, client):
    for query, page in (("", ""), ("?country=JP&chart=decade&x=%0d%0a", "?country=JP")):
        said = client.get(f"/es/cifras.csv{query}").headers
        assert f'/es/cifras/{page}>; rel="canonical"' in said["Link"]
        assert (said["X-Robots-Tag"], said["Access-Control-Allow-Origin"]) == ("noindex", "*")
        assert re.search(
            r'filename="(statistics|decade)-20..-..-..\.csv"', said["Content-Disposition"]
        )


def test_a_title_says_what_its_chart_shows(world, client):
    def titles(path):
        return {key: text(one.find(f"{NS}h2")) for key, one in sections(read(client, path)).items()}

    english = titles("/en/statistics/")
    assert english["decade"] == "60% of the ties whose year is known began between 1980 and 1999"
    assert english["in-force"] == "4 ties of known years are in force, as many as ten years ago"
    assert english["state"] == "Durango and Texas lead with 4 ties each"
    assert english["country"] == "Mexico has a city".replace(
        "Mexico has a city", english["country"]
    )
    assert english["country"] == "All 6 ties have a city in Mexico"
    assert english["kind"] == "83% of the ties are of the kind “Sister cities”"
    assert english["exchanges"] == "2019 had the most exchanges: 3 of 4"
    assert english["participants"] == "1,240 people took part, all in 2019"
    assert english["theme"] == "Sports leads: 3 of 4 exchanges"
    assert english["aid-usd"] == (
        "2 donations since 2019: 1,500.50\xa0USD, the most in 2019: 1,200.50\xa0USD".replace(
            "\xa0", " "
        )
    )
    assert english["confirmed"] == "1 of 5 ties in force has been confirmed within 24 months"
    spanish = titles("/es/cifras/")
    assert spanish["decade"] == (
        "El 60 % de los hermanamientos de año conocido nació entre 1980 y 1999"
    )
    assert spanish["in-force"] == (
        "4 hermanamientos de año conocido están vigentes, tantos como hace diez años"
    )
    assert spanish["aid-mxn"] == "1 donativo en 2019: 9,000 MXN"
    assert titles("/en/statistics/?country=MX")["country"] == (
        "Most sister cities lie in United States: 4 of 6 ties"
    )
    assert titles("/en/statistics/?state=MX-DUR")["decade"] == (
        "67% of the ties whose year is known began between 1980 and 1999"
    )


def test_currencies_have_a_chart_each_and_what_has_no_value_is_told(world, client):
    found = sections(read(client, "/en/statistics/"))
    assert table(found["aid-usd"]) == {"2019": "1,200.50", "2021": "300"}
    assert table(found["aid-mxn"]) == {"2019": "9,000"}
    assert "are not drawn: 1." in text(found["aid-usd"])


def test_decades_long_ago_stand_together(world, client):
    rows = table(sections(read(client, "/en/statistics/"))["decade"])
    first = THIS_YEAR // 10 * 10 - 10 * (MOST_DECADES - 1)
    assert next(iter(rows)) == f"Before {first}"
    assert rows[f"Before {first}"] == rows["Year not known"] == "1"


def test_what_is_remembered_goes_when_something_is_published(world, client):
    before = client.get("/en/statistics/").content
    make.ExchangeFactory(tie=world["ties"][0], begins=PartialDate(2020), travellers=50)
    after = client.get("/en/statistics/").content
    assert (b"1,240 people" in before, b"1,290 people" in after) == (True, True)


def test_the_states_with_ties_lead_to_their_year(world, client):
    tree = read(client, "/es/estados/")
    links = {text(a): a.get("href") for a in tree.iter(f"{NS}a")}
    assert links["Durango"] == "/es/estados/MX-DUR/"
    assert links["Cifras"] == "/es/cifras/"
    only = {text(a) for a in read(client, "/en/states/?country=US").iter(f"{NS}a")}
    assert {"Texas", "Durango"} & only == {"Texas"}


def test_where_there_are_very_many_states_their_countries_lead_to_them(world, client, monkeypatch):
    monkeypatch.setattr("relationships.statistics.states.MOST", 2)
    links = {text(a): a.get("href") for a in read(client, "/en/states/").iter(f"{NS}a")}
    assert links["Mexico"] == "/en/states/?country=MX"
    assert "Durango" not in links
