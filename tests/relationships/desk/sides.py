"""Two committees with one tie between them, and their officers' browsers."""

import datetime
from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from committees.models import Committee
from relationships.deriving import derive
from relationships.models import Tie
from tests import factories
from tests.sending import filled


def officer(committee: Committee, role: str = "editor", **term) -> Client:
    """The browser of somebody in office since last year."""
    client = Client()
    client.user = factories.UserFactory()
    term.setdefault("begins", timezone.localdate() - datetime.timedelta(days=300))
    factories.OfficeTermFactory(
        office=factories.OfficeFactory(role=role),
        person=factories.PersonFactory(user=client.user),
        committee=committee,
        **term,
    )
    client.force_login(client.user)
    return client


@dataclass
class Pair:
    """A tie between Gómez Palacio (side "a") and South El Monte (side "b")."""

    tie: Tie
    ours: Committee
    theirs: Committee


def make_pair() -> Pair:
    """A published tie, and a committee on each side."""
    home = factories.CityFactory(name="Gómez Palacio")
    away = factories.CityFactory(name="South El Monte", country="US")
    tie = factories.TieFactory(city_a=home, city_b=away)
    factories.TieEventFactory(tie=tie)
    derive([tie.pk])
    tie.refresh_from_db()
    return Pair(
        tie=tie,
        ours=factories.CommitteeFactory(name="Comité de Gómez Palacio", cities=[home]),
        theirs=factories.CommitteeFactory(
            name="South El Monte Committee", country="US", cities=[away]
        ),
    )


def at(name: str, committee: Committee, *args, language: str = "en") -> str:
    """The address of a page of the desk."""
    with translation.override(language):
        return reverse(f"desk:{name}", args=[committee.slug, *args])


def send(client: Client, path: str, number: int = -1, **changes) -> HttpResponse:
    """Open a page and send its form with these answers."""
    return client.post(path, filled(client.get(path), number, **changes))


VISIT = {
    "title_en": "Student visit",
    "theme": "youth_education",
    "direction": "out",
    "begins": "June 3, 2024",
    "ends": "June 10, 2024",
    "travellers": "24",
    "hosts": "12",
    "youth": "20",
    "volunteers": "5",
}
GIFT = {
    "given_by": "us",
    "kind": "money",
    "amount": "1,200.50",
    "currency": "usd",
    "date": "May 2024",
}


def report(client: Client, committee: Committee, **changes) -> HttpResponse:
    """Report an exchange at a committee's desk."""
    return send(client, at("exchange-report", committee), **(VISIT | changes))


def give(client: Client, committee: Committee, **changes) -> HttpResponse:
    """Report a donation at a committee's desk."""
    return send(client, at("donation-report", committee), **(GIFT | changes))


def body(response: HttpResponse) -> str:
    """The page as text."""
    return response.content.decode()
