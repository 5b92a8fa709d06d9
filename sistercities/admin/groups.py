"""Who of the office may do what: three groups, declared in code and kept in step with it.

Every floor says in its `admin/groups.py` what a group may do with its models:

    grant(REVIEWER, Tie, "view", "change")

A right is one of Django's four, or a permission that the model's Meta names. Whoever may do
everything (is_superuser) stands above all groups.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sistercities.models import Address, Duplicate, Mailing, Merge, OutgoingMail, User

Codename = tuple[str, str]


@dataclass(frozen=True)
class StaffGroup:
    """A group of the office. `name` is its name in the database, `title` the one people read."""

    name: str
    title: Any
    sentence: Any


REVIEWER = StaffGroup(
    "reviewer",
    pgettext_lazy("group of the office", "Reviewer"),
    _("Reads everything that is not secret; reviews what desks and visitors send."),
)
REGISTRAR = StaffGroup(
    "registrar",
    pgettext_lazy("group of the office", "Registrar"),
    _("Keeps cities, committees, people and ties; imports lists and merges what is there twice."),
)
TREASURER = StaffGroup(
    "treasurer",
    pgettext_lazy("group of the office", "Treasurer"),
    _("Keeps the committees' membership, their dues and payments; reads the committees."),
)
GROUPS = {group.name: group for group in (REVIEWER, REGISTRAR, TREASURER)}

_granted: dict[str, set[Codename]] = defaultdict(set)


def grant(group: StaffGroup, model: type[models.Model], *rights: str) -> None:
    """Say what a group may do with a model. ValueError for a right that the model does not know."""
    meta = model._meta
    own = {codename for codename, _name in meta.permissions}
    for right in rights:
        codename = right if right in own else f"{right}_{meta.model_name}"
        if right not in own and right not in meta.default_permissions:
            raise ValueError(f"{meta.label} knows no right named {right}.")
        _granted[group.name].add((meta.app_label, codename))


def granted(group: StaffGroup) -> frozenset[Codename]:
    """What the code grants, as (app, codename)."""
    return frozenset(_granted[group.name])


def keep_in_step(using: str = "default") -> None:
    """Give each group what the code grants it, and nothing else. Idempotent.

    A permission whose table does not exist yet (half of the migrations) is given the next time.
    """
    names = {
        (app, codename): number
        for number, app, codename in Permission.objects.using(using).values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    with transaction.atomic(using=using):
        held: dict[str, set[int]] = {
            group.name: set(group.permissions.values_list("pk", flat=True))
            for group in Group.objects.using(using).filter(name__in=GROUPS)
        }
        for group in GROUPS.values():
            wanted = {names[one] for one in granted(group) if one in names}
            if held.get(group.name) != wanted:
                row, _made = Group.objects.using(using).get_or_create(name=group.name)
                row.permissions.set(wanted)


for _group in (REVIEWER, REGISTRAR):
    grant(_group, Address, "view")
    grant(_group, OutgoingMail, "view")
    grant(_group, Mailing, "view")
grant(REGISTRAR, OutgoingMail, "change")  # to have one tried again
grant(REGISTRAR, Mailing, "add")  # but no service notices
for _model in (Merge, Duplicate):
    grant(REVIEWER, _model, "view")
    grant(REGISTRAR, _model, "view")
grant(REGISTRAR, Duplicate, "change")  # to say that two are not the same
grant(REGISTRAR, User, "view")  # to say which login is whose
