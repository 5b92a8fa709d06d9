"""Calendars that other programs subscribe to."""

import datetime

import icalendar
import pytest
from dateutil.rrule import rrulestr
from django.test import Client
from django.utils import timezone

from relationships.models import Exchange, TieEvent
from sistercities.models import RegistryVersion
from sistercities.partialdates import PartialDate
from tests import factories as make
from tests import page_factories as page
from tests.relationships.open.world import AWKWARD, HIDDEN, grow, tell
from tests.relationships.sisters import known

pytestmark = pytest.mark.django_db
CALENDARS = {
    "es": (
        "/es/aniversarios.ics",
        "/es/intercambios.ics",
        "/es/hermanamientos/gomez-palacio-y-south-el-monte.ics",
        "/es/ciudades/gomez-palacio-mx.ics",
        "/es/comites/gomez.ics",
    ),
    "en": (
        "/en/anniversaries.ics",
        "/en/exchanges.ics",
        "/en/ties/gomez-palacio-and-south-el-monte.ics",
        "/en/cities/gomez-palacio-mx.ics",
        "/en/committees/gomez.ics",
    ),
}
EVERY = [path for paths in CALENDARS.values() for path in paths]


def body(path: str) -> bytes:
    response = Client().get(path)
    assert (path, response.status_code) == (path, 200)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return b"".join(response.streaming_content) if response.streaming else response.content


def read(path: str) -> icalendar.Calendar:
    """A calendar as an independent program reads it."""
    return icalendar.Calendar.from_ical(body(path))


def events(path: str) -> dict[str, icalendar.Event]:
    """By the part of the id before its number: "tie", "exchange", "meeting"."""
    return {str(one["UID"]).partition("-")[0]: one for one in read(path).walk("VEVENT")}


@pytest.mark.parametrize("path", EVERY)
def test_a_calendar_has_all_that_its_readers_ask_for(world, path):
    calendar = read(path)
    assert calendar["VERSION"] == "2.0"
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] != ""
    assert calendar["REFRESH-INTERVAL"].dt == datetime.timedelta(days=1)
    found = calendar.walk("VEVENT")
    assert found
    assert len({one["UID"] for one in found}) == len(found)
    for one in found:
        assert one.errors == []
        assert one["DTSTAMP"].dt.utcoffset() == datetime.timedelta()
        assert one["DTSTAMP"].dt == one["LAST-MODIFIED"].dt
        address = str(one["URL"]).removeprefix("http://testserver")
        assert address.startswith(path[:4])
        assert Client().get(address).status_code == 200


@pytest.mark.parametrize("path", EVERY)
def test_no_line_is_longer_than_75_octets_and_every_one_ends_as_it_must(world, path):
    lines = body(path).split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    for line in lines:
        line.decode()  # no letter is cut in two


@pytest.mark.parametrize("path", EVERY)
def test_nothing_hidden_is_in_a_calendar(world, path):
    unfolded = body(path).replace(b"\r\n ", b"").decode().lower()
    assert HIDDEN.lower() not in unfolded


def test_each_calendar_has_the_days_of_its_page(world):
    anniversaries, exchanges, tie, city, committee = CALENDARS["en"]
    assert set(events(anniversaries)) == {"tie"}
    assert set(events(exchanges)) == {"exchange"}
    assert set(events(tie)) == set(events(city)) == {"tie", "exchange"}
    assert set(events(committee)) == {"tie", "exchange", "meeting"}


def test_an_anniversary_comes_every_year_and_that_of_29_february_on_the_months_last_day(world):
    event = events("/en/anniversaries.ics")["tie"]
    assert event["DTSTART"].dt == datetime.date(1970, 2, 28)
    assert str(event["SUMMARY"]) == "Anniversary: Gómez Palacio – South El Monte (1960)"
    assert str(event["DESCRIPTION"]) == "Sister cities since February 29, 1960"
    begins = datetime.datetime(1970, 2, 28)
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=begins)
    found = rule.between(datetime.datetime(2026, 1, 1), datetime.datetime(2029, 1, 1))
    assert [f"{day:%Y-%m-%d}" for day in found] == ["2026-02-28", "2027-02-28", "2028-02-29"]


def test_other_anniversaries_keep_their_day_and_begin_a_year_after_the_tie_did(world):
    for year, first in ((2001, 2002), (836, 1970), (1969, 1970)):
        tie = make.TieFactory(city_a=world.city_a)
        make.TieEventFactory(tie=tie, date=PartialDate(year, 5, 14))
        tie = known(tie)
        [event] = read(f"/en/ties/{tie.slug_in('en')}.ics").walk("VEVENT")
        assert event["DTSTART"].dt == datetime.date(first, 5, 14)
        assert event["RRULE"].to_ical() == b"FREQ=YEARLY"


@pytest.mark.parametrize(
    "date", [PartialDate(1969), PartialDate(1969, 5), PartialDate(1969, 5, 14, True)]
)
def test_a_day_that_is_not_known_is_in_no_calendar(world, date):
    tie = make.TieFactory(city_a=world.city_a)
    make.TieEventFactory(tie=tie, date=date)
    make.ExchangeFactory(tie=tie, begins=date)
    assert read(f"/en/ties/{known(tie).slug_in('en')}.ics").walk("VEVENT") == []


def test_a_tie_that_has_ended_has_no_anniversary_but_keeps_its_exchanges(world):
    make.TieEventFactory(tie=world, kind=TieEvent.Kind.ENDED, date=PartialDate(2024))
    known(world)
    for path in CALENDARS["en"][2:4]:
        assert set(events(path)) == {"exchange"}
    assert events("/en/anniversaries.ics") == {}


def test_an_exchange_lasts_until_its_last_day_and_texts_arrive_as_they_were_written(world):
    event = events("/en/exchanges.ics")["exchange"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (
        datetime.date(2026, 7, 4),
        datetime.date(2026, 7, 19),
    )
    assert str(event["LOCATION"]) == "Plaza; Centro, 1"
    assert rb"LOCATION:Plaza\; Centro\, 1" in body("/en/exchanges.ics")
    assert str(event["SUMMARY"]) == f"Visita {AWKWARD}".replace("\x0b", "")
    assert event["SUMMARY"].params["LANGUAGE"] == "es"
    assert "Youth and education" in event["DESCRIPTION"]
    spanish = events("/es/intercambios.ics")["exchange"]
    assert "LANGUAGE" not in spanish["SUMMARY"].params
    assert "Juventud y educación\n\nFuimos." in spanish["DESCRIPTION"]
    assert spanish["UID"] == event["UID"]


def test_a_long_calendar_keeps_its_language_while_it_is_sent(world):
    spanish, english = (Client().get(CALENDARS[one][1]) for one in ("es", "en"))
    for answer, words in ((spanish, "Juventud y educación"), (english, "Youth and education")):
        assert answer.streaming
        sent = b"".join(answer.streaming_content).replace(b"\r\n ", b"").decode()
        assert words in sent


def test_the_end_of_an_exchange_is_told_only_where_its_day_is_known(world):
    Exchange.objects.filter(tie=world).update(ends=PartialDate(2026, 8))
    RegistryVersion.move_on()
    assert "DTEND" not in events("/en/exchanges.ics")["exchange"]


def test_one_exchange_is_had_by_itself_and_its_page_offers_it_while_it_is_not_over(world):
    held, today = Exchange.objects.public().get(tie=world), timezone.localdate()
    page, offered = f"/es/intercambios/{held.slug}/", "Añadir a su calendario"
    (event,) = read(page.rstrip("/") + ".ics").walk("VEVENT")
    assert event["UID"] == events("/es/intercambios.ics")["exchange"]["UID"]
    day = datetime.timedelta(days=1)
    for first, last, is_offered in (
        (today - 2 * day, today - day, False),
        (today - 2 * day, today, True),
        (today + day, None, True),
    ):
        ends = last and PartialDate.of(last)
        Exchange.objects.filter(pk=held.pk).update(begins=PartialDate.of(first), ends=ends)
        RegistryVersion.move_on()
        assert (offered in Client().get(page).content.decode()) == is_offered
    Exchange.objects.filter(pk=held.pk).update(begins=PartialDate(today.year + 1, 5))
    RegistryVersion.move_on()
    assert offered not in Client().get(page).content.decode()
    assert read(page.rstrip("/") + ".ics").walk("VEVENT") == []


def test_the_calendar_of_an_exchange_is_as_public_as_its_page(world):
    held = Exchange.objects.public().get(tie=world)
    old, held.slug = held.slug, "2026-visita"
    held.save()
    answer = Client().get(f"/en/exchanges/{old}.ics")
    assert (answer.status_code, answer["Location"]) == (301, "/en/exchanges/2026-visita.ics")
    for slug in ("nobody", *Exchange.objects.exclude(pk=held.pk).values_list("slug", flat=True)):
        assert Client().get(f"/en/exchanges/{slug}.ics").status_code == 404


def test_a_meeting_is_at_the_hour_of_its_place_and_one_called_off_says_so(world):
    event = events("/en/committees/gomez.ics")["meeting"]
    begins = event["DTSTART"].dt
    assert (begins.hour, begins.minute, begins.tzinfo) == (18, 30, None)
    assert event["STATUS"] == "CONFIRMED"
    assert str(event["LOCATION"]) == "Centro Cívico"
    committee = world.city_a.committees.get(slug="gomez")
    committee.meeting_days.update(is_called_off=True, time=None)
    RegistryVersion.move_on()
    event = events("/en/committees/gomez.ics")["meeting"]
    assert event["STATUS"] == "CANCELLED"
    assert event["DTSTART"].dt == timezone.localdate() + datetime.timedelta(days=7)


def test_past_meetings_are_left_out(world):
    committee = world.city_a.committees.get(slug="gomez")
    committee.meeting_days.update(date=timezone.localdate() - datetime.timedelta(days=1))
    RegistryVersion.move_on()
    assert "meeting" not in events("/en/committees/gomez.ics")


def test_the_filters_of_a_list_hold_in_its_calendar(world):
    assert "tie" in events("/en/anniversaries.ics?country=US")
    assert "tie" in events("/en/anniversaries.ics?month=2")
    assert (
        events("/en/anniversaries.ics?country=JP") == events("/en/anniversaries.ics?month=3") == {}
    )
    assert "exchange" in events("/en/exchanges.ics?year=2026")
    assert events("/en/exchanges.ics?year=2025") == {}
    assert read("/en/anniversaries.ics?country=US")["NAME"].startswith(
        "Anniversaries: United States"
    )


def test_a_convention_has_its_days_and_place_and_nothing_of_who_comes(world):
    convention = page.ConventionFactory(
        name_es="Convención",
        name_en="Convention",
        slug="reunion",
        begins=PartialDate(2027, 5, 14),
        ends=PartialDate(2027, 5, 16),
        place="Teatro Isauro Martínez",
        city=world.city_a,
    )
    page.RegistrationFactory(convention=convention, name=f"{HIDDEN} guest")
    [event] = read("/en/conventions/reunion.ics").walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (
        datetime.date(2027, 5, 14),
        datetime.date(2027, 5, 17),
    )
    assert str(event["LOCATION"]).startswith("Teatro Isauro Martínez, Gómez Palacio")
    assert HIDDEN not in body("/en/conventions/reunion.ics").decode()
    convention.is_cancelled, convention.registration_until = True, None
    convention.save()
    assert next(iter(read("/es/convenciones/reunion.ics").walk("VEVENT")))["STATUS"] == "CANCELLED"
    convention.begins, convention.ends = PartialDate(2027, 5), None
    convention.save()
    assert read("/es/convenciones/reunion.ics").walk("VEVENT") == []
    assert Client().get("/es/convenciones/unseen.ics").status_code == 404


def test_a_slug_of_the_other_language_leads_to_the_calendar_of_this_one(world):
    response = Client().get("/en/ties/gomez-palacio-y-south-el-monte.ics")
    assert (response.status_code, response["Location"]) == (301, CALENDARS["en"][2])
    for path in (
        "/en/ties/nobody-and-nowhere.ics",
        "/es/ciudades/nobody.ics",
        "/es/comites/unseen.ics",
    ):
        assert Client().get(path).status_code == 404


@pytest.mark.parametrize("path", CALENDARS["es"])
def test_three_rows_cost_a_calendar_no_more_questions_than_one(
    world, path, django_assert_max_num_queries
):
    asked = []
    for _ in range(2):
        with django_assert_max_num_queries(8) as queries:
            body(path)
        asked.append(len(queries))
        for _again in range(2):
            tie = make.TieFactory(city_a=world.city_a)
            make.TieEventFactory(tie=tie, date=PartialDate(1980, 1, 2))
            grow(known(tie))
            tell(world.city_a.committees.get(slug="gomez"))
        RegistryVersion.move_on()
    assert asked[0] == asked[1]


def test_a_page_with_days_offers_its_calendar(world):
    for path, calendar in zip(
        ("/es/aniversarios/", "/es/intercambios/?year=2026", "/es/ciudades/gomez-palacio-mx/"),
        (
            "/es/aniversarios.ics",
            "/es/intercambios.ics?year=2026",
            "/es/ciudades/gomez-palacio-mx.ics",
        ),
        strict=True,
    ):
        html = Client().get(path).content.decode()
        assert f'<a href="webcal://testserver{calendar}">Añadir a su calendario</a>' in html
        assert f'<link rel="alternate" type="text/calendar" href="{calendar}"' in html
