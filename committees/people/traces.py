"""Where in the database a person is: every row of every table, found by walking foreign keys and
e-mail addresses. New models are found without being named here.

A row is *about* the person (theirs to read, to be emptied when they are erased) or only tells that
the person *acted* (who recorded, who approved): of that one the person sees which row, not what
stands in it, since it is about somebody else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import Q

from committees.models import Person
from sistercities.models import User

OWN = {
    *("account.emailaddress", "mfa.authenticator", "usersessions.usersession"),
    *("sistercities.formreceipt", "sistercities.draft"),
}
"""Rows with a foreign key to a login that are the login's own."""
NOT_OWN = {("sistercities.outgoingmail", "reply_to"), ("sistercities.mailing", "reply_to")}
"""Addresses in rows that are about somebody else."""
PUBLIC = {"committees.committee", "committees.historicalcommittee"}
"""Published by a committee: not the person's row, even where their address stands in it."""


@dataclass(frozen=True)
class Whose:
    """A person, their login, and the addresses that are nobody else's."""

    person: Person | None
    user: User | None
    addresses: frozenset[str]

    @classmethod
    def of(cls, person: Person | None, user: User | None = None) -> "Whose":
        """With the login of the person, or a login without a person; former addresses too."""
        user = user or (person.user if person else None)
        former = (
            Person.history.filter(id=person.pk).values_list("email", flat=True) if person else ()
        )
        written = [*former, *(one.email for one in (person, user) if one)]
        mine = {address.strip().lower() for address in written if address}
        number = person.pk if person else 0
        shared = {
            address
            for address in mine
            if Person.objects.filter(email__iexact=address)
            .exclude(pk=number)
            .exclude(merged_into=number)
            .exists()
            or User.objects.filter(email__iexact=address)
            .exclude(pk=user.pk if user else 0)
            .exists()
        }
        return cls(person, user, frozenset(mine - shared))


@dataclass(frozen=True)
class Place:
    """A column by which rows belong to a person."""

    model: type[models.Model]
    field: str
    condition: Q
    is_about: bool = True


def places(whose: Whose) -> Iterator[Place]:
    """All columns of all tables that lead to this person at first hand."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        label = model._meta.label_lower
        for field in model._meta.concrete_fields:
            target = field.related_model if field.is_relation else None
            if target is Person and whose.person:
                yield Place(model, field.name, Q(**{field.attname: whose.person.pk}))
            elif target is User and whose.user and model is not Person:
                about = label in OWN
                yield Place(model, field.name, Q(**{field.attname: whose.user.pk}), about)
            elif isinstance(field, models.EmailField) and not _is_root(model):
                about = (label, field.name) not in NOT_OWN and label not in PUBLIC
                named = Q()
                for address in whose.addresses:
                    named |= Q(**{f"{field.name}__iexact": address})
                if named:
                    yield Place(model, field.name, named, about)
    if whose.person:
        yield Place(Person, "id", Q(pk=whose.person.pk))
        yield Place(Person.history.model, "id", Q(id=whose.person.pk))
        mail = apps.get_model("sistercities", "OutgoingMail")
        yield Place(mail, "person_key", Q(person_key=f"person-{whose.person.pk}"))
    if whose.user:
        yield Place(User, "id", Q(pk=whose.user.pk))


def _is_root(model: type[models.Model]) -> bool:
    return model in (Person, User, Person.history.model)


def rows_about(whose: Whose) -> dict[type[models.Model], set]:
    """The primary keys of the rows about a person, by model, with the rows that hang on them."""
    found: dict[type[models.Model], set] = {}
    waiting: list[tuple[type[models.Model], set]] = []
    for place in places(whose):
        if place.is_about:
            keys = set(
                place.model._base_manager.filter(place.condition).values_list("pk", flat=True)
            )
            waiting.append((place.model, keys))
    while waiting:
        model, keys = waiting.pop()
        fresh = keys - found.setdefault(model, set())
        found[model] |= fresh
        if not fresh or model in (Person, User):
            continue
        for relation in model._meta.related_objects:
            child = relation.related_model
            if child._meta.label_lower in PUBLIC or not relation.field.concrete:
                continue
            condition = {f"{relation.field.attname}__in": fresh}
            rows = child._base_manager.filter(**condition).values_list("pk", flat=True)
            waiting.append((child, set(rows)))
    return {model: keys for model, keys in found.items() if keys}


def acts_of(whose: Whose) -> Iterator[tuple[type[models.Model], str, list]]:
    """Where the person acted: model, column, primary keys."""
    about = rows_about(whose)
    for place in places(whose):
        if not place.is_about:
            rows = place.model._base_manager.filter(place.condition)
            keys = sorted(
                set(rows.values_list("pk", flat=True)) - about.get(place.model, set()), key=str
            )
            if keys:
                yield place.model, place.field, keys
