"""Addresses that belong to their objects, histories that have a beginning, currencies that there
are, files that are what they were when they came in."""

import hashlib

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Concat, Replace

from committees.models import City, CityName, Committee
from relationships.checking.constraints import our_models
from relationships.checking.difference import Difference, Differences, name_of
from relationships.models import Donation, Exchange, ImportBatch, Tie
from relationships.models.tie import CONNECTORS
from sistercities.currencies import currency_codes
from sistercities.editing.orphans import named_files, walk
from sistercities.models import Address, Attachment, StoredFile

LISTED_AT_ONCE = 5000


def lost_addresses() -> Differences:
    """Pages whose slug is not kept as theirs: it could be given away, or already was."""
    for model in (City, Committee, Exchange):
        yield from _lost(model.objects.annotate(address=F("slug")), name_of(model))
    for language, word in CONNECTORS.items():
        joined = Replace("slug", Value("_"), Concat(Value("-"), Value(word), Value("-")))
        for found in _lost(Tie.objects.exclude(slug="").annotate(address=joined), "tie"):
            yield found._replace(what=f"{found.what} ({language})")


def _lost(rows: models.QuerySet, subject: str) -> Differences:
    own = Address.objects.filter(
        subject=subject, slug=OuterRef("address"), object_id=OuterRef("pk")
    )
    lost = rows.exclude(Exists(own)).order_by("pk").values_list("pk", "address")
    for pk, slug in lost.iterator(LISTED_AT_ONCE):
        owner = Address.owner(subject, slug)
        whose = f"belongs to {subject} {owner}" if owner else "is not kept as an address"
        yield Difference(subject, pk, f"the slug {slug!r} {whose}")


def missing_histories() -> Differences:
    """Objects without a history. Names from the gazetteer have none of their own, and what an
    import took in is traced by its batch."""
    for model in our_models():
        if not hasattr(model, "history"):
            continue
        rows = model._base_manager.all()
        if model is CityName:
            rows = rows.filter(kind__in=(CityName.Kind.FORMER, CityName.Kind.ALIAS))
        if any(field.name == "batch" for field in model._meta.concrete_fields):
            rows = rows.filter(batch=None)
        known = model.history.model.objects.filter(**{model._meta.pk.attname: OuterRef("pk")})
        without = rows.filter(~Exists(known)).order_by("pk").values_list("pk", flat=True)
        for pk in without.iterator(LISTED_AT_ONCE):
            yield Difference(name_of(model), pk, "has no history")


def unknown_currencies() -> Differences:
    """Amounts in money that is none."""
    for model in (Exchange, Donation):
        rows = model._base_manager.exclude(currency="").exclude(currency__in=currency_codes())
        for pk, code in rows.order_by("pk").values_list("pk", "currency").iterator(LISTED_AT_ONCE):
            yield Difference(name_of(model), pk, f"{code!r} is not the code of a currency")


def changed_files() -> Differences:
    """Files that are missing, have another size or fingerprint, or that nobody knows."""
    for model in our_models():
        if not issubclass(model, StoredFile):
            continue
        rows = model._base_manager.exclude(file="").order_by("pk")
        for row in rows.only("pk", "file", "file_size", "sha256").iterator(LISTED_AT_ONCE):
            if what := _wrong_with(row):
                yield Difference(name_of(model), row.pk, what)
    for model, column, what in (
        (Attachment, "thumb", "small picture"),
        (ImportBatch, "file", "list"),
    ):
        rows = model.objects.exclude(**{column: ""}).order_by("pk")
        for pk, name in rows.values_list("pk", column):
            if not default_storage.exists(name):
                yield Difference(name_of(model), pk, f"the {what} {name} cannot be read")
    known = named_files()
    for name in walk(default_storage):
        if name not in known:
            yield Difference("file", None, f"file {name}: belongs to nothing")


def _wrong_with(row: StoredFile) -> str:
    try:
        size, digest = 0, hashlib.sha256()
        with row.file.storage.open(row.file.name) as file:
            for chunk in file.chunks():
                size += len(chunk)
                digest.update(chunk)
    except OSError:
        return f"the file {row.file.name} cannot be read"
    if size != row.file_size:
        return f"the file {row.file.name} has {size} bytes, should have {row.file_size}"
    if digest.hexdigest() != row.sha256:
        return f"the file {row.file.name} is not the one whose SHA-256 is kept"
    return ""
