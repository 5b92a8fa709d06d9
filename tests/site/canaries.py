"""Words that stand in every private place of the registry and must never come out of it.

`plant` fills the private columns of every row with words of its own, and adds objects that the
national office has not published. What may be public is a white list: a new column is private
until it is named here.
"""

import datetime
from collections.abc import Iterator

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Field, JSONField, Model, TextField
from django.db.models.fields import CharField

from committees.models import City, Committee, Office, OfficeTerm, Person
from relationships.models import Activity, Donation, Exchange, Programme, Tie
from sistercities.models import FoldedField, User
from sistercities.partialdates import PartialDateField
from tests import factories

FLOORS = ("sistercities", "committees", "relationships")
MARK = "zqx"
"""Every planted word begins with it; nothing of the demo registry contains it."""

DAY = datetime.date(2093, 7, 19)
"""Stands in private dates; nothing else happens in 2093."""

PUBLIC = {
    "Region": {"country", "code", "geonames_code", "name", "name_es", "name_en", "abbreviation"},
    "City": {
        *("name", "slug", "country", "government", "official_site", "wikidata_id"),
        *("about", "about_es", "about_en", "about_source"),
    },
    "CityName": {"name", "language"},
    "Committee": {
        *("name", "short_name", "slug", "country", "about", "about_es", "about_en"),
        *("mission", "mission_es", "mission_en", "meetings", "meetings_es", "meetings_en"),
        *("contact_role", "contact_role_es", "contact_role_en"),
        *("public_email", "public_phone", "website"),
    },
    "News": {"title", "title_es", "title_en", "text", "text_es", "text_en"},
    "Photo": {"description", "description_es", "description_en"},
    "Document": {"title", "title_es", "title_en"},
    "Meeting": {"place", "text", "text_es", "text_en"},
    "SisterText": {"text", "text_es", "text_en", "official_site"},
    "Person": {"name"},  # of those only who agreed: see _hide_names
    "Office": {"code", "name", "name_es", "name_en"},
    "Tie": {
        *("fields", "fields_es", "fields_en", "signatories", "signatories_es", "signatories_en"),
        *("term", "term_es", "term_en", "summary", "summary_es", "summary_en"),
        "override_reason",
    },
    "TieEvent": {"date_text", "place", "note", "note_es", "note_en"},
    "Evidence": {"title", "url"},
    "Statement": {"source", "source_ref", "kind_text", "date_text"},
    "Exchange": {
        *("title", "title_es", "title_en", "slug", "place", "currency"),
        *("summary", "summary_es", "summary_en", "results", "results_es", "results_en"),
    },
    "Donation": {
        *("currency", "estimated_by", "quantity", "description", "description_es"),
        *("description_en", "emergency", "emergency_es", "emergency_en"),
    },
    "Programme": {"summary", "summary_es", "summary_en"},
    "Activity": {"title", "title_es", "title_en"},
}
PRIVATE_DATES = {"Membership": ("dues_paid_until",)}
MACHINERY = {
    "Address",
    "CacheEntry",
    "RegistryVersion",
    "SearchName",
    "SearchTail",
    "Tally",
}
"""Tables without words of people: addresses, counts, search keys (folded public names)."""


def plant() -> None:
    """Hide a word in every private place. Call it on the loaded demo registry."""
    author = factories.UserFactory(name=f"{MARK}author", email=f"{MARK}author@example.org")
    _add_what_is_not_published(author)
    for committee in Committee.objects.public():
        factories.MembershipFactory(committee=committee)
    for model in _models():
        _fill(model)
    _hide_names()


def _models() -> Iterator[type[Model]]:
    for floor in FLOORS:
        for model in apps.get_app_config(floor).get_models():
            if model.__name__ not in MACHINERY and model is not User:
                yield model


def private_fields(model: type[Model]) -> list[Field]:
    """The columns of free text that no visitor may see."""
    public = PUBLIC.get(model.__name__, set())
    derived = set(getattr(model, "DERIVED", ()))
    if model.__name__.startswith("Historical"):
        return [model._meta.get_field("history_change_reason")]
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField)
        and not isinstance(field, FoldedField | PartialDateField)
        and not field.choices
        and field.name not in public | derived
    ]


def _fill(model: type[Model]) -> None:
    """Write a word of its own into every private column of every row."""
    dates = PRIVATE_DATES.get(model.__name__, ())
    fields = private_fields(model)
    names = [field.name for field in fields]
    if not names and not dates:
        return
    rows = list(model.objects.all())
    for row in rows:
        for field in fields:
            word = f"{MARK}{model.__name__}{field.name}{row.pk}"
            if isinstance(field, JSONField):
                setattr(row, field.name, {"said": word})
            elif field.name == "email":
                setattr(row, field.name, f"{word}@example.org")
            else:
                setattr(row, field.name, word[: field.max_length])
        for name in dates:
            setattr(row, name, DAY)
    model.objects.bulk_update(rows, [*names, *dates])


def _hide_names() -> None:
    """Give everyone who did not agree to be named a name that must not be seen."""
    people = list(Person.objects.exclude(pk__in=Person.objects.public().values("pk")))
    for person in people:
        person.name = f"{MARK}person{person.pk}"
    Person.objects.bulk_update(people, ["name"])


def _add_what_is_not_published(author: User) -> None:
    """One of everything that waits, was refused or was merged, next to what is public."""
    city = City.objects.get(slug="gomez-palacio-dgo-mx")
    tie = Tie.objects.get(slug="gomez-palacio_south-el-monte")
    committee = Committee.objects.get(slug="south-el-monte")
    seat = Office.objects.create(
        code="seat", name_es="Vocalía", name_en="Member of the board", is_exclusive=False
    )
    for state in Tie.Review.values:
        if state == Tie.Review.PUBLISHED:
            continue
        merged = state == Tie.Review.MERGED
        hidden = factories.TieFactory(
            city_a=city,
            city_b=factories.CityFactory(american=True, name=f"{MARK} {state}", is_listed=False),
            review=state,
            summary_es=f"{MARK}tie{state}",
            summary_en=f"{MARK}tie{state}",
            signatories=f"{MARK}tie{state}",
            reviewed_by=author,
            merged_into=tie if merged else None,
        )
        body = factories.CommitteeFactory(
            name=f"{MARK} committee {state}",
            cities=[city],
            parent=committee,
            review=state,
            merged_into=committee if merged else None,
        )
        factories.OfficeTermFactory(
            committee=committee,
            office=seat,
            person=factories.PersonFactory(name=f"{MARK}holder{state}"),
        )
        Programme.objects.create(
            committee=body,
            year=datetime.date.today().year,
            summary_es=f"{MARK}programme",
            summary_en=f"{MARK}programme",
        )
        Programme.objects.create(
            committee=committee,
            tie=hidden,
            year=datetime.date.today().year,
            summary_es=f"{MARK}programme",
            summary_en=f"{MARK}programme",
        )
        factories.EvidenceFactory(
            tie=tie,
            title="Acta",
            file=SimpleUploadedFile(f"{MARK}.pdf", b"%PDF-1.4 " + MARK.encode()),
        )
        for where, review in ((tie, state), (hidden, Tie.Review.PUBLISHED)):
            title = f"{MARK} exchange {state} {where.pk}"
            exchange = factories.ExchangeFactory(
                tie=where, title_es=title, title_en=title, summary_es=title, review=review
            )
            factories.DonationFactory(
                tie=where,
                exchange=exchange,
                review=review,
                description_es=title,
                description_en=title,
                emergency_es=title,
                emergency_en=title,
            )
    assert Exchange.objects.filter(title_es__startswith=MARK).count() == 10
    assert Donation.objects.filter(description_es__startswith=MARK).count() == 10
    assert OfficeTerm.objects.filter(person__name__startswith=MARK).count() == 5
    for activity in Activity.objects.filter(exchange=None)[:1]:
        activity.exchange = Exchange.objects.filter(title_es__startswith=MARK).first()
        activity.save()
