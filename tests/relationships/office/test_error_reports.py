"""Visitors say what is missing or wrong, without an account; the office deals with it once."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from relationships import visitors
from relationships.deriving import derive
from relationships.models import ErrorReport, TieEdit
from sistercities.models import OutgoingMail
from sistercities.models.base import WrongState
from tests import factories as make
from tests.reviewing import decide
from tests.sending import filled
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    client = Client()
    client.user = make.UserFactory(staff=True, name="Rita")
    client.force_login(client.user)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def tie():
    tie = make.TieFactory()
    make.TieEventFactory(tie=tie)
    derive([tie.pk])
    tie.refresh_from_db()
    return tie


def text(response) -> str:
    return response.content.decode()


def form_of(subject, language: str = "es") -> str:
    """Where the page of a tie or a city leads to."""
    with override(language):
        page = text(Client().get(subject.get_absolute_url()))
        name = "tie" if hasattr(subject, "slug_in") else "city"
        slug = subject.slug_in(language) if name == "tie" else subject.slug
        url = reverse(f"public:{name}-report", args=[slug])
    assert f'href="{url}"' in page
    return url


def page_of(report: ErrorReport) -> str:
    return reverse("admin:relationships_errorreport_change", args=[report.pk])


@pytest.mark.parametrize("kind", ["tie", "city"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_visitor_reports_from_the_page_and_reads_what_happens_next(tie, kind, language):
    visitor = Client()
    subject = tie if kind == "tie" else tie.city_a
    url = form_of(subject, language)
    sent = {"wrong": "Fue en 1970", "source": "El acta", "email": "Vera@Example.org"}
    response = visitor.post(url, filled(visitor.get(url), **sent))
    assert visitor.get(response.url).status_code == 200
    report = ErrorReport.objects.get()
    assert (report.subject, report.wrong, report.source) == (subject, "Fue en 1970", "El acta")
    assert (report.email, report.language, report.done_at) == ("vera@example.org", language, None)


def test_an_empty_report_is_refused_and_one_of_a_program_is_dropped(tie):
    visitor, url = Client(), form_of(tie)
    refused = visitor.post(url, filled(visitor.get(url), wrong="", source="El acta"))
    assert refused.status_code == 200 and filled(refused)["source"] == ["El acta"]
    trapped = filled(visitor.get(url), wrong="x", website="http://spam.example")
    assert visitor.post(url, trapped).status_code == 302
    assert not ErrorReport.objects.exists()


def test_the_sixth_within_an_hour_is_too_many(tie):
    visitor, url = Client(), form_of(tie)
    answers = [
        visitor.post(url, filled(visitor.get(url), wrong=f"Error {n}")).status_code
        for n in range(6)
    ]
    assert answers == [302] * 5 + [429]
    assert ErrorReport.objects.count() == 5


def test_a_page_that_is_not_public_has_no_form(tie):
    url = form_of(tie)
    type(tie).objects.filter(pk=tie.pk).update(review="rejected")
    assert Client().get(url).status_code == 404


def test_the_office_answers_by_mail_in_the_visitors_language_and_closes_it(office, tie):
    report = make.ErrorReportFactory(tie=tie, email="vera@example.org")
    page = office.get(page_of(report))
    answer = filled(page, -2, answer="Tiene razón: lo corregimos.") | {"_answer": "1"}
    response = office.post(page_of(report), answer)
    assert response.url.endswith("?queue=error-reports")
    report.refresh_from_db()
    assert (report.done_by, report.note) == (office.user, "Answered by mail")
    mail = OutgoingMail.objects.get()
    own = mail.text.split("-" * 40)[0]
    assert (mail.to, mail.language) == ("vera@example.org", "es")
    assert "Tiene razón: lo corregimos." in own and own.count("http") == 1
    assert "Tiene razón" in text(office.get(page_of(report)))
    again = office.post(page_of(report), {"note": "Otra vez", "_note": "1"}, follow=True)
    assert "Somebody dealt with it in the meantime" in text(again)
    report.refresh_from_db()
    assert report.note == "Answered by mail"


def test_closing_needs_a_note(office, tie):
    report = make.ErrorReportFactory(tie=tie)
    refused = office.post(page_of(report), {"note": " ", "_note": "1"})
    assert "Write what was done." in text(refused)
    assert office.post(page_of(report), {"note": "Ya estaba", "_note": "1"}).status_code == 302
    report.refresh_from_db()
    assert (report.note, report.done_by) == ("Ya estaba", office.user)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_it_at_once_one_does(tie):
    report, users = make.ErrorReportFactory(tie=tie), make.UserFactory.create_batch(2)

    def work(n: int) -> int:
        visitors.close(ErrorReport.objects.get(pk=report.pk), by=users[n], note=f"Nota {n}")
        return n

    results = at_once(2, work)
    assert sum(isinstance(one, WrongState) for one in results) == 1
    (won,) = [one for one in results if isinstance(one, int)]
    report.refresh_from_db()
    assert (report.note, report.done_by) == (f"Nota {won}", users[won])


def test_an_edit_is_made_from_a_report_and_reviewed_like_the_others(office, tie):
    report = make.ErrorReportFactory(tie=tie, wrong="Es de amistad", source="El acta")
    url = reverse("admin:relationships_errorreport_edit", args=[report.pk])
    page = office.get(url)
    assert filled(page)["text"] == ["Es de amistad · El acta"]
    nothing = office.post(url, filled(page))
    assert "Nothing differs from what is in the registry." in text(nothing)
    response = office.post(url, filled(page, kind="friendship_city"))
    edit = TieEdit.objects.get()
    assert response.url == reverse("admin:relationships_tieedit_review", args=[edit.pk])
    report.refresh_from_db()
    assert (report.edit, report.done_at) == (edit, None)
    assert office.get(url).url == response.url
    decide(office, edit, "published")
    tie.refresh_from_db()
    assert tie.kind == "friendship_city"
    assert "a visitor" in tie.history.latest().history_change_reason


def test_who_may_only_look_deals_with_nothing(tie):
    client = Client()
    user = make.UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_errorreport"))
    client.force_login(user)
    report = make.ErrorReportFactory(tie=tie, email="vera@example.org")
    page = text(client.get(page_of(report)))
    assert "Firmaron en 1970" in page and "<textarea" not in page
    assert client.post(page_of(report), {"note": "x", "_note": "1"}).status_code == 403
    url = reverse("admin:relationships_errorreport_edit", args=[report.pk])
    assert client.get(url).status_code == 403


def test_reports_are_kept_for_two_years(tie):
    now = timezone.now()
    old = make.ErrorReportFactory(tie=tie, told_at=now - datetime.timedelta(days=731))
    make.ErrorReportFactory(tie=tie, told_at=now - datetime.timedelta(days=729))
    assert ErrorReport.purge() == 1
    assert not ErrorReport.objects.filter(pk=old.pk).exists()
