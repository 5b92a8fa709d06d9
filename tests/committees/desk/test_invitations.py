"""Invitations: the only way to a login, once, for thirty days."""

import datetime
import re

import pytest
from django.contrib.auth import get_user
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from committees.invitations import CannotInvite, invite, withdraw
from committees.models import Invitation, Person
from sistercities.models import OutgoingMail, User
from tests.factories import (
    CommitteeFactory,
    OfficeFactory,
    OfficeTermFactory,
    PersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return CommitteeFactory(name="Friends of South El Monte", country="US")


@pytest.fixture
def person(committee):
    """An editor to be, without a login."""
    person = PersonFactory(name="Eva", email="Eva@Example.org")
    begins = timezone.localdate()
    OfficeTermFactory(
        office=OfficeFactory(role="editor"), person=person, committee=committee, begins=begins
    )
    return person


def path_in(mail: OutgoingMail, language: str = "en") -> str:
    """The address behind the link of a mail."""
    return re.search(rf"http://testserver(/{language}/\S+)", mail.text).group(1)


def age(invitation: Invitation, days: int) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(
        created_at=timezone.now() - datetime.timedelta(days=days)
    )


def test_an_invitation_is_written_in_the_committees_language_first(person, committee):
    invite(person, committee, UserFactory(name="Mary"))
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language) == ("eva@example.org", "en")
    assert "Friends of South El Monte" in mail.subject
    assert mail.text.index("/en/") < mail.text.index("/es/")
    assert "Mary" in mail.text


def test_the_button_makes_the_login_and_lets_in(person, committee, client):
    invite(person, committee, UserFactory())
    path = path_in(OutgoingMail.objects.get())
    page = client.get(path)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert not User.objects.filter(email="eva@example.org").exists()
    response = client.post(path)
    person.refresh_from_db()
    assert (response.status_code, person.user.email) == (302, "eva@example.org")
    assert get_user(client) == person.user
    welcome = client.get(response.url).content.decode()
    assert "Set a password" in welcome and f"/{committee.slug}/" in welcome
    assert client.get(f"/en/my-committee/{committee.slug}/").status_code == 200
    assert person.user.emailaddress_set.get().verified


def test_looking_at_the_link_changes_nothing(person, committee, client):
    invite(person, committee, UserFactory())
    path = path_in(OutgoingMail.objects.get())
    for _time in range(20):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert Invitation.objects.open().count() == 1
    assert Person.objects.get(pk=person.pk).user is None


def test_a_used_link_lets_nobody_in_again(person, committee):
    invite(person, committee, UserFactory())
    path = path_in(OutgoingMail.objects.get())
    Client().post(path)
    stranger = Client()
    for response in (stranger.get(path), stranger.post(path)):
        assert response.status_code == 410
    assert get_user(stranger).is_anonymous


def test_an_old_wrong_or_withdrawn_link_says_why_and_does_nothing(person, committee, client):
    invitation = invite(person, committee, UserFactory())
    path = path_in(OutgoingMail.objects.get())
    assert client.post(path[:-3] + "xx/").status_code == 404
    age(invitation, 31)
    assert client.post(path).status_code == 410
    age(invitation, 1)
    withdraw(person)
    assert client.post(path).status_code == 410
    assert not User.objects.filter(email="eva@example.org").exists()


def test_a_new_invitation_takes_the_place_of_the_one_before(person, committee, client):
    invite(person, committee, UserFactory())
    invite(person, committee, UserFactory())
    first, second = OutgoingMail.objects.order_by("pk")
    assert client.post(path_in(first)).status_code == 410
    assert client.post(path_in(second)).status_code == 302


def test_the_database_holds_one_open_invitation_per_person(person, committee):
    invitation = invite(person, committee, UserFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            email="x@example.org",
            committee=committee,
            person=person,
            invited_by=invitation.invited_by,
        )


def test_somebody_who_has_a_login_elsewhere_keeps_it(person, committee, client):
    known = UserFactory(email="eva@example.org")
    invite(person, committee, UserFactory())
    client.post(path_in(OutgoingMail.objects.get()))
    person.refresh_from_db()
    assert person.user == known
    assert known.check_password("long enough a password")


def test_an_address_of_somebody_else_is_refused_and_can_be_tried_again(person, committee, client):
    other = PersonFactory(user=UserFactory(email="eva@example.org"))
    invite(person, committee, UserFactory())
    path = path_in(OutgoingMail.objects.get())
    assert client.post(path).status_code == 409
    assert Person.objects.get(pk=person.pk).user is None
    other.user = None
    other.save()
    assert client.post(path).status_code == 302


def test_accepting_ends_the_login_of_another_person_in_this_browser(person, committee, client):
    client.force_login(UserFactory())
    invite(person, committee, UserFactory())
    client.post(path_in(OutgoingMail.objects.get()))
    assert get_user(client).email == "eva@example.org"


def test_who_cannot_be_invited_is_said_in_a_sentence(committee):
    with override("en"), pytest.raises(CannotInvite, match="e-mail"):
        invite(PersonFactory(email=""), committee, UserFactory())
    with override("en"), pytest.raises(CannotInvite, match="login"):
        invite(PersonFactory(user=UserFactory()), committee, UserFactory())
    assert not OutgoingMail.objects.exists()
