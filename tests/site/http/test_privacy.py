"""Nothing private comes out on any page."""

import pytest

from committees.models import Person
from tests.site import canaries

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
        "HistoricalTie.history_change_reason",
    } <= fields
    assert _silent().filter(name__startswith=canaries.MARK).count() >= 15
    assert Person.objects.exclude(email__startswith=canaries.MARK).count() == 0


def test_no_private_word_is_on_any_page(site):
    seen = {
        answer.url: answer.body[place - 80 : place + 60]
        for answer in site.answers.values()
        if (place := answer.body.lower().find(canaries.MARK)) >= 0
    }
    assert seen == {}


def test_no_private_date_is_on_any_page(site):
    year = str(canaries.DAY.year)
    seen = [answer.url for answer in site.pages if year in answer.reading.text.split()]
    assert seen == []


def test_only_those_are_named_who_agreed(site):
    silent = set(_silent().values_list("name", flat=True))
    named = {person for answer in site.pages for person in silent if person in answer.body}
    assert named == set()
    agreed = Person.objects.public().values_list("name", flat=True)
    shown = {person for answer in site.pages for person in agreed if person in answer.body}
    assert len(shown) >= 3


def test_the_only_addresses_of_mail_are_those_that_committees_publish(site):
    from committees.models import Committee

    written = {one for one in site.elsewhere if one.startswith("mailto:")}
    published = Committee.objects.public().exclude(public_email="")
    assert written == {
        f"mailto:{mail}" for mail in published.values_list("public_email", flat=True)
    }
