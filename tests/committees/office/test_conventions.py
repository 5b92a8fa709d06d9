"""Conventions: their dates and states, their public pages, who may register whom at the desk."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from committees.conventions import checking_in
from committees.conventions.todo import letters_that_end_before, people_to_register
from committees.models import Convention, Delegation, ProgrammeItem, Registration
from committees.todo import todos
from sistercities.partialdates import PartialDate
from tests.committees.desk.people import Desk, errors_of
from tests.committees.office.conventions import DAY, member, opening_today
from tests.duesfactories import AffiliationFactory
from tests.factories import CityFactory, MembershipFactory, PersonFactory, UserFactory
from tests.page_factories import ConventionFactory, ProgrammeItemFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
State = Convention.State


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def today() -> datetime.date:
    return timezone.localdate()


# Dates and states


@pytest.mark.parametrize(
    ("begins", "ends", "last", "said"),
    [
        ("1964", None, "1964-12-31", "1964"),
        ("1964~", None, "1964-12-31", "about 1964"),
        ("1974-08", None, "1974-08-31", "August 1974"),
        ("1974-08-02", "1974-08-04", "1974-08-04", "August 2–4, 1974"),
    ],
)
def test_a_vague_past_convention_keeps_what_is_known_of_its_days(begins, ends, last, said):
    days = [PartialDate.parse(text) if text else None for text in (begins, ends)]
    found = ConventionFactory(begins=days[0], ends=days[1], registration_until=None)
    found.refresh_from_db()
    assert (found.last_day.isoformat(), found.when) == (last, said)
    assert (found.state_on(today()), list(Convention.objects.past())) == (State.HELD, [found])
    assert list(Convention.objects.upcoming()) == []


def test_a_year_that_is_not_over_may_still_bring_its_convention():
    found = ConventionFactory(begins=PartialDate(today().year), registration_until=None)
    assert list(Convention.objects.upcoming()) == [found]
    assert found.state_on(today()) == State.ANNOUNCED


def test_the_state_follows_from_the_days():
    day = datetime.date(2026, 6, 20)
    found = Convention(
        begins=PartialDate.of(day),
        last_day=day,
        registration_opens=day - 20 * DAY,
        registration_until=day - 5 * DAY,
        is_public=True,
    )
    states = {n: found.state_on(day + n * DAY) for n in (-21, -20, -5, -4, 0, 1)}
    assert states == {
        **{-21: State.ANNOUNCED, -20: State.OPEN, -5: State.OPEN},
        **{-4: State.CLOSED, 0: State.CLOSED, 1: State.HELD},
    }
    found.is_public = False
    assert found.state_on(day - 20 * DAY) == State.ANNOUNCED
    found.is_cancelled = True
    assert found.state_on(day + 1 * DAY) == State.CANCELLED


@pytest.mark.parametrize(
    "columns",
    [
        {"is_public": False},
        {"is_cancelled": True},
        {"registration_until": None},
        {"registration_until": datetime.date(2000, 1, 1)},
        {"registration_opens": datetime.date(2100, 1, 1), "registration_until": None},
    ],
)
def test_the_database_opens_what_the_state_calls_open_and_nothing_else(columns):
    is_open = ConventionFactory()
    other = ConventionFactory(**columns)
    assert list(Convention.objects.open()) == [is_open]
    assert (is_open.state_on(today()), other.state_on(today())) == (
        State.OPEN,
        other.state_on(today()),
    )
    assert other.state_on(today()) != State.OPEN


def test_nobody_registers_after_the_end_and_registration_does_not_close_before_it_opens():
    found = ConventionFactory.build(begins=PartialDate(2020, 5), registration_until=today())
    with pytest.raises(ValidationError, match="after the convention is over"):
        found.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        found.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConventionFactory(registration_opens=today() + 40 * DAY)


def test_the_programme_lies_within_the_days_of_the_convention():
    found = ConventionFactory(begins=PartialDate(2027, 6, 4), ends=PartialDate(2027, 6, 6))
    for day, is_right in ((3, False), (4, True), (6, True), (7, False)):
        item = ProgrammeItem(convention=found, day=datetime.date(2027, 6, day))
        if is_right:
            item.clean()
        else:
            with pytest.raises(ValidationError, match="not on this day"):
                item.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeItemFactory(convention=found, begins="10:00", ends="09:00")


# For everyone


def shown(url: str) -> str:
    answer = Client().get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_visitors_read_what_comes_with_its_programme_and_what_was_with_its_source():
    city = CityFactory(name="Mazatlán")
    ConventionFactory(
        name_en="Old one",
        begins=PartialDate(1974),
        registration_until=None,
        city=city,
        source="A chronicle",
    )
    coming = ConventionFactory(name_en="Next one", summary_en="We meet.")
    ProgrammeItemFactory(convention=coming, title_en="Opening", begins="09:00", ends="10:30")
    RegistrationFactory(convention=coming, name="Private Person")
    hidden = ConventionFactory(name_en="Hidden one", is_public=False)
    page = shown(reverse("public:conventions"))
    assert "Next one" in page and "Old one" in page and "Mazatlán" in page
    assert "Hidden one" not in page
    page = shown(coming.get_absolute_url())
    assert "Opening" in page and "09:00–10:30" in page and "Registration is open until" in page
    assert "Private Person" not in page
    page = shown(Convention.objects.get(name_en="Old one").get_absolute_url())
    assert "A chronicle" in page and "1974" in page and "How to register" not in page
    assert Client().get(hidden.get_absolute_url()).status_code == 404


def test_an_old_address_leads_to_the_new_one():
    found = ConventionFactory()
    old = found.get_absolute_url()
    found.slug = "a-better-slug"
    found.save()
    answer = Client().get(old)
    assert (answer.status_code, answer.url) == (301, found.get_absolute_url())


def asked(get) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert get().status_code == 200
    return len(queries)


def test_public_pages_ask_as_often_with_three_rows_as_with_one():
    first = ConventionFactory(city=CityFactory())

    def more() -> None:
        ConventionFactory(city=CityFactory())
        ConventionFactory(city=CityFactory(), begins=PartialDate(1999), registration_until=None)
        ProgrammeItemFactory(convention=first)

    more()
    urls = (reverse("public:conventions"), first.get_absolute_url())
    one = [asked(lambda url=url: Client().get(url)) for url in urls]
    more()
    more()
    assert [asked(lambda url=url: Client().get(url)) for url in urls] == one
    assert max(one) <= 5


# At the desk


@pytest.fixture
def convention():
    return ConventionFactory()


@pytest.fixture
def desk():
    return Desk("editor")


def send(desk: Desk, convention: Convention, **data):
    data = {"name": "Ana Núñez", "email": "", "capacity": "member"} | data
    return desk.post("registration-add", convention.pk, **data)


def test_an_editor_registers_changes_and_withdraws_the_committees_people(desk, convention):
    answer = send(desk, convention, name="  Ana   Núñez ", email="Ana@Example.org")
    assert (answer.status_code, answer.url) == (302, desk.url("conventions"))
    row = Registration.objects.get()
    assert (row.committee, row.name, row.email) == (desk.committee, "Ana Núñez", "ana@example.org")
    assert "Ana Núñez" in desk.get("conventions").content.decode()
    changed = {"name": "Ana Núñez", "email": "ana@example.org", "capacity": "guest"}
    assert desk.post("registration", row.pk, **changed).status_code == 302
    row.refresh_from_db()
    assert row.capacity == "guest"
    assert desk.post("registration-withdraw", row.pk).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.history.first().history_user) == ("withdrawn", desk.user)
    assert send(desk, convention).status_code == 302


def test_a_viewer_looks_and_others_find_nothing(desk, convention):
    row = RegistrationFactory(convention=convention, committee=desk.committee)
    viewer = Desk("viewer", committee=desk.committee)
    assert row.name in viewer.get("conventions").content.decode()
    assert viewer.get("registration-add", convention.pk).status_code == 403
    assert viewer.get("registration", row.pk).status_code == 403
    stranger = Desk("coordinator")
    assert row.name not in stranger.get("conventions").content.decode()
    for name in ("registration", "registration-withdraw"):
        assert stranger.get(name, row.pk).status_code == 404
        assert stranger.post(name, row.pk, name="X").status_code == 404
    row.refresh_from_db()
    assert row.is_standing


def test_what_is_not_open_takes_no_names(desk):
    for columns in ({"is_public": False}, {"registration_until": None}, {"is_cancelled": True}):
        other = ConventionFactory(**columns)
        assert send(desk, other).status_code == 404
    assert not Registration.objects.exists()


def test_who_came_is_not_withdrawn_nor_changed_at_the_desk(desk):
    found = opening_today()
    row = RegistrationFactory(convention=found, committee=desk.committee)
    checking_in.check_in(row, by=UserFactory())
    for name in ("registration", "registration-withdraw"):
        assert desk.get(name, row.pk).status_code == 404


def test_nobody_is_registered_twice_and_a_committee_has_one_delegate(desk, convention):
    assert send(desk, convention, capacity="delegate").status_code == 302
    assert "already registered" in errors_of(send(desk, convention, name="ANA NUNEZ"))
    again = send(desk, convention, name="Luis", capacity="delegate")
    assert "It has one vote" in errors_of(again)
    assert send(desk, convention, name="Luis", capacity="alternate").status_code == 302
    assert Registration.objects.count() == 2


def test_the_delegate_is_whom_the_letter_names(desk, convention):
    named = PersonFactory(name="Ana Núñez")
    row = {"committee": desk.committee, "role": "delegate", "since": today() - DAY}
    Delegation.objects.create(person=named, **row)
    answer = send(desk, convention, name="Luis Prueba", capacity="delegate")
    assert "names Ana Núñez as its delegate" in errors_of(answer)
    assert send(desk, convention, name="Luis Prueba").status_code == 302
    assert send(desk, convention, name="Ana Nuñez", capacity="delegate").status_code == 302


def test_a_person_of_the_committee_is_known_and_nobody_elses(desk, convention):
    ours = PersonFactory(name="Ana Núñez", email="ana@example.org")
    MembershipFactory(committee=desk.committee, person=ours)
    MembershipFactory(person=PersonFactory(name="Luis Prueba", email="luis@example.org"))
    send(desk, convention)
    send(desk, convention, name="Luis Prueba", email="luis@example.org")
    people = dict(Registration.objects.values_list("name", "person"))
    assert people == {"Ana Núñez": ours.pk, "Luis Prueba": None}


def test_the_desk_asks_as_often_with_three_conventions_as_with_one(desk):
    def more() -> None:
        found = ConventionFactory(city=CityFactory())
        RegistrationFactory(convention=found, committee=desk.committee)
        old = ConventionFactory(begins=PartialDate(1999), registration_until=None)
        RegistrationFactory(convention=old, committee=desk.committee)

    more()
    one = asked(lambda: desk.get("conventions"))
    more()
    more()
    assert asked(lambda: desk.get("conventions")) == one


def test_an_open_convention_waits_on_the_list_until_somebody_is_registered(desk, convention):
    committee = desk.committee
    assert list(people_to_register(committee, today())) == []
    AffiliationFactory(committee=committee)
    (line,) = people_to_register(committee, today())
    assert (line.due, line.url) == (convention.registration_until, desk.url("conventions"))
    assert line in todos(committee, today(), "editor")
    row = RegistrationFactory(convention=convention, committee=committee)
    assert list(people_to_register(committee, today())) == []
    checking_in.withdraw(row, by=UserFactory(), reason="Ill")
    assert len(list(people_to_register(committee, today()))) == 1


def test_a_letter_that_ends_before_the_opening_is_told_of(convention):
    durango = member()
    assert list(letters_that_end_before(durango.committee, today())) == []
    Delegation.objects.filter(role="delegate").update(until=convention.last_day - DAY)
    (line,) = letters_that_end_before(durango.committee, today())
    assert line.text == f"Name by a new letter who votes at {convention}"
    Delegation.objects.all().delete()
    assert list(letters_that_end_before(durango.committee, today())) == []
