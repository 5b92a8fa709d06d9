"""The end of a tie, and who comes in to which page of a tie."""

import datetime

import pytest
from django.utils import timezone

from relationships.models import Confirmation, Correction, Evidence, Tie, TieEvent
from sistercities.models import OutgoingMail
from tests import factories as make
from tests.relationships.desk.desks import at, login, pdf, signed_tie
from tests.sending import filled

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def text(response) -> str:
    return response.content.decode()


def end(client, committee, tie, **last):
    """All steps of the end; the answer to the last button."""
    url = at("tie-end", committee, tie.pk)
    step = client.post(
        url, filled(client.get(url), decided_by="El cabildo", date=last.pop("date", "2019"))
    )
    assert step.status_code == 302, text(step)
    page = client.get(step.url)
    step = client.post(step.url, filled(page, document_title="Acta 7") | {"document": pdf()})
    page = client.get(step.url)
    step = client.post(step.url, filled(page, wording="Se despidieron como amigos."))
    return client.post(step.url, filled(client.get(step.url)))


@pytest.fixture
def coordinator(ours):
    return login("coordinator", ours, "Cora")


def test_a_tie_ends_with_date_document_and_words_and_stays_visible(coordinator, ours, theirs, tie):
    make.ConfirmationFactory(tie=tie, side="b", answered_on=TODAY() - datetime.timedelta(days=90))
    login("coordinator", theirs, "Bob")
    assert end(coordinator, ours, tie).status_code == 302
    tie.refresh_from_db()
    assert (tie.stage, tie.status, str(tie.ended)) == ("ended", "ended", "2019")
    event = TieEvent.objects.get(kind="ended")
    assert event.note_en == "Se despidieron como amigos."
    assert (event.private_note, event.entered_by) == ("El cabildo", "a")
    assert Evidence.objects.get().event == event
    assert Confirmation.objects.get(side="a").answer == "ended"
    (mail,) = OutgoingMail.objects.filter(purpose="tie-ended")
    assert "Se despidieron como amigos." in mail.text and mail.language == "en"
    public = coordinator.get(tie.get_absolute_url())
    assert public.status_code == 200 and "El cabildo" not in text(public)


def test_the_other_side_may_disagree_once_and_then_it_is_disputed(coordinator, ours, theirs, tie):
    end(coordinator, ours, tie)
    bob = login("coordinator", theirs, "Bob")
    url = at("tie-disagree", theirs, tie.pk)
    assert url in text(bob.get(at("tie", theirs, tie.pk)))
    assert bob.post(url, filled(bob.get(url), text="We still meet.")).status_code == 302
    tie.refresh_from_db()
    assert (tie.reciprocity, tie.stage) == ("disputed", "ended")
    assert Correction.objects.get().text == "We still meet."
    assert url not in text(bob.get(at("tie", theirs, tie.pk)))


def test_who_ended_a_tie_cannot_disagree_with_it(coordinator, ours, tie):
    end(coordinator, ours, tie)
    url = at("tie-disagree", ours, tie.pk)
    response = coordinator.post(url, filled(coordinator.get(url), text="Ya no"))
    assert response.status_code == 200 and not Correction.objects.exists()


def test_a_tie_cannot_end_before_it_began_nor_twice(coordinator, ours, tie):
    url = at("tie-end", ours, tie.pk)
    early = coordinator.post(url, filled(coordinator.get(url), decided_by="X", date="1968"))
    assert "A tie cannot end before it began." in text(early)
    end(coordinator, ours, tie)
    assert coordinator.get(url).status_code == 404
    assert TieEvent.objects.filter(kind="ended").count() == 1


# Who may come in

PAGES = {
    "tie": ("viewer", "get"),
    "tie-history": ("viewer", "get"),
    "tie-confirm": ("editor", "both"),
    "tie-add-event": ("editor", "both"),
    "tie-add-evidence": ("editor", "both"),
    "tie-change": ("editor", "both"),
    "tie-end": ("coordinator", "both"),
}
ROLES = ["viewer", "editor", "coordinator"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_for_its_role_and_those_above(ours, tie, name, role):
    client, needed = login(role, ours), PAGES[name][0]
    allowed = ROLES.index(role) >= ROLES.index(needed)
    assert client.get(at(name, ours, tie.pk)).status_code == (200 if allowed else 403)
    if PAGES[name][1] == "both" and not allowed:
        assert client.post(at(name, ours, tie.pk), {"answer": "alive"}).status_code == 403
    assert not Confirmation.objects.exists() and TieEvent.objects.count() == 1


@pytest.mark.parametrize("name", [*PAGES, "tie-disagree", "tie-sent", "tie-kind", "tie-send-again"])
def test_the_tie_of_others_is_not_found_just_like_one_that_does_not_exist(coordinator, ours, name):
    foreign = signed_tie(make.CityFactory(), make.CityFactory(american=True))
    for number in (foreign.pk, 999_999):
        assert coordinator.get(at(name, ours, number)).status_code == 404
        assert coordinator.post(at(name, ours, number), {}).status_code == 404


@pytest.mark.parametrize("kind", ["event", "evidence"])
def test_rows_of_another_tie_are_not_found_below_our_own(coordinator, ours, tie, kind):
    foreign = make.TieFactory()
    factory = make.TieEventFactory if kind == "event" else make.EvidenceFactory
    row = factory(tie=foreign, entered_by="a")
    for page in (f"tie-{kind}", f"tie-{kind}-withdraw"):
        assert coordinator.get(at(page, ours, tie.pk, row.pk)).status_code == 404
        assert coordinator.post(at(page, ours, tie.pk, row.pk), {}).status_code == 404
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_refused_tie_is_gone_from_the_desk(coordinator, ours, tie):
    Tie.objects.filter(pk=tie.pk).update(review=Tie.Review.REJECTED)
    assert coordinator.get(at("tie", ours, tie.pk)).status_code == 404
