"""A committee says whom to ask on the other side, and never answers for it itself."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from relationships.campaign import send_campaign
from relationships.deriving import derive
from relationships.models import SideContact
from sistercities.models import OutgoingMail
from tests import factories as make
from tests.adminforms import office_browser
from tests.mailfactories import SideContactFactory

pytestmark = pytest.mark.django_db
FILLED = {"email": "Clerk@town.example", "language": "en", "_nonce": "a" * 22}


@pytest.fixture
def tie():
    tie = make.TieFactory()
    derive([tie.pk])
    return tie


def officer(tie, role="editor"):
    """Somebody in office at a committee of the tie's first city, logged in; and the committee."""
    return officer_of(tie.city_a, role)


def officer_of(city, role="editor"):
    """The same for any city."""
    committee = make.CommitteeFactory(
        cities=[city], country=city.country, public_email="box@example.org"
    )
    person = make.PersonFactory(user=make.UserFactory(), email="Own@example.org")
    office = make.OfficeFactory(role=role)
    make.OfficeTermFactory(committee=committee, office=office, person=person)
    client = Client()
    client.force_login(person.user)
    return client, committee


def page(committee, tie) -> str:
    return reverse("desk:side-contact", args=[committee.slug, tie.pk])


def test_the_address_is_kept_once_and_asked_in_the_next_campaign(tie):
    client, committee = officer(tie)
    assert client.get(page(committee, tie)).status_code == 200
    for n in range(2):
        sent = client.post(page(committee, tie), FILLED | {"_nonce": f"{n}" * 22})
        assert sent.status_code == 302
    contact = SideContact.objects.get()
    assert (contact.side, contact.email) == ("b", "clerk@town.example")
    assert contact.given_by.startswith(committee.name)
    contact.decide("approved", by=None)
    contact.save()
    send_campaign()
    assert OutgoingMail.objects.filter(to="clerk@town.example", language="en").exists()


@pytest.mark.parametrize("own", ["own@example.org", "BOX@example.org"])
def test_nobody_enters_an_own_address_for_the_other_side(tie, own):
    client, committee = officer(tie)
    response = client.post(page(committee, tie), FILLED | {"email": own})
    assert response.status_code == 200
    assert SideContact.objects.count() == 0


def test_ties_of_others_are_not_found_and_viewers_enter_nothing(tie):
    client, committee = officer(tie)
    foreign = make.TieFactory()
    derive([foreign.pk])
    assert client.get(page(committee, foreign)).status_code == 404
    assert client.post(page(committee, foreign), FILLED).status_code == 404
    other = make.CommitteeFactory(cities=[foreign.city_a])
    assert client.post(page(other, foreign), FILLED).status_code == 404
    viewer, mine = officer(tie, "viewer")
    assert viewer.post(page(mine, tie), FILLED).status_code == 403
    assert SideContact.objects.count() == 0


# The office looks at it before the first mail


@pytest.fixture
def office():
    return office_browser()


@pytest.fixture
def entered(tie):
    """A desk's browser, its committee, and the address that it entered."""
    client, committee = officer(tie)
    client.post(page(committee, tie), FILLED)
    return client, committee, SideContact.objects.get()


def decide(office, contact, action, reason=""):
    url = reverse("admin:relationships_sidecontact_changelist")
    sent = {"action": action, "_selected_action": [contact.pk], "change_reason": reason}
    response = office.post(url, sent, follow=True)
    contact.refresh_from_db()
    return response


def at_the_desk(client, committee, tie) -> str:
    with override("en"):
        url = reverse("desk:tie", args=[committee.slug, tie.pk])
    return client.get(url).content.decode()


def is_asked(contact) -> bool:
    send_campaign()
    return OutgoingMail.objects.filter(to=contact.email).exists()


def test_nobody_writes_to_an_address_that_the_office_has_not_seen(tie, entered):
    client, committee, contact = entered
    assert "clerk@town.example (waits for the office)" in at_the_desk(client, committee, tie)
    assert not is_asked(contact)


def test_the_office_finds_it_in_its_queue_and_approves_it(tie, entered, office):
    client, committee, contact = entered
    url = reverse("admin:relationships_sidecontact_changelist")
    assert contact.email in office.get(url, {"decision": "waiting"}).content.decode()
    decide(office, contact, "approve", "Es la dirección de su ayuntamiento")
    assert contact.email not in office.get(url, {"decision": "waiting"}).content.decode()
    assert contact.decided_by.is_staff and contact.decided_at
    history = contact.history.first()
    assert history.history_change_reason == "Es la dirección de su ayuntamiento"
    assert "waits for the office" not in at_the_desk(client, committee, tie)
    assert is_asked(contact)


def test_a_refusal_has_a_reason_that_the_desk_reads(tie, entered, office):
    client, committee, contact = entered
    decide(office, contact, "refuse", "  ")
    assert contact.decision == ""
    decide(office, contact, "refuse", "Dirección privada")
    assert "Dirección privada" in at_the_desk(client, committee, tie)
    again = client.post(page(committee, tie), FILLED | {"_nonce": "b" * 22})
    assert again.status_code == 200 and "Dirección privada" in again.content.decode()
    assert not is_asked(contact)


def test_an_address_that_was_stopped_waits_again_when_a_desk_enters_it_again(tie, entered, office):
    client, committee, contact = entered
    decide(office, contact, "approve")
    contact.stopped_on = "2026-01-01"
    contact.save()
    client.post(page(committee, tie), FILLED | {"_nonce": "c" * 22})
    contact.refresh_from_db()
    assert (contact.stopped_on, contact.decision, contact.decided_by) == (None, "", None)


def test_what_the_office_enters_itself_is_approved(tie, office):
    url = reverse("admin:relationships_sidecontact_add")
    sent = {"tie": tie.pk, "side": "b", "email": "x@town.example", "language": "en"}
    response = office.post(url, sent | {"given_by": "Oficina", "change_reason": "Llamada"})
    assert response.status_code == 302, response.content.decode()
    contact = SideContact.objects.get()
    assert contact.decision == "approved" and contact.decided_by.is_staff


def test_who_may_only_look_decides_nothing(tie, entered):
    _client, _committee, contact = entered
    reader = make.UserFactory(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_sidecontact"))
    office = Client()
    office.force_login(reader)
    decide(office, contact, "approve")
    assert contact.decision == ""


def test_what_stood_there_before_is_approved_only_when_the_office_entered_it(tie, entered):
    _client, _committee, by_desk = entered
    by_staff = SideContactFactory(tie=tie, decision="")
    by_staff.history.update(history_user=make.UserFactory(staff=True))
    by_command = SideContactFactory(tie=tie, decision="")
    migration = import_module("relationships.migrations.0006_approve_contacts_of_sides")
    migration.approve_those_of_the_office(apps, None)
    found = dict(SideContact.objects.values_list("pk", "decision"))
    assert found == {by_desk.pk: "", by_staff.pk: "approved", by_command.pk: "approved"}


def test_only_the_desk_that_entered_an_address_reads_it(tie, entered):
    client, committee, contact = entered
    assert contact.email in at_the_desk(client, committee, tie)
    for colleagues in (officer(tie), officer_of(tie.city_b)):
        assert contact.email not in at_the_desk(*colleagues, tie)
