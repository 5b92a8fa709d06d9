"""Advice between a desk and the national office: who may what, the thread, the mails."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from committees import advising
from committees.advising import SomebodyWrote
from committees.models import AdviceMessage, AdviceRequest
from committees.models.advice import working_days_after
from committees.rights import Role
from committees.todo import todos
from sistercities.models import Attachment, OutgoingMail
from sistercities.models.base import WrongState
from tests import factories, sending
from tests.advicefactories import AdviceMessageFactory, AdviceRequestFactory, GuideFactory
from tests.committees.desk.test_door import officer

pytestmark = pytest.mark.django_db
State = AdviceRequest.State


@pytest.fixture
def editor():
    """Somebody who may write at a desk, with the committee."""
    return officer("editor")


@pytest.fixture
def clerk():
    return factories.UserFactory(staff=True, name="Olga Oficina")


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(name: str, asked: AdviceRequest, language: str = "en") -> str:
    with override(language):
        return reverse(f"desk:{name}", args=[asked.committee.slug, asked.pk])


def a_question(committee, user, **columns) -> AdviceRequest:
    asked = AdviceRequestFactory(committee=committee, asked_by=user, **columns)
    AdviceMessageFactory(request=asked)
    return asked


def last_of(asked: AdviceRequest) -> int:
    return asked.messages.latest("pk").pk


def answered(asked: AdviceRequest, clerk, text: str = "Both mayors.", **more) -> AdviceMessage:
    return advising.office_answers(asked, text, by=clerk, seen=last_of(asked), **more)


# Asking


def test_a_desk_asks_and_the_office_has_five_working_days(editor):
    user, committee = editor
    client = logged_in(user)
    with override("es"):
        path = reverse("desk:advice-ask", args=[committee.slug])
    sent = sending.filled(client.get(path), topic="visas", subject="¿Qué visa?", text="Son 12.")
    response = client.post(path, sent)
    asked = AdviceRequest.objects.get()
    assert (response.status_code, response.url) == (302, page("advice-request", asked, "es"))
    assert (asked.asked_by, asked.committee, asked.language) == (user, committee, "es")
    assert (asked.state, asked.waits_since) == (State.OPEN, asked.asked_at)
    assert asked.due_on == working_days_after(timezone.localdate(), 5)
    assert [one.text for one in asked.messages.all()] == ["Son 12."]
    assert OutgoingMail.objects.count() == 0  # the office reads its queue
    assert client.post(path, sent).status_code == 302  # pressed twice
    assert AdviceRequest.objects.count() == AdviceMessage.objects.count() == 1


def test_a_refused_question_keeps_all_that_was_typed_and_the_file(editor):
    user, committee = editor
    client = logged_in(user)
    path = reverse("desk:advice-ask", args=[committee.slug])
    file = SimpleUploadedFile("oficio.pdf", b"%PDF-1.4 x", "application/pdf")
    refused = client.post(
        path, sending.filled(client.get(path), subject="¿Qué visa?", text="Son 12.", file=file)
    )
    assert refused.status_code == 200
    assert list(refused.context["form"].errors) == ["topic"]
    words = refused.content.decode()
    assert "¿Qué visa?" in words and "Son 12." in words and "oficio.pdf" in words
    client.post(path, sending.filled(refused, topic="visas"))
    assert AdviceMessage.objects.get().file.file_name == "oficio.pdf"


@pytest.mark.parametrize(
    ("day", "due"),
    [("2026-11-20", "2026-11-27"), ("2026-11-21", "2026-11-27"), ("2026-11-25", "2026-12-02")],
)
def test_weekends_are_no_working_days(day, due):
    assert working_days_after(datetime.date.fromisoformat(day), 5).isoformat() == due


# Rights


def test_what_other_committees_ask_is_not_there(editor):
    user, committee = editor
    theirs = a_question(factories.CommitteeFactory(), factories.UserFactory())
    client = logged_in(user)
    assert client.get(page("advice-request", theirs)).status_code == 404
    for path in (
        reverse("desk:advice-request", args=[committee.slug, theirs.pk]),
        reverse("desk:advice-helped", args=[committee.slug, theirs.pk]),
    ):
        assert client.post(path, {"text": "Mine", "_nonce": "a" * 22}).status_code == 404
    listed = client.get(reverse("desk:advice", args=[committee.slug]))
    assert listed.context["page"].rows == []
    assert theirs.messages.count() == 1


def test_a_viewer_reads_and_does_not_write():
    user, committee = officer("viewer")
    asked = a_question(committee, factories.UserFactory())
    client = logged_in(user)
    shown = client.get(page("advice-request", asked)).content.decode()
    assert "¿Quién firma?" in shown
    assert "<textarea" not in shown
    posted = {"text": "Mine", "_nonce": "a" * 22, "_seen": last_of(asked)}
    assert client.post(page("advice-request", asked), posted).status_code == 405
    assert client.post(page("advice-helped", asked), posted).status_code == 403
    ask = reverse("desk:advice-ask", args=[committee.slug])
    assert (client.get(ask).status_code, client.post(ask, posted).status_code) == (403, 403)
    assert AdviceMessage.objects.count() == 1


def test_a_file_is_for_the_desk_and_for_whom_of_the_office_advice_is(editor, clerk):
    user, committee = editor
    file = Attachment.objects.create(purpose="committees.advice", owner=committee.pk)
    answered(a_question(committee, user), clerk, file=file)
    file.refresh_from_db()
    seen_by = {
        "desk": user,
        "office": clerk,
        "another desk": officer("coordinator")[0],
        "office without the right": factories.UserFactory(is_staff=True),
    }
    assert file.kept_at is not None
    assert [who for who, one in seen_by.items() if advising.may_see_file(file, one)] == [
        "desk",
        "office",
    ]


# The thread


def test_question_answer_and_thanks_pass_from_hand_to_hand(editor, clerk):
    user, committee = editor
    asked = a_question(committee, user)
    guide, hidden = GuideFactory(), GuideFactory(review="draft")
    answered(asked, clerk, guides=[guide, hidden])
    asked.refresh_from_db()
    assert (asked.state, asked.waits_since, asked.owner) == (State.ANSWERED, None, clerk)
    client = logged_in(user)
    shown = client.get(page("advice-request", asked))
    words = shown.content.decode()
    assert words.index("¿Quién firma?") < words.index("Both mayors.")
    with override("en"):
        assert f'<a href="{guide.get_absolute_url()}">{guide.title_en}</a>' in words
    assert hidden.slug not in words
    assert "Olga Oficina" not in words  # the office speaks as one
    closed = client.post(page("advice-helped", asked), sending.form_of(shown, -2))
    assert (closed.status_code, closed.url) == (302, f"/en/my-committee/{committee.slug}/advice/")
    asked.refresh_from_db()
    assert (asked.state, asked.closed_by) == (State.CLOSED, user)
    assert asked.history.latest().history_change_reason == advising.HELPED
    again = client.get(page("advice-request", asked))
    client.post(page("advice-request", asked), sending.filled(again, text="One thing more."))
    asked.refresh_from_db()
    assert (asked.state, asked.closed_at, asked.closed_by) == (State.OPEN, None, None)
    assert asked.waits_since is not None


def test_more_from_the_desk_waits_from_then_and_is_due_as_before(editor):
    user, committee = editor
    long_ago = timezone.now() - datetime.timedelta(days=9)
    due = timezone.localdate() - datetime.timedelta(days=2)
    asked = a_question(committee, user, asked_at=long_ago, due_on=due)
    advising.desk_writes(asked, "Any news?", by=user, seen=last_of(asked))
    asked.refresh_from_db()
    assert timezone.now() - asked.waits_since < datetime.timedelta(minutes=1)
    assert (asked.due_on, asked.is_overdue) == (due, True)


def test_who_asks_further_gives_the_office_five_days_again(editor, clerk):
    user, committee = editor
    asked = a_question(committee, user, due_on=timezone.localdate() - datetime.timedelta(days=9))
    answered(asked, clerk)
    advising.desk_writes(asked, "And who pays?", by=user, seen=last_of(asked))
    asked.refresh_from_db()
    assert asked.due_on == working_days_after(timezone.localdate(), 5)


def test_of_two_who_write_at_once_the_second_reads_the_first_before_sending(editor, clerk):
    user, committee = editor
    asked = a_question(committee, user)
    client = logged_in(user)
    mine = sending.filled(client.get(page("advice-request", asked)), text="Quick, please.")
    answered(asked, clerk, "It is the council.")
    refused = client.post(page("advice-request", asked), mine)
    words = refused.content.decode()
    assert refused.status_code == 200
    assert "It is the council." in words and "Quick, please." in words
    assert "Olga Oficina wrote while you were writing." in words
    assert asked.messages.count() == 2
    assert client.post(page("advice-request", asked), sending.form_of(refused)).status_code == 302
    assert asked.messages.count() == 3


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "١"])
def test_a_form_that_does_not_say_what_was_read_is_not_sent(editor, seen):
    user, committee = editor
    asked = a_question(committee, user)
    posted = {"text": "Mine", "_nonce": "a" * 22, "_seen": seen}
    response = logged_in(user).post(page("advice-request", asked), posted)
    assert (response.status_code, asked.messages.count()) == (200, 1)


def test_of_two_of_the_office_the_first_takes_it(clerk):
    asked = AdviceRequestFactory()
    advising.take(asked, by=clerk)
    advising.take(asked, by=clerk)
    other = factories.UserFactory(staff=True)
    with pytest.raises(WrongState, match="Olga Oficina"):
        advising.take(asked, by=other)
    asked.refresh_from_db()
    assert (asked.owner, asked.history.count()) == (clerk, 2)


def test_nothing_is_answered_that_is_closed_and_nothing_opened_that_is_open(editor, clerk):
    user, committee = editor
    asked = a_question(committee, user)
    with pytest.raises(WrongState):
        advising.reopen(asked, by=clerk, reason="x")
    advising.close(asked, by=clerk, reason="Asked twice", is_office=True)
    with pytest.raises(WrongState):
        answered(asked, clerk)
    advising.close(asked, by=clerk, reason="Again", is_office=True)
    asked.refresh_from_db()
    assert asked.closed_because == "Asked twice"
    advising.reopen(asked, by=clerk, reason="By mistake")
    asked.refresh_from_db()
    assert (asked.state, asked.closed_because) == (State.OPEN, "")


@pytest.mark.parametrize(
    "columns",
    [{"waits_since": None}, {"state": "answered"}, {"state": "closed", "waits_since": None}],
)
def test_the_database_refuses_a_state_that_contradicts_its_moments(columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        AdviceRequestFactory(**columns)


def test_a_stale_copy_cannot_answer_what_somebody_else_answered(editor, clerk):
    user, committee = editor
    asked = a_question(committee, user)
    seen = last_of(asked)
    answered(asked, clerk)
    with pytest.raises(SomebodyWrote):
        advising.office_answers(asked, "Me too", by=factories.UserFactory(staff=True), seen=seen)
    assert asked.messages.count() == 2


# Mail and the desk's list


@pytest.mark.parametrize(
    ("language", "subject", "path"),
    [
        ("es", "La oficina nacional respondió: ¿Quién firma?", "/es/mi-comite/"),
        ("en", "The national office has answered: ¿Quién firma?", "/en/my-committee/"),
    ],
)
def test_the_asker_is_told_in_the_language_of_the_question(editor, clerk, language, subject, path):
    user, committee = editor
    officer("coordinator", committee)
    asked = a_question(committee, user, language=language, subject="¿Quién firma?")
    answered(asked, clerk, "Nobody but the mayor.")
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language, mail.unsubscribe) == (user.email, language, "")
    assert mail.subject == subject
    links = re.findall(r"http://testserver(/\S+)", mail.text)
    assert links[0].startswith(path) and len(links) == 2
    assert "Nobody but" not in mail.text
    assert len(mail.text.splitlines()) <= 20


def test_when_the_asker_has_left_the_coordinators_of_today_are_told(editor, clerk):
    user, committee = editor
    coordinator, _committee = officer("coordinator", committee)
    user.person.terms.update(ends=timezone.localdate() - datetime.timedelta(days=1))
    answered(a_question(committee, user), clerk)
    assert OutgoingMail.objects.get().to == coordinator.email


def test_a_request_closed_by_the_office_is_told_with_its_reason_one_closed_by_the_desk_is_not(
    editor, clerk
):
    user, committee = editor
    mine, yours = a_question(committee, user), a_question(committee, user)
    advising.close(mine, by=user, reason=advising.HELPED, is_office=False)
    assert OutgoingMail.objects.count() == 0
    advising.close(yours, by=clerk, reason="See the other one", is_office=True)
    mail = OutgoingMail.objects.get()
    assert mail.to == user.email
    assert "See the other one" in mail.text


def test_an_answer_to_read_stands_on_the_to_do_list_until_somebody_says_that_it_helped(
    editor, clerk
):
    user, committee = editor
    today = timezone.localdate()

    def lines():
        found = todos(committee, today, Role.EDITOR)
        return [(one.text, one.url) for one in found if "/advice/" in one.url]

    with override("en"):
        first = a_question(committee, user, subject="Who signs?")
        assert lines() == []
        answered(first, clerk)
        assert lines() == [
            ("Read the national office's answer: Who signs?", page("advice-request", first))
        ]
        second = a_question(committee, user)
        answered(second, clerk)
        address = reverse("desk:advice", args=[committee.slug])
        assert lines() == [("Read 2 answers of the national office", address)]
        for one in (first, second):
            advising.close(one, by=user, reason=advising.HELPED, is_office=False)
        assert lines() == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desks_pages_cost_the_same_for_one_row_and_for_three(
    editor, clerk, rows, django_assert_max_num_queries
):
    user, committee = editor
    asked = a_question(committee, user)
    for _more in range(rows - 1):
        a_question(committee, user)
        AdviceMessageFactory(request=asked, author=factories.UserFactory())
    answered(asked, clerk, guides=[GuideFactory() for _more in range(rows)])
    client = logged_in(user)
    with django_assert_max_num_queries(8):
        assert client.get(reverse("desk:advice", args=[committee.slug])).status_code == 200
    with django_assert_max_num_queries(10):
        assert client.get(page("advice-request", asked)).status_code == 200
