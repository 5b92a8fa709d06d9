"""Words that stand in every private place of the registry and must never come out of it.

`plant` fills the private columns of every row with words of its own, and adds objects that the
national office has not published and what people write to each other. What may be public is a
white list, docs/public_fields.csv: a column without a class fails the build.
"""

import csv
import datetime
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Field, JSONField, Model, TextField
from django.db.models.fields import CharField, EmailField

from committees.models import (
    City,
    Committee,
    Invitation,
    MemberImport,
    MemberImportRow,
    Office,
    OfficeTerm,
    Person,
)
from relationships.models import Activity, Donation, Exchange, Objection, Programme, Tie, TieEdit
from sistercities.models import (
    Draft,
    FoldedField,
    FormReceipt,
    MailRefusal,
    UsedLink,
    User,
)
from sistercities.partialdates import PartialDateField
from tests import advicefactories, factories, mailfactories, page_factories

FLOORS = ("sistercities", "committees", "relationships")
MARK = "zqxkw"
"""Every planted word begins with it; nothing of the demo registry contains it."""

DAY = datetime.date(2093, 7, 19)
"""Stands in private dates; nothing else happens in 2093."""

CLASSES = {"public", "committee", "staff", "secret"}
FILE = Path(settings.BASE_DIR) / "docs" / "public_fields.csv"
"""Who may see each column: everyone (where its row is public, and a person agreed), the desks that
it concerns, the national office, or nobody."""


def classes() -> dict[str, dict[str, str]]:
    """The class of each column, by model."""
    found: dict[str, dict[str, str]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["model"], {})[row["field"]] = row["class"]
    return found


@lru_cache(maxsize=1)
def public_columns() -> dict[str, set[str]]:
    """The columns that public pages may show, by model."""
    return {
        model: {name for name, kind in fields.items() if kind == "public"}
        for model, fields in classes().items()
    }


PRIVATE_DATES = {"Membership": ("dues_paid_until",)}
MACHINERY = {
    "Address",
    "CacheEntry",
    "Knock",
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
    _add_what_people_write(author)
    for committee in Committee.objects.public():
        factories.MembershipFactory(committee=committee)
    for model in _models():
        fill(model)
    _hide_users()
    _hide_names()


def _models() -> Iterator[type[Model]]:
    for floor in FLOORS:
        for model in apps.get_app_config(floor).get_models():
            if model.__name__ not in MACHINERY and model is not User:
                yield model


def private_fields(model: type[Model]) -> list[Field]:
    """The columns of free text that no visitor may see."""
    public = public_columns().get(model.__name__, set())
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


def is_told(field: Field, row: Model) -> bool:
    """Whether a private column is public in this row: a public file comes under its own name, and
    its page says what it hashes to."""
    return field.name in ("file_name", "sha256") and getattr(row, "is_public", False)


def word_for(field: Field, row: Model, mark: str):
    """A value of its own for a column of a row."""
    word = f"{mark}{type(row).__name__}{field.name}{row.pk}"
    if isinstance(field, JSONField):
        return {"fields_es" if isinstance(row, TieEdit) else "said": word}  # a fact of its tie
    if isinstance(field, EmailField):
        return f"{word}@example.org"
    if field.max_length and field.max_length < len(word):
        return f"{mark}{row.pk}"[: field.max_length]
    return word


def fill(model: type[Model], mark: str = MARK) -> None:
    """Write a word of its own into every private column of every row."""
    dates = PRIVATE_DATES.get(model.__name__, ())
    fields = private_fields(model)
    names = [field.name for field in fields]
    if not names and not dates:
        return
    rows = list(model._base_manager.all())
    for row in rows:
        for field in fields:
            if is_told(field, row):
                continue
            setattr(row, field.name, word_for(field, row, mark))
        for name in dates:
            setattr(row, name, DAY)
    model._base_manager.bulk_update(rows, [*names, *dates])


def _hide_users() -> None:
    """Nobody's login is public."""
    users = list(User.objects.all())
    for user in users:
        user.email, user.name = f"{MARK}user{user.pk}@example.org", f"{MARK}user{user.pk}"
    User.objects.bulk_update(users, ["email", "name"])


def _hide_names() -> None:
    """Give everyone who did not agree to be named a name that must not be seen."""
    people = list(Person.objects.exclude(pk__in=Person.objects.public().values("pk")))
    for person in people:
        person.name = f"{MARK}person{person.pk}"
    Person.objects.bulk_update(people, ["name"])


def _add_what_people_write(author: User) -> None:
    """One of everything that committees, visitors and the office write to each other."""
    committee = Committee.objects.get(slug="south-el-monte")
    ours = {"committee": committee}
    tie = Tie.objects.get(slug="gomez-palacio_south-el-monte")
    factories.JoinRequestFactory(**ours)
    mailfactories.MessageFactory(thread=mailfactories.ThreadFactory(**ours))
    asked = advicefactories.AdviceRequestFactory(asked_by=author, **ours)
    advicefactories.AdviceMessageFactory(request=asked)
    hidden = advicefactories.GuideFactory(title_es=f"{MARK}guide", review="submitted")
    advicefactories.GuideFileFactory(guide=hidden, description_es=f"{MARK}file")
    mailfactories.OutgoingMailFactory()
    mailfactories.OutgoingMailFactory(refusable=True)
    mailfactories.SideContactFactory(tie=tie)
    mailfactories.CorrectionFactory(tie=tie, inquiry=mailfactories.InquiryFactory(tie=tie))
    Objection.objects.create(side="b", exchange=Exchange.objects.public().first(), told_by=author)
    person = factories.PersonFactory()
    Invitation.objects.create(email="x@example.org", person=person, invited_by=author, **ours)
    plan = MemberImport.objects.create(seen="x", by=author, **ours)
    MemberImportRow.objects.create(batch=plan, number=1, verdict="new")
    Draft.objects.create(owner=committee.pk, kind="tie-proposal", title="x", changed_by=author)
    FormReceipt.objects.create(nonce="x", user=author)
    UsedLink.objects.create(fingerprint="x", purpose="confirm")
    MailRefusal.objects.create(recipient="x", kind="campaign")
    page_factories.AttachmentFactory(owner=committee.pk, document=True)
    page_factories.DocumentFactory(is_public=False, title_es=f"{MARK}paper", **ours)
    page_factories.NewsFactory(is_public=False, title_es=f"{MARK}news", **ours)
    page_factories.PhotoFactory(is_public=False, description_es=f"{MARK}photo", **ours)


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
