"""An end entered by mistake is taken back by who entered it, until somebody builds on it."""

import pytest
from django.test import Client
from django.utils import timezone

from relationships.deriving import derive
from relationships.models import Confirmation, Evidence, Inquiry, Tie, TieEvent
from sistercities.mail import MOST_LINES
from sistercities.models import OutgoingMail, RegistryVersion
from tests import factories as make
from tests.mailfactories import CorrectionFactory, InquiryFactory
from tests.relationships.desk.desks import at, login, signed_tie
from tests.relationships.desk.test_ties_end import end
from tests.sending import filled

pytestmark = pytest.mark.django_db
WHY = "Era el otro hermanamiento"


@pytest.fixture
def coordinator(ours):
    return login("coordinator", ours, "Cora")


@pytest.fixture
def chair(theirs):
    return login("coordinator", theirs, "Bob")


@pytest.fixture
def ended(coordinator, chair, ours, tie):
    end(coordinator, ours, tie)
    tie.refresh_from_db()
    assert tie.stage == "ended"
    return tie


def take_back(client, committee, tie):
    url = at("tie-end-take-back", committee, tie.pk)
    return client.post(url, filled(client.get(url), reason=WHY))


def is_offered(client, committee, tie) -> bool:
    page = client.get(at("tie", committee, tie.pk)).content.decode()
    return at("tie-end-take-back", committee, tie.pk) in page


def test_it_is_as_it_was_and_the_history_keeps_it_all(coordinator, chair, ours, theirs, ended):
    version = RegistryVersion.now()
    assert is_offered(coordinator, ours, ended)
    response = take_back(coordinator, ours, ended)
    assert response.status_code == 302 and response.url == at("tie", ours, ended.pk)
    ended.refresh_from_db()
    assert (ended.stage, ended.ended) == ("signed", None)
    assert not TieEvent.objects.filter(kind="ended").exists()
    assert not Evidence.objects.exists() and not Confirmation.objects.exists()
    assert RegistryVersion.now() > version
    for model in (TieEvent, Evidence, Confirmation):
        last = model.history.first()
        assert (last.history_type, last.history_change_reason) == ("-", WHY)
        assert last.history_user == coordinator.user
    assert WHY in coordinator.get(at("tie-history", ours, ended.pk)).content.decode()
    assert "2019" not in Client().get(ended.get_absolute_url()).content.decode()
    (mail,) = OutgoingMail.objects.filter(purpose="tie-end-taken-back")
    assert (mail.to, mail.language) == (chair.user.email, "en")
    assert WHY in mail.text and len(mail.text.splitlines()) <= MOST_LINES
    assert not is_offered(coordinator, ours, ended)


def test_the_yearly_question_is_open_again(coordinator, ours, tie, chair):
    asked = InquiryFactory(tie=tie, side="a")
    end(coordinator, ours, tie)
    asked.refresh_from_db()
    assert asked.answer == "ended"
    take_back(coordinator, ours, tie)
    asked.refresh_from_db()
    assert (asked.answered_at, asked.answer) == (None, "")
    assert Inquiry.objects.count() == 1


def test_an_answer_of_the_same_day_comes_back(coordinator, ours, tie):
    url = at("tie-confirm", ours, tie.pk)
    coordinator.post(url, filled(coordinator.get(url), answer="alive"))
    end(coordinator, ours, tie)
    assert Confirmation.objects.get().answer == "ended"
    take_back(coordinator, ours, tie)
    tie.refresh_from_db()
    assert Confirmation.objects.get().answer == "alive"
    assert (tie.status, tie.last_confirmed) == ("active", timezone.localdate())


def disagrees(tie, chair, theirs):
    url = at("tie-disagree", theirs, tie.pk)
    chair.post(url, filled(chair.get(url), text="We still meet."))


def tells_the_office(tie, chair, theirs):
    CorrectionFactory(tie=tie, side="b")


def answers_the_same_day(tie, chair, theirs):
    answer = Confirmation.objects.create(
        tie=tie, side="b", answer="ended", answered_on=timezone.localdate()
    )
    assert answer.pk


def the_office_puts_it_right(tie, chair, theirs):
    event = tie.events.get(kind="ended")
    event.place = "Lerdo"
    event.save()
    event.history.filter(history_type="~").update(history_user=make.UserFactory(staff=True))


def the_office_changes_the_tie(tie, chair, theirs):
    Tie.objects.get(pk=tie.pk).save()
    row = tie.history.first()
    row.history_user = make.UserFactory(staff=True)
    row.save()


def it_was_ended_again(tie, chair, theirs):
    make.TieEventFactory(tie=tie, kind="ended", date="2020", entered_by="b")
    derive([tie.pk])


@pytest.mark.parametrize(
    "act",
    [
        disagrees,
        tells_the_office,
        answers_the_same_day,
        the_office_puts_it_right,
        the_office_changes_the_tie,
        it_was_ended_again,
    ],
    ids=lambda act: act.__name__,
)
def test_once_somebody_has_built_on_it_it_is_for_the_office(
    coordinator, chair, ours, theirs, ended, act
):
    act(ended, chair, theirs)
    assert not is_offered(coordinator, ours, ended)
    response = take_back(coordinator, ours, ended)
    assert response.status_code == 200
    assert "Write to the association." in response.content.decode()
    assert TieEvent.objects.filter(kind="ended", entered_by="a").exists()
    assert not OutgoingMail.objects.filter(purpose="tie-end-taken-back").exists()


def test_the_other_side_does_not_take_back_what_is_not_theirs(chair, theirs, ended):
    assert not is_offered(chair, theirs, ended)
    assert take_back(chair, theirs, ended).status_code == 200
    assert TieEvent.objects.filter(kind="ended").exists()


def test_editors_take_no_end_back(ours, ended):
    editor = login("editor", ours, "Eva")
    assert not is_offered(editor, ours, ended)
    url = at("tie-end-take-back", ours, ended.pk)
    assert editor.get(url).status_code == editor.post(url, {}).status_code == 403


def test_a_tie_in_force_and_the_tie_of_others_have_no_end_to_take_back(coordinator, ours, tie):
    foreign = signed_tie(make.CityFactory(), make.CityFactory(american=True))
    for number in (tie.pk, foreign.pk, 999_999):
        url = at("tie-end-take-back", ours, number)
        assert coordinator.get(url).status_code == coordinator.post(url, {}).status_code == 404


def test_an_end_without_a_reason_stays(coordinator, ours, ended):
    url = at("tie-end-take-back", ours, ended.pk)
    page = coordinator.post(url, filled(coordinator.get(url), reason=" ")).content.decode()
    assert "Write why." in page and TieEvent.objects.filter(kind="ended").exists()
