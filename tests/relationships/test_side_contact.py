"""A committee says whom to ask on the other side, and never answers for it itself."""

import pytest
from django.test import Client
from django.urls import reverse

from relationships.campaign import send_campaign
from relationships.deriving import derive
from relationships.models import SideContact
from sistercities.models import OutgoingMail
from tests import factories as make

pytestmark = pytest.mark.django_db
FILLED = {"email": "Clerk@town.example", "language": "en", "_nonce": "a" * 22}


@pytest.fixture
def tie():
    tie = make.TieFactory()
    derive([tie.pk])
    return tie


def officer(tie, role="editor"):
    """Somebody in office at a committee of the tie's first city, logged in; and the committee."""
    committee = make.CommitteeFactory(cities=[tie.city_a], public_email="box@example.org")
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
