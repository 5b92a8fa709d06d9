"""The office's side of advice: the queue, answering, two at once, closing, who may."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees import advising
from committees.models import AdviceMessage, AdviceRequest
from committees.models.guide import Topic
from sistercities.admin import queues
from sistercities.models import OutgoingMail
from tests import factories, sending
from tests.adminforms import filled
from tests.advicefactories import AdviceMessageFactory, AdviceRequestFactory, GuideFactory
from tests.committees.desk.test_door import officer

pytestmark = pytest.mark.django_db
LIST = "/admin/committees/advicerequest/"
State = AdviceRequest.State


@pytest.fixture(autouse=True)
def _files_of_the_test_only(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def somebody(name: str, **rights) -> Client:
    """A browser of somebody of the office."""
    client = Client()
    client.force_login(factories.UserFactory(name=name, **(rights or {"staff": True})))
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def office() -> Client:
    return somebody("Olga Oficina")


@pytest.fixture
def asked() -> AdviceRequest:
    """Asked in English by somebody who may still log in."""
    user, committee = officer("editor")
    asked = AdviceRequestFactory(committee=committee, asked_by=user, language="en")
    AdviceMessageFactory(request=asked)
    return asked


def page(asked: AdviceRequest, act: str = "change") -> str:
    return reverse(f"admin:committees_advicerequest_{act}", args=[asked.pk])


def answer_form(client: Client, asked: AdviceRequest, **changes) -> dict:
    """The answer as it is sent from the page of the request."""
    return sending.filled(client.get(page(asked)), 1, **changes)


def ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


# The queue


def test_the_queue_holds_what_waits_since_the_desks_last_message_the_longest_first(office):
    late = AdviceRequestFactory(waits_since=ago(9), asked_at=ago(9))
    nagged = AdviceRequestFactory(waits_since=ago(1), asked_at=ago(30))
    middle = AdviceRequestFactory(waits_since=ago(6), asked_at=ago(6))
    AdviceRequestFactory(state=State.ANSWERED, waits_since=None)
    said = next(one for one in queues.everything() if one.key == "advice").waiting()
    assert [count for _label, count, _url in said.ages] == [1, 1, 1]
    assert (said.count, said.oldest) == (3, late.waits_since)
    rows = office.get(said.queue.url()).context["cl"].result_list
    assert list(rows) == [late, middle, nagged]


def test_what_is_overdue_and_whose_it_is_narrow_the_list(office):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    over = AdviceRequestFactory(due_on=yesterday)
    AdviceRequestFactory(due_on=yesterday, state=State.ANSWERED, waits_since=None)
    mine = AdviceRequestFactory()
    advising.take(mine, by=office.get(LIST).wsgi_request.user)

    def listed(query: str) -> set:
        return set(office.get(f"{LIST}?{query}").context["cl"].result_list)

    assert listed("due=over") == {over}
    assert listed("whose=mine") == {mine}
    assert mine not in listed("whose=nobody")
    assert "overdue by 1 day)" in office.get(LIST).content.decode()


# Answering


def test_an_answer_names_guides_by_a_tick_those_of_the_topic_first(office, asked):
    other = GuideFactory(topic=Topic.VISAS, rank=1)
    fits = GuideFactory(topic=asked.topic, rank=9)
    GuideFactory(topic=asked.topic, review="draft")
    offered = office.get(page(asked)).context["answer_form"].fields["guides"].queryset
    assert list(offered) == [fits, other]
    sent = answer_form(office, asked, text="Both mayors.", guides=[str(fits.pk)])
    response = office.post(page(asked, "answer"), sent)
    assert (response.status_code, response.url) == (302, page(asked))
    message = AdviceMessage.objects.latest("pk")
    assert (message.text, message.by_desk, list(message.guides.all())) == (
        *("Both mayors.", False),
        [fits],
    )
    asked.refresh_from_db()
    assert (asked.state, asked.owner.name) == (State.ANSWERED, "Olga Oficina")
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language) == (asked.asked_by.email, "en")
    assert LogEntry.objects.get().change_message == "Answer"
    office.post(page(asked, "answer"), sent)  # pressed twice
    assert AdviceMessage.objects.count() == 2


def test_the_second_of_two_who_answer_reads_what_the_first_wrote_before_sending(office, asked):
    colleague = somebody("Carlos Colega")
    second = answer_form(office, asked, text="My view.")
    first = answer_form(colleague, asked, text="The council decides.")
    assert colleague.post(page(asked, "answer"), first).status_code == 302
    refused = office.post(page(asked, "answer"), second)
    words = refused.content.decode()
    assert refused.status_code == 200
    assert "Carlos Colega wrote while you were writing." in words
    assert "The council decides." in words and "My view." in words
    assert OutgoingMail.objects.count() == 1
    assert office.post(page(asked, "answer"), sending.form_of(refused)).status_code == 302
    asked.refresh_from_db()
    assert (asked.messages.count(), asked.owner.name) == (3, "Carlos Colega")


def test_a_refused_answer_keeps_its_text_and_its_file(office, asked):
    file = SimpleUploadedFile("modelo.pdf", b"%PDF-1.4 x", "application/pdf")
    refused = office.post(page(asked, "answer"), answer_form(office, asked, text=" ", file=file))
    assert list(refused.context["form"].errors) == ["text"]
    assert "<title>Error: " in refused.content.decode()
    sent = sending.filled(refused, text="Here it is.")
    assert office.post(page(asked, "answer"), sent).status_code == 302
    message = AdviceMessage.objects.latest("pk")
    assert (message.text, message.file.file_name) == ("Here it is.", "modelo.pdf")


# The other acts


def test_a_request_is_taken_once(office, asked):
    colleague = somebody("Carlos Colega")
    mine, theirs = (one.get(page(asked, "take")) for one in (office, colleague))
    assert office.post(page(asked, "take"), sending.form_of(mine)).status_code == 302
    refused = colleague.post(page(asked, "take"), sending.form_of(theirs))
    assert "Olga Oficina has taken it already." in refused.content.decode()


def test_it_is_closed_with_a_reason_that_the_desk_reads_and_opened_again(office, asked):
    form = office.get(page(asked, "close"))
    refused = office.post(page(asked, "close"), sending.form_of(form))
    assert list(refused.context["form"].errors) == ["reason"]
    sent = sending.filled(refused, reason="Asked twice")
    assert office.post(page(asked, "close"), sent).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.closed_because) == (State.CLOSED, "Asked twice")
    assert "Asked twice" in OutgoingMail.objects.get().text
    shown = office.get(page(asked)).content.decode()
    assert page(asked, "answer") not in shown
    again = sending.filled(office.get(page(asked, "reopen")), reason="It was another question")
    assert office.post(page(asked, "reopen"), again).status_code == 302
    asked.refresh_from_db()
    reasons = [one.history_change_reason for one in asked.history.order_by("pk")]
    assert asked.state == State.OPEN
    assert reasons[-2:] == ["Asked twice", "It was another question"]


def test_who_answers_and_by_when_is_changed_with_a_reason(office, asked):
    colleague = factories.UserFactory(staff=True)
    factories.UserFactory()
    form = office.get(page(asked)).context["adminform"].form
    assert colleague in form.fields["owner"].queryset
    assert asked.asked_by not in form.fields["owner"].queryset
    change = {"owner": colleague.pk, "due_on": "2031-05-05", "change_reason": "She knows more"}
    assert office.post(page(asked), filled(office, page(asked)) | change).status_code == 302
    asked.refresh_from_db()
    assert (asked.owner, asked.due_on) == (colleague, datetime.date(2031, 5, 5))
    assert asked.history.latest().history_change_reason == "She knows more"


def test_a_change_of_the_day_leaves_the_answer_that_came_meanwhile(office, asked, monkeypatch):
    from committees.admin.advice import AdviceRequestAdmin

    clerk = factories.UserFactory(staff=True)
    save = AdviceRequestAdmin.save_model

    def slowly(self, request, obj, form, change):
        advising.office_answers(asked, "Meanwhile", by=clerk, seen=asked.messages.get().pk)
        save(self, request, obj, form, change)

    sent = filled(office, page(asked)) | {"due_on": "2031-05-05", "change_reason": "x"}
    monkeypatch.setattr(AdviceRequestAdmin, "save_model", slowly)
    assert office.post(page(asked), sent).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, str(asked.due_on), asked.owner) == (State.ANSWERED, "2031-05-05", clerk)


# Rights and price


@pytest.mark.parametrize("act", ["answer", "take", "close", "reopen"])
def test_who_may_only_read_acts_on_nothing(asked, act):
    reader = factories.UserFactory(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_advicerequest"))
    client = Client()
    client.force_login(reader)
    posted = {"text": "x", "reason": "x", "_nonce": "a" * 22, "_seen": "9"}
    assert client.get(page(asked, act)).status_code == 403
    assert client.post(page(asked, act), posted).status_code == 403
    shown = client.get(page(asked)).content.decode()
    assert "¿Quién firma?" in shown
    assert page(asked, act) not in shown
    assert asked.messages.count() == 1


def test_looking_changes_nothing(office, asked):
    before = AdviceRequest.objects.values().get()
    for act in ("change", "answer", "take", "close"):
        assert office.get(page(asked, act)).status_code == 200
    assert AdviceRequest.objects.values().get() == before
    assert office.get(page(AdviceRequest(pk=0), "answer")).status_code == 404


def test_a_page_costs_the_same_for_one_message_and_for_three(office, asked):
    def price() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get(page(asked)).status_code == 200
        return len(queries)

    clerk = factories.UserFactory(staff=True)
    last = asked.messages.get().pk
    advising.office_answers(asked, "One", by=clerk, seen=last, guides=[GuideFactory()])
    price()
    one = price()
    for text in ("Two", "Three"):
        last = AdviceMessageFactory(request=asked, author=factories.UserFactory()).pk
        guides = GuideFactory.create_batch(2)
        advising.office_answers(asked, text, by=clerk, seen=last, guides=guides)
    assert price() == one
