"""The office's pages of conventions: check-in, export, credentials, attendance; who may what."""

import csv

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees.conventions import checking_in
from committees.models import Convention, Credentials, Registration
from sistercities.admin.groups import keep_in_step
from sistercities.models import Export
from sistercities.models.base import WrongState
from tests.adminforms import filled
from tests.committees.desk.forms import send
from tests.committees.office.conventions import member, opening_today
from tests.factories import CommitteeFactory, UserFactory
from tests.page_factories import ConventionFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
ROWS = "/admin/committees/registration/"


@pytest.fixture
def convention():
    return opening_today()


@pytest.fixture
def office():
    return somebody(staff=True)


def somebody(group: str = "", **columns) -> Client:
    user = UserFactory(**({"is_staff": True} | columns))
    if group:
        keep_in_step()
        user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    client.cookies["language"] = client.cookies["django_language"] = "en"
    return client


def page(name: str, *args) -> str:
    return reverse(f"admin:committees_convention_{name}", args=args)


def act(client: Client, action: str, rows, reason: str = ""):
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(ROWS, data | {"change_reason": reason}, follow=True)


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_several_are_checked_in_at_once_and_who_was_skipped_is_named_with_why(office, convention):
    rows = [RegistrationFactory(convention=convention, name=f"Guest {n}") for n in range(4)]
    checking_in.check_in(rows[1], by=UserFactory())
    checking_in.withdraw(rows[2], by=UserFactory(), reason="Ill")
    words = said(act(office, "check_in", rows))
    assert words == [
        "Skipped: Guest 1. Checked in already.",
        "Skipped: Guest 2. It is withdrawn.",
        "2 were checked in.",
    ]
    clerk = office.session["_auth_user_id"]
    row = Registration.objects.get(name="Guest 3")
    assert (row.has_come, str(row.checked_in_by_id)) == (True, clerk)
    newest = row.history.first()
    assert (newest.history_change_reason, str(newest.history_user_id)) == (
        "Checked in at the convention",
        clerk,
    )
    assert LogEntry.objects.filter(object_id=str(row.pk)).exists()


def test_nobody_is_checked_in_before_the_convention_or_when_it_is_cancelled(office, convention):
    early = RegistrationFactory(convention=ConventionFactory(), name="Early")
    Convention.objects.filter(pk=convention.pk).update(is_cancelled=True)
    late = RegistrationFactory(convention=convention, name="Late")
    assert said(act(office, "check_in", [early, late])) == [
        "Skipped: Early. The convention has not begun.",
        "Skipped: Late. The convention is cancelled.",
    ]


def test_taking_back_and_withdrawing_need_a_reason_and_can_be_undone(office, convention):
    row = RegistrationFactory(convention=convention)
    checking_in.check_in(row, by=UserFactory())
    assert "write the reason first" in said(act(office, "take_back", [row]))[0]
    row.refresh_from_db()
    assert row.has_come
    assert "This person came" in said(act(office, "withdraw", [row], "Ill"))[0]
    act(office, "take_back", [row], "The wrong one")
    act(office, "withdraw", [row], "Ill")
    row.refresh_from_db()
    assert (row.has_come, row.is_standing) == (False, False)
    act(office, "reinstate", [row], "Well again")
    row.refresh_from_db()
    assert row.is_standing
    reasons = list(row.history.values_list("history_change_reason", flat=True))
    assert reasons[:3] == ["Well again", "Ill", "The wrong one"]


def test_a_withdrawn_delegate_does_not_come_back_beside_another_one(office, convention):
    first = RegistrationFactory(convention=convention, capacity="delegate")
    checking_in.withdraw(first, by=UserFactory(), reason="Ill")
    RegistrationFactory(convention=convention, committee=first.committee, capacity="delegate")
    words = said(act(office, "reinstate", [first], "Well again"))
    assert words == [
        f"Skipped: {first.name}. The committee has a delegate at this convention already."
        " It has one vote."
    ]


def test_of_two_clerks_with_the_same_row_one_checks_in(convention):
    row = RegistrationFactory(convention=convention)
    mine, theirs = Registration.objects.get(pk=row.pk), Registration.objects.get(pk=row.pk)
    first = UserFactory()
    checking_in.check_in(mine, by=first)
    with pytest.raises(WrongState):
        checking_in.check_in(theirs, by=UserFactory())
    row.refresh_from_db()
    assert row.checked_in_by == first
    assert row.history.count() == 2


def test_an_export_is_guarded_and_written_down(office, convention):
    row = RegistrationFactory(convention=convention, name="=cmd()", email="a@example.org")
    RegistrationFactory(name="Not chosen")
    answer = act(office, "export", [row], "Badges")
    header, line = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    assert dict(zip(header, line, strict=True))["name"] == "'=cmd()"
    kept = Export.objects.get()
    assert (kept.what, kept.rows, kept.why) == ("registrations", 1, "Badges")
    assert str(kept.by_id) == office.session["_auth_user_id"]


def test_the_form_of_the_office_refuses_what_the_database_would(office, convention):
    committee = CommitteeFactory()
    sent = {"convention": convention.pk, "name": "Ana Núñez", "capacity": "delegate"}
    url = reverse("admin:committees_registration_add")
    blank = filled(office, url)
    refused = office.post(url, blank | sent)
    assert "for which committee" in refused.content.decode()
    assert office.post(url, blank | sent | {"committee": committee.pk}).status_code == 302
    again = blank | sent | {"committee": committee.pk, "name": "Luis Prueba"}
    assert "It has one vote" in office.post(url, again).content.decode()
    assert Registration.objects.count() == 1


def test_a_list_of_credentials_is_closed_stays_and_is_set_aside_for_a_reason(office, convention):
    durango = member("Durango")
    row = durango.came(convention, "delegate")
    sheet = page("credentials", convention.pk)
    shown = office.get(sheet)
    assert shown.context["list"].votes == 1
    assert "The delegate votes" in shown.content.decode()
    assert send(office, shown.context["act_url"]).status_code == 302
    checking_in.take_back(row, by=UserFactory(), reason="Left")
    shown = office.get(sheet)
    assert (shown.context["list"].votes, Credentials.objects.count()) == (1, 1)
    aside = shown.context["act_url"]
    assert send(office, aside).status_code == 200
    assert send(office, aside, reason="Too early").status_code == 302
    shown = office.get(sheet)
    assert shown.context["list"].votes == 0
    assert "Too early" in shown.content.decode()
    reasons = LogEntry.objects.filter(object_id=str(convention.pk))
    assert "Too early" in list(reasons.values_list("change_message", flat=True))


def test_a_day_that_is_closed_already_is_not_closed_again(office, convention):
    url = page("close", convention.pk)
    assert send(office, url).status_code == 302
    again = send(office, url)
    assert "closed already" in again.content.decode()
    assert Credentials.objects.count() == 1


@pytest.mark.parametrize("query", ["?day=1999-01-01", "?day=x", "?day=%00"])
def test_a_day_that_is_none_of_the_conventions_is_not_found(office, convention, query):
    assert office.get(page("credentials", convention.pk) + query).status_code == 404


def test_who_may_read_the_lists_may_not_all_close_them(convention):
    durango = member("Durango")
    durango.came(convention, "delegate")
    sheet, close = page("credentials", convention.pk), page("close", convention.pk)
    answers = {}
    for group in ("reviewer", "treasurer", "registrar", ""):
        client = somebody(group)
        answers[group] = [client.get(url).status_code for url in (sheet, close)]
        if group in ("reviewer", "treasurer"):
            assert client.post(close).status_code == 403
            assert client.get(sheet).context["act_url"] == ""
    assert answers == {
        **{"reviewer": [200, 403], "treasurer": [200, 403], "registrar": [200, 200]},
        "": [403, 403],
    }
    assert not Credentials.objects.exists()


def test_a_list_of_another_convention_is_not_found_here(office, convention):
    send(office, page("close", convention.pk))
    number = Credentials.objects.get().pk
    assert office.get(page("set_aside", ConventionFactory().pk, number)).status_code == 404


def test_attendance_counts_who_came_by_committee_and_guests_last(office, convention):
    durango = member("Durango")
    durango.came(convention, "delegate")
    durango.registered(convention, "alternate")
    RegistrationFactory(convention=convention, committee=None, capacity="guest", name="Guest")
    shown = office.get(page("attendance", convention.pk))
    groups = [(g["committee"], len(g["rows"]), g["came"]) for g in shown.context["groups"]]
    assert groups == [(durango.committee, 2, 1), (None, 1, 0)]
    assert "1 of 3 registered people came." in shown.content.decode()


def test_the_pages_ask_as_often_with_three_rows_as_with_one(office, convention):
    def asked(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get(url).status_code == 200
        return len(queries)

    def more() -> None:
        member().came(convention, "delegate")

    urls = [page("credentials", convention.pk), page("attendance", convention.pk)]
    urls += [page("change", convention.pk), ROWS]
    more()
    one = [asked(url) for url in urls]
    more()
    more()
    assert [asked(url) for url in urls] == one
    assert max(one) <= 12


def test_a_convention_is_named_in_one_language_at_least_and_entered_vaguely(office):
    url = page("add")
    blank = filled(office, url) | {"begins": "1974", "change_reason": "From the chronicle"}
    assert office.post(url, blank).status_code == 200
    assert office.post(url, blank | {"name_es": "Reunión de Mazatlán"}).status_code == 302
    found = Convention.objects.get()
    assert (found.slug, str(found.begins), found.is_public) == (
        *("1974-reunion-de-mazatlan", "1974", False),
    )
    assert found.last_day.year == 1974 < timezone.localdate().year
