"""Nothing private of a committee reaches another, nor anybody who has no desk, nor their mail."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from committees import messaging
from committees.models import Committee, Person
from relationships.models import Inquiry
from sistercities.models import OutgoingMail
from tests import factories as make
from tests import mailfactories as mails
from tests.site import canaries
from tests.site.rights import table
from tests.site.rights.houses import House, Role, in_office, session_of

pytestmark = pytest.mark.django_db

CODES = {
    *("kind", "purpose", "period", "about", "language", "owner", "unsubscribe", "seen", "data"),
    *(
        "password",
        "fingerprint",
        "file",
        "thumb",
        "recipient",
        "nonce",
        "message_id",
        "taken_by",
        "counts",
    ),
}
"""Columns that programs read; a word in them would take the row out of reach."""
C, D = f"{canaries.MARK}c", f"{canaries.MARK}d"
ROWS = ("sistercities", "committees", "relationships")


def mark(house: House, word: str, known: dict) -> None:
    """Put words into every private column of the rows that came since `known`."""
    for model, rows in new_rows(known).items():
        fields = [one for one in canaries.private_fields(model) if one.name not in CODES]
        for row in rows:
            for field in fields:
                if not canaries.is_told(field, row):
                    setattr(row, field.name, canaries.word_for(field, row, word))
        if fields and rows:
            model._base_manager.bulk_update(rows, [one.name for one in fields])
    named = Person.objects.public().values_list("pk", flat=True)
    for person in new_rows(known)[Person]:
        if person.pk not in set(named):
            Person.objects.filter(pk=person.pk).update(name=f"{word}person{person.pk}")


def new_rows(known: dict) -> dict:
    return {
        model: list(model._base_manager.exclude(pk__in=known.get(model, ())))
        for floor in ROWS
        for model in apps.get_app_config(floor).get_models()
        if model.__name__ not in canaries.MACHINERY
    }


def pks() -> dict:
    return {
        model: list(model._base_manager.values_list("pk", flat=True))
        for floor in ROWS
        for model in apps.get_app_config(floor).get_models()
        if model.__name__ not in canaries.MACHINERY
    }


def furnish(house: House) -> None:
    """What a house has besides, of which no page hangs."""
    mails.OutgoingMailFactory(to=house.coordinator.email)
    mails.CorrectionFactory(tie=house.tie, inquiry=Inquiry.objects.filter(tie=house.tie).first())
    make.ConfirmationFactory(tie=house.tie)
    make.StatementFactory(tie=house.tie)


@pytest.fixture(scope="module")
def neighbours(village, django_db_blocker):
    """Two more houses, full of words; C's begin with C, D's with D."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        houses = {}
        for name, country in (("c", "MX"), ("d", "US")):
            known = pks()
            houses[name] = House(name.upper(), country=country)
            furnish(houses[name])
            mark(houses[name], f"{canaries.MARK}{name}", known)
            houses[name].coordinator.refresh_from_db()
        yield houses
        transaction.set_rollback(True)


def browser(user) -> Client:
    client = Client()
    if user is not None:
        from django.conf import settings

        client.cookies[settings.SESSION_COOKIE_NAME] = session_of(user)
    return client


def told(client: Client, path: str) -> str:
    """Everything that comes back: status line, headers, body."""
    response = client.get(path)
    body = response.getvalue().decode("utf-8", "replace")
    return f"{dict(response.headers)}\n{response.cookies}\n{body}".lower()


def public_paths(*houses: House):
    """Public pages of these houses in both languages, addresses without a language, and pages that
    are not there. Pages behind a signed link are for its reader."""
    signed = {"public:conversation", "public:confirm", "public:unsubscribe", "desk:invitation"}
    for address in table.addresses():
        inside = address.name.startswith(("desk:", "account", "mfa", "usersessions"))
        if inside or address.name in signed:
            continue
        for language in ("es", "en"):
            for house in houses:
                arguments = house.arguments(address.name, set(address.converters), language)
                yield address.path(arguments, language)
    yield from ("/es/nada/", "/en/ties/nothing/", "/files/none/", "/sitemap-committees-1.xml")


def desk_paths(*houses: House):
    """Every page of these desks, own pages, and those of accounts."""
    for address in table.addresses():
        if address.name.startswith(("desk:", "account", "mfa", "usersessions")):
            if address.name in ("account_logout", "desk:invitation"):
                continue
            for house in houses:
                yield address.path(house.arguments(address.name, set(address.converters)), "en")


def test_the_words_are_really_there(neighbours):
    client = browser(neighbours["c"].coordinator)
    said = " ".join(told(client, path) for path in desk_paths(neighbours["c"]))
    seen = ("person", "membership", "joinrequest", "thread", "message", "draft")
    assert {one for one in seen if f"{C}{one}" not in said} == set()
    assert D not in said


@pytest.mark.parametrize("who", ["ANON", "OUT", "VA of C", "CA of C"])
def test_no_private_word_is_for_strangers(neighbours, who):
    c, d = neighbours["c"], neighbours["d"]
    user = {
        "ANON": lambda: None,
        "OUT": make.UserFactory,
        "VA of C": lambda: in_office(c.committee, Role.VIEWER, name="VA"),
        "CA of C": lambda: c.coordinator,
    }[who]()
    client, hits = browser(user), {}
    for path in dict.fromkeys([*public_paths(c, d), *desk_paths(d)]):
        said = told(client, path)
        if (place := said.find(D)) >= 0:
            hits[path] = said[max(0, place - 60) : place + 40]
    assert hits == {}


def test_no_mail_tells_one_committee_of_another(neighbours):
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    readers = {}
    for name, house in neighbours.items():
        committee = Committee.objects.get(pk=house.committee.pk)
        thread = messaging.begin(
            committee,
            name=f"{canaries.MARK}{name}",
            email=f"{canaries.MARK}{name}@visitor.example",
            text="Hola",
            language="es",
        )
        messaging.committee_answers(thread, f"{canaries.MARK}{name} answer", by=house.coordinator)
        readers[name] = {
            *committee.terms.values_list("person__email", flat=True),
            *committee.terms.values_list("person__user__email", flat=True),
            thread.email,
        } - {None, ""}
    with override("en"):
        call_command("send_campaign", verbosity=0)
    written = OutgoingMail.objects.exclude(pk__in=before)
    assert written.count() >= 6
    wrong, seen = [], set()
    for mail in written:
        for name, other in (("c", "d"), ("d", "c")):
            if mail.to in {one.lower() for one in readers[name]}:
                seen.add(name)
                if (
                    f"{canaries.MARK}{other}"
                    in f"{mail.subject}\n{mail.text}\n{mail.reply_to}".lower()
                ):
                    wrong.append((mail.purpose, mail.to))
        assert "@visitor.example" not in mail.text + mail.reply_to
    assert wrong == []
    assert seen == {"c", "d"}
