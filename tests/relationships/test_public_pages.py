"""What the pages of one city, tie, committee or exchange say."""

import datetime
import re

import html5lib
import pytest
from django.utils.translation import override

from relationships.models import Confirmation, Donation, Evidence, Exchange, Tie, TieEvent
from sistercities.models import RegistryVersion
from sistercities.partialdates import PartialDate
from tests import factories as make
from tests.relationships.sisters import TODAY, enrich, known, make_sisters, page, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    """Sentences are made when they are read, after the response as well."""
    with override("en"):
        yield


@pytest.fixture
def sisters():
    return make_sisters()


def test_a_city_says_how_many_sisters_it_has_and_since_when(client, sisters):
    gomez = sisters.city_a
    assert page(client, gomez).context["page"].sentence == (
        "Gómez Palacio has 1 sister city, since 1969."
    )
    later = make.TieFactory(city_a=gomez)
    make.TieEventFactory(tie=later, date=PartialDate(1990))
    known(later)
    friend = make.TieFactory(city_a=gomez, kind=Tie.Kind.FRIENDSHIP_CITY)
    make.TieEventFactory(tie=friend, date=PartialDate(1950))
    known(friend)
    ended = make.TieFactory(city_a=gomez)
    make.TieEventFactory(tie=ended, date=PartialDate(1940))
    make.TieEventFactory(tie=ended, kind=TieEvent.Kind.ENDED, date=PartialDate(1960))
    known(ended)
    known(make.TieFactory(city_a=gomez))
    told = page(client, gomez).context["page"]
    assert told.sentence == "Gómez Palacio has 2 sister cities, the first since 1969."
    assert told.side_note == "Also: 1 tie of another kind, 1 proposed, 1 ended."


def test_the_rows_of_a_city_are_seen_from_it(client, sisters):
    make.ExchangeFactory(tie=sisters, begins=PartialDate(2019, 6))
    make.ExchangeFactory(tie=sisters, begins=PartialDate(TODAY.year + 1))
    for city, partner in ((sisters.city_a, sisters.city_b), (sisters.city_b, sisters.city_a)):
        rows = page(client, city).context["page"].ties
        assert [(r.own.pk, r.partner.pk, str(r.since), str(r.last_exchange)) for r in rows] == [
            (city.pk, partner.pk, "1969", "2019-06")
        ]


def test_donations_are_totalled_per_direction_and_currency(client, sisters):
    for amount, currency, giver in ((100, "USD", "a"), (50, "USD", "a"), (900, "MXN", "a")):
        make.DonationFactory(tie=sisters, amount=amount, currency=currency, given_by=giver)
    make.DonationFactory(tie=sisters, amount=7, given_by="b")
    make.DonationFactory(
        tie=sisters, in_kind=True, amount=3000, currency="USD", given_by="b", quantity="1"
    )
    make.DonationFactory(tie=sisters, amount=10**6, review=Donation.Review.SUBMITTED)
    a, b = "Gómez Palacio", "South El Monte"
    given = "3 donations: 900 MXN and 150 USD in money"
    back = "2 donations: 7 USD in money; things and services worth 3,000 USD"
    nbsp = "\N{NO-BREAK SPACE}"
    giving = page(client, sisters).context["page"].giving
    assert [(way, total.replace(nbsp, " ")) for way, total in giving] == [
        (f"From {a} to {b}", given),
        (f"From {b} to {a}", back),
    ]
    for thing in (sisters.city_a, sisters.city_a.committees.get()):
        donations = page(client, thing).context["page"].donations
        assert donations.given.in_words.replace(nbsp, " ") == given
        assert donations.received.in_words.replace(nbsp, " ") == back
        assert (len(donations.gifts), donations.older) == (5, 0)


def test_evidence_is_on_record_or_said_not_to_be(client, sisters):
    checks = {c.question: c.answer for c in page(client, sisters).context["page"].checks}
    assert checks == {
        "Signed agreement": "1969, by the word of its source",
        "Approved by the council": "",
        "Registered at the ministry": "",
        "Confirmed by both sides": "",
    }
    make.EvidenceFactory(
        tie=sisters, kind=Evidence.Kind.COUNCIL_ACT, date=PartialDate(1969, 3, 2), title="Act 12"
    )
    for side in ("a", "b"):
        make.ConfirmationFactory(tie=sisters, side=side, answered_on=datetime.date(2026, 3, 5))
    checks = {c.question: c.answer for c in page(client, sisters).context["page"].checks}
    assert checks["Approved by the council"] == "March 2, 1969, document on record"
    assert (
        checks["Confirmed by both sides"] == "Gómez Palacio, March 2026; South El Monte, March 2026"
    )


def test_sources_that_disagree_are_said_to(client, sisters):
    make.StatementFactory(tie=sisters, date_text="1969")
    make.StatementFactory(tie=sisters, date_text="14 May 1969")
    assert page(client, sisters).context["page"].disagreeing_years == []
    make.StatementFactory(tie=sisters, date_text="since 1971")
    RegistryVersion.move_on()
    text = text_of(page(client, sisters))
    assert "The sources give different years: 1969, 1971." in text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://[", "ftp://example.org/x"])
def test_only_web_addresses_become_links(client, sisters, address):
    make.StatementFactory(tie=sisters, source_ref=address)
    Evidence.objects.bulk_create(
        [Evidence(tie=sisters, kind=Evidence.Kind.PRESS, title="A page", url=address)]
    )
    html = page(client, sisters).content.decode()
    assert re.findall(r'href="(?:javascript|ftp|http://\[)[^"]*"', html) == []


def test_the_story_of_a_tie_has_its_gaps(client, sisters):
    make.TieEventFactory(
        tie=sisters, kind=TieEvent.Kind.CONTACT, date=None, date_text="July 39, 1958"
    )
    make.ExchangeFactory(tie=sisters, begins=PartialDate(1980), title_en="", title_es="Visita")
    told = [
        (entry.year, entry.title, entry.lang, entry.is_gap)
        for entry in page(client, sisters).context["page"].story
    ]
    assert told == [
        ("", "First contact", "", False),
        ("1969", "Agreement signed", "", False),
        ("", "11 years without news on record", "", True),
        ("1980", "Visita", "es", False),
    ]


def test_a_text_in_one_language_only_is_labelled_in_the_other(client, sisters):
    spanish, english = (
        page(client, sisters.city_a, code).content.decode() for code in ("es", "en")
    )
    assert 'lang="es"><p>Ciudad de La Laguna.</p>' in english
    assert "This text is only in Spanish." in english
    assert '<div class="prose"><p>Ciudad de La Laguna.</p>' in spanish


def test_a_committee_of_a_single_tie_shows_that_tie_only(client, sisters):
    known(make.TieFactory(city_a=sisters.city_a))
    committee = make.CommitteeFactory(name="Only one", cities=[sisters.city_a])
    assert len(page(client, committee).context["page"].ties) == 2
    make.TieCommitteeFactory(committee=committee, tie=sisters)
    rows = page(client, committee).context["page"].ties
    assert [row.pk for row in rows] == [sisters.pk]
    other = Tie.objects.exclude(pk=sisters.pk).get()
    names = {
        tie.pk: [
            c.name for side in page(client, tie).context["page"].sides for c in side.committees
        ]
        for tie in (sisters, other)
    }
    assert names[sisters.pk] == [
        "Comité de Gómez Palacio",
        "Only one",
        "South El Monte Association",
    ]
    assert "Only one" not in names[other.pk]


def test_an_association_lists_its_members_by_level(client):
    nation = make.CommitteeFactory(name="Nation", level="national")
    state = make.CommitteeFactory(name="State", level="state", parent=nation)
    make.CommitteeFactory(name="Beta", parent=nation)
    make.CommitteeFactory(name="Alfa", parent=nation)
    make.CommitteeFactory(name="Draft", parent=nation, review="draft")
    levels = page(client, nation).context["page"].levels
    assert [(level.label, [m.name for m in level.members]) for level in levels] == [
        ("State associations", ["State"]),
        ("Local committees", ["Alfa", "Beta"]),
    ]
    html = page(client, state).content.decode()
    assert f'<dd><a href="{nation.get_absolute_url()}">Nation</a></dd>' in html


def test_an_exchange_leads_to_the_one_before_and_after(client, sisters):
    first, second, third = (
        make.ExchangeFactory(tie=sisters, begins=PartialDate(year), title_en=f"Visit {year}")
        for year in (1980, 1990, 2000)
    )
    make.ExchangeFactory(tie=sisters, begins=PartialDate(1995), review=Exchange.Review.DRAFT)
    links = {
        one.begins.year: [link and str(link[0]) for link in (told.earlier, told.later)]
        for one in (first, second, third)
        for told in [page(client, one).context["page"]]
    }
    assert links == {
        1980: [None, "Visit 1990"],
        1990: ["Visit 1980", "Visit 2000"],
        2000: ["Visit 1990", None],
    }


def test_whoever_misses_something_is_told_whom_to_write_to(client, sisters):
    visit = make.ExchangeFactory(tie=sisters)
    assert "Tell the nearest committee." in text_of(page(client, visit))
    make.CommitteeFactory(name="World", level="international", country="", public_email="w@x.org")
    assert "Write to World: w@x.org" in text_of(page(client, visit))
    make.CommitteeFactory(name="Nation", level="national", country="MX", public_email="n@x.org")
    assert "Write to Nation: n@x.org" in text_of(page(client, visit))


@pytest.mark.parametrize("name", ["tie", "city"])
def test_the_pages_of_ties_and_cities_lead_to_a_form_for_it(client, sisters, name):
    response = page(client, sisters if name == "tie" else sisters.city_a)
    path = response.request["PATH_INFO"]
    form = re.search(r'href="([^"]+)">Is something missing or wrong\?', response.content.decode())
    assert form[1].startswith(path)
    assert client.get(form[1]).status_code == 200


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_page_is_valid_html(client, sisters, language):
    enrich(sisters)
    make.CityNameFactory(city=sisters.city_a, name="Torreón & <Lerdo>", language="es")
    committee = sisters.city_a.committees.first()
    make.OfficeTermFactory(committee=committee)
    make.ActivityFactory(programme=make.ProgrammeFactory(committee=committee, summary_es="Todo."))
    make.ConfirmationFactory(tie=sisters, side="b", answer=Confirmation.Answer.UNKNOWN_TO_US)
    lone = make.CityFactory()
    body = make.CommitteeFactory(level="international", country="", about_en="All of them.")
    bare = known(make.TieFactory())
    for thing in (
        *(sisters, bare, sisters.city_a, sisters.city_b, lone),
        *(committee, body, sisters.exchanges.first()),
    ):
        html5lib.HTMLParser(strict=True).parse(page(client, thing, language).content.decode())
