"""The office's index: what waits, how many, for how long; each line leads to just those rows."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committees.models import City, Committee, Office, OfficeTerm
from relationships.models import Correction, Objection, Tie
from sistercities.admin import queues
from sistercities.models import OutgoingMail
from tests import (
    advicefactories,
    duesfactories,
    factories,
    mailfactories,
    mergefactories,
    page_factories,
)

pytestmark = pytest.mark.django_db

INDEX = "/admin/"


def day(ago: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=ago)


def moment(ago: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=ago)


def local_day(value: datetime.date) -> datetime.date:
    """The day of a day or a moment."""
    return timezone.localdate(value) if isinstance(value, datetime.datetime) else value


def aged(row, column: str, ago: int):
    """The row as if it had waited so many days."""
    type(row)._default_manager.filter(pk=row.pk).update(**{column: moment(ago)})
    return row


def a_tie(ago: int, **columns) -> Tie:
    tie = factories.TieFactory()
    Tie.objects.filter(pk=tie.pk).update(
        **{"created_at": moment(ago), "last_sign_of_life": day(1)} | columns
    )
    return tie


def a_term(ago: int) -> OfficeTerm:
    return factories.OfficeTermFactory(
        office=factories.OfficeFactory(role=Office.Role.COORDINATOR, is_exclusive=False),
        begins=day(ago + 400),
        ends=day(ago),
    )


SENT = {"review": Tie.Review.SUBMITTED}
MADE = {
    "ties-sent": lambda ago: aged(factories.TieFactory(**SENT), "changed_at", ago),
    "committees-sent": lambda ago: aged(factories.CommitteeFactory(**SENT), "changed_at", ago),
    "exchanges-sent": lambda ago: aged(factories.ExchangeFactory(**SENT), "changed_at", ago),
    "donations-sent": lambda ago: aged(factories.DonationFactory(**SENT), "changed_at", ago),
    "edits-sent": lambda ago: aged(factories.TieEditFactory(), "sent_at", ago),
    "error-reports": lambda ago: aged(factories.ErrorReportFactory(), "told_at", ago),
    "corrections": lambda ago: aged(mailfactories.CorrectionFactory(), "told_at", ago),
    "contacts": lambda ago: aged(mailfactories.SideContactFactory(decision=""), "created_at", ago),
    "contested": lambda ago: Objection.objects.create(
        exchange=factories.ExchangeFactory(), side="b", text="12", told_at=moment(ago)
    ),
    "disputed": lambda ago: a_tie(ago, reciprocity=Tie.Reciprocity.DISPUTED),
    "one-sided": lambda ago: a_tie(ago, reciprocity=Tie.Reciprocity.ONE_SIDED_B),
    "no-coordinator": lambda ago: a_term(ago).committee,
    "silent": lambda ago: mailfactories.InquiryFactory(
        times=3, first_on=day(ago + 35), last_on=day(ago)
    ),
    "mail-failed": lambda ago: aged(
        mailfactories.OutgoingMailFactory(state=OutgoingMail.State.FAILED), "created_at", ago
    ),
    "plans": lambda ago: aged(factories.ImportBatchFactory(), "planned_at", ago),
    "texts-committee": lambda ago: aged(
        factories.CommitteeFactory(mission_es="Amistad", mission_en=""), "changed_at", ago
    ),
    "texts-city": lambda ago: aged(
        factories.CityFactory(about_es="", about_en="A town"), "changed_at", ago
    ),
    "texts-tie": lambda ago: aged(
        factories.TieFactory(summary_es="Desde 1969", summary_en=None), "changed_at", ago
    ),
    "texts-exchange": lambda ago: aged(
        factories.ExchangeFactory(title_es="Feria", title_en="", summary_es="", summary_en=""),
        *("changed_at", ago),
    ),
}
MADE |= {
    "advice": lambda ago: aged(advicefactories.AdviceRequestFactory(), "waits_since", ago),
    "guides-sent": lambda ago: aged(advicefactories.GuideFactory(**SENT), "changed_at", ago),
    "texts-guide": lambda ago: aged(
        advicefactories.GuideFactory(summary_es="", summary_en="Why"), "changed_at", ago
    ),
}
MADE["applications"] = lambda ago: aged(duesfactories.ApplicationFactory(), "asked_at", ago)
MADE["duplicates"] = lambda ago: aged(mergefactories.DuplicateFactory(), "found_at", ago)
MADE["texts-news"] = lambda ago: aged(
    page_factories.NewsFactory(title_es="Feria", title_en=""), "changed_at", ago
)
IN_DAYS = sorted(MADE)
OTHERS = {"dues-due", "dues-overdue", "unconfirmed", "terms-ending"}


@pytest.fixture
def office(client):
    """A browser in which somebody with all rights has logged in."""
    client.force_login(factories.UserFactory(staff=True))
    return client


def line(office, key: str) -> queues.Waiting:
    """What the index says of a queue."""
    lines = office.get(INDEX).context["lines"]
    return next(one for one in lines if one.queue.key == key)


def listed(office, url: str) -> list:
    """The rows of a list of the admin."""
    response = office.get(url)
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def test_every_queue_is_tried_here():
    assert {queue.key for queue in queues.everything()} == set(IN_DAYS) | OTHERS


@pytest.mark.parametrize("key", IN_DAYS)
def test_a_queue_counts_its_rows_by_age_and_leads_to_them(office, key):
    ages = (20, 16) if key == "silent" else (20, 8, 7, 6, 5, 0)
    if key == "no-coordinator":
        ages = (20, 8, 7, 6, 5, 1)
    rows = {MADE[key](ago).pk: ago for ago in ages}
    said = line(office, key)
    assert said.count == len(ages)
    assert local_day(said.oldest) == day(20)
    assert {row.pk for row in listed(office, said.queue.url())} == set(rows)
    expected = {
        "new": {pk for pk, ago in rows.items() if ago <= 5},
        "week": {pk for pk, ago in rows.items() if ago in (6, 7)},
        "late": {pk for pk, ago in rows.items() if ago > 7},
    }
    for age, (_label, count, url) in zip(said.queue.ages, said.ages, strict=True):
        assert count == len(expected[age.key])
        assert {row.pk for row in listed(office, url)} == expected[age.key]


def test_the_longest_waiting_comes_first(office):
    late, later, latest = (MADE["corrections"](ago).pk for ago in (3, 30, 12))
    url = line(office, "corrections").queue.url()
    assert [row.pk for row in listed(office, url)] == [later, latest, late]


def test_ties_without_a_sign_of_life_for_24_months_wait_by_years(office):
    two, four = a_tie(0, last_sign_of_life=day(800)), a_tie(0, last_sign_of_life=day(1300))
    six, never = a_tie(0, last_sign_of_life=day(2000)), a_tie(0, last_sign_of_life=None)
    a_tie(0, last_sign_of_life=day(700))
    a_tie(0, last_sign_of_life=None, status=Tie.Status.ENDED)
    said = line(office, "unconfirmed")
    assert (said.count, said.oldest) == (4, day(2000))
    found = [{row.pk for row in listed(office, url)} for _label, _count, url in said.ages]
    assert found == [{two.pk}, {four.pk}, {six.pk, never.pk}]
    assert [count for _label, count, _url in said.ages] == [1, 1, 2]


def test_the_last_coordinators_whose_terms_end_wait_by_days_ahead(office):
    within_15, within_30, within_90 = a_term(-10), a_term(-20), a_term(-60)
    a_term(-120)
    a_term(1)  # over: its committee waits among those without a coordinator
    followed = a_term(-12)
    factories.OfficeTermFactory(
        office=followed.office, committee=followed.committee, begins=day(-13), ends=None
    )
    said = line(office, "terms-ending")
    assert (said.count, said.oldest) == (3, day(-10))
    found = [{row.pk for row in listed(office, url)} for _label, _count, url in said.ages]
    assert found == [{within_15.pk}, {within_30.pk}, {within_90.pk}]


def test_a_successor_who_begins_after_a_gap_does_not_count(office):
    term = a_term(-12)
    factories.OfficeTermFactory(
        office=term.office, committee=term.committee, begins=day(-20), ends=None
    )
    assert line(office, "terms-ending").count == 1


def test_what_is_done_waits_no_more(office):
    tie, correction = MADE["ties-sent"](9), MADE["corrections"](9)
    tie.publish(by=factories.UserFactory(staff=True))
    Correction.objects.filter(pk=correction.pk).update(done_at=timezone.now())
    assert (line(office, "ties-sent").count, line(office, "corrections").count) == (0, 0)


def test_the_index_asks_as_often_with_three_rows_as_with_one(office):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get(INDEX).status_code == 200
        return len(queries)

    for make in MADE.values():
        make(20)
    one = asked()
    for make in MADE.values():
        make(10)
        make(3)
    assert asked() == one
    assert one <= len(queues.everything()) + 7


def test_somebody_of_the_office_sees_the_queues_of_what_they_may_look_at(client):
    clerk = factories.UserFactory(is_staff=True)
    rights = Permission.objects.filter(codename__in=("view_committee", "view_city"))
    clerk.user_permissions.set(rights)
    client.force_login(clerk)
    MADE["ties-sent"](3)
    lines = client.get(INDEX).context["lines"]
    assert {one.queue.model for one in lines} == {Committee, City}
    assert len(lines) == 4


@pytest.mark.parametrize(
    "query", ["queue=nothing", "queue=disputed&age=x", "age=late", "queue=%00"]
)
def test_a_queue_that_is_not_there_narrows_nothing_and_breaks_nothing(office, query):
    MADE["disputed"](2)
    answer = office.get(f"/admin/relationships/tie/?{query}", follow=True)
    assert (answer.status_code, len(answer.context["cl"].result_list)) == (200, 1)


def test_a_queue_of_another_model_is_not_offered(office):
    MADE["disputed"](2)
    assert len(listed(office, "/admin/relationships/tie/?queue=corrections")) == 1
