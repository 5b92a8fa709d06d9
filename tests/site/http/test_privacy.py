"""Nothing private comes out on any page."""

import re

import pytest
from django.test import Client

from committees.models import Person
from tests.site import canaries, crawling, pages

pytestmark = pytest.mark.django_db


def _silent():
    return Person.objects.exclude(pk__in=Person.objects.public().values("pk"))


def test_the_words_are_really_hidden_in_the_registry():
    fields = {
        f"{model.__name__}.{field.name}"
        for model in canaries._models()
        for field in canaries.private_fields(model)
    }
    assert {
        "Person.email",
        "Person.phone",
        "Person.notes",
        "TieEvent.private_note",
        "Confirmation.note",
        "Statement.verbatim",
        "Evidence.file_name",
        "ImportRow.raw",
        "JoinRequest.why",
        "Thread.email",
        "Message.text",
        "Draft.data",
        "Attachment.file_name",
        "Inquiry.to",
        "SideContact.email",
        "Correction.text",
        "Objection.text",
        "OutgoingMail.text",
        "Invitation.email",
        "HistoricalTie.history_change_reason",
    } <= fields
    assert _silent().filter(name__startswith=canaries.MARK).count() >= 15
    assert Person.objects.exclude(email__startswith=canaries.MARK).count() == 0


CHANCE = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')
"""Letters drawn at random, thousands of them: they have spelt the word already."""


def test_no_private_word_is_on_any_page(site):
    bodies = {one.url: CHANCE.sub("", one.body).lower() for one in site.answers.values()}
    seen = {
        url: body[place - 80 : place + 60]
        for url, body in bodies.items()
        if (place := body.find(canaries.MARK)) >= 0
    }
    assert seen == {}


def test_no_private_word_is_in_any_header(site):
    seen = {url: one.headers for url, one in site.answers.items() if hidden(str(one.headers))}
    assert seen == {}


def hidden(text: str) -> bool:
    return canaries.MARK in text.lower()


def test_who_logs_in_without_an_office_there_sees_no_more(db):
    from tests.factories import CommitteeFactory, UserFactory
    from tests.site.rights.houses import in_office

    for user in (UserFactory(), in_office(CommitteeFactory(), "viewer", name="VA")):
        client = Client()
        client.force_login(user)
        paths = [page.path for page in pages.pages()] + ["/es/nada/", "/en/ties/nothing/"]
        answers = [crawling.ask(client, path) for path in paths]
        assert [one.url for one in answers if hidden(one.body + str(one.headers))] == []


def test_no_private_date_is_on_any_page(site):
    year = re.compile(rf"\b{canaries.DAY.year}\b")
    assert len(site.pages) > 100
    assert [answer.url for answer in site.pages if year.search(answer.reading.text)] == []


def test_only_those_are_named_who_agreed(site):
    silent = set(_silent().values_list("name", flat=True))
    named = {person for answer in site.pages for person in silent if person in answer.body}
    assert named == set()
    agreed = Person.objects.public().values_list("name", flat=True)
    shown = {person for answer in site.pages for person in agreed if person in answer.body}
    assert len(shown) >= 3


def test_the_only_addresses_of_mail_are_published_by_committees_and_the_association(site):
    """And the association's own, on the pages about itself."""
    from committees.models import Committee
    from sistercities.association import known

    written = {one for one in site.elsewhere if one.startswith("mailto:")}
    published = Committee.objects.public().exclude(public_email="")
    theirs = {f"mailto:{mail}" for mail in published.values_list("public_email", flat=True)}
    ours = f"mailto:{known().email}"
    assert ours not in theirs
    assert written == theirs | {ours}
    about_us = {
        page.path
        for page in pages.html_pages()
        if page.name in ("public:about", "public:how-to-twin", "public:privacy")
    }
    assert {one.url for one in site.pages if ours in one.reading.links()} == about_us
