"""Erasing a person: nothing that tells who it was stays, in no table, no history, no mail.

Rows that others need stay without the person: that somebody was treasurer from 2019 to 2022, that
dues were paid. Copies in backups are gone when these are (SECURITY.md, "Backups").
"""

import json
import re
from collections.abc import Iterable

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Cast, Concat, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.delegating import withdraw_letters
from committees.models import (
    Committee,
    Consent,
    JoinRequest,
    MemberImportRow,
    Membership,
    OfficeTerm,
    Person,
)
from committees.people.lists import full_name
from committees.people.terms import DAY, is_last_coordinator
from committees.people.traces import Whose, rows_about
from committees.rights import Role
from sistercities.folding import fold
from sistercities.models import (
    Draft,
    Duplicate,
    FoldedField,
    Merge,
    OutgoingMail,
    RegistryVersion,
    User,
)

NAME = "Persona borrada · Erased person"
BLANK = "…"
ADDRESS = Concat(Value("erased-"), Cast("pk", models.CharField()), Value("@erased.invalid"))
"""Another one for each row, since some tables want each address once."""
NO_SENTENCE = (models.SlugField, models.FileField, FoldedField)
DELETED = {
    *("account.emailaddress", "account.emailconfirmation", "mfa.authenticator"),
    *("usersessions.usersession", "sistercities.draft"),
    *("committees.memberimportrow", "committees.application"),
}
"""Rows of which nothing remains without the person."""
KEPT = {
    *("wording", "wording_version", "purpose", "about", "period", "message_id", "unsubscribe"),
    *("history_request_id", "slug", "code", "taken_by", "nonce", "result_url", "content"),
}
"""Columns of text that say nothing of who it was."""
NAMED_IN = {
    "sistercities.outgoingmail": ("subject", "text"),
    "admin.logentry": ("object_repr", "change_message"),
}
"""Where others' rows may tell the name; and the reasons of every history."""


class CannotErase(Exception):
    """Why not, and what to do first."""


def check(person: Person) -> None:
    """CannotErase for the last coordinator of a committee, and for staff of the national office."""
    if person.user_id and person.user.is_staff:
        raise CannotErase(
            _("This login works at the national office. Let the office take that right back first.")
        )
    terms = OfficeTerm.objects.current().filter(person=person, office__role=Role.COORDINATOR)
    for term in terms.select_related("office", "committee"):
        living = Committee.objects.with_desk().exclude(state=Committee.State.DISSOLVED)
        if living.filter(pk=term.committee_id).exists() and is_last_coordinator(
            term, timezone.localdate()
        ):
            raise CannotErase(
                _("Nobody else coordinates %(committee)s. Hand it over first; then come back.")
                % {"committee": term.committee.name}
            )


def erase(person: Person, *, by: User | None = None) -> None:
    """Erase a person in one transaction; CannotErase says what must happen first."""
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        check(person)
        for other in person.duplicates.filter(erased_at=None):
            erase(other, by=by)
        whose = Whose.of(person)
        names = {person.name, *(_former_names(person))}
        if whose.user:
            names.add(whose.user.name)
        _leave(person, by)
        for model, keys in rows_about(whose).items():
            if model not in (Person, User):
                _empty(model, keys)
        _take_from_lists(person, names, whose.addresses)
        _close(whose.user, f"erased-{person.pk}@erased.invalid")
        person.name, person.email, person.phone, person.notes = NAME, "", "", ""
        person.erased_at = timezone.now()
        person._change_reason, person._history_user = "Erased", by if by != whose.user else None
        person.save()
        Merge.forget(Person, person.pk)
        Duplicate.forget(Person, person.pk)
        _sweep(whose.addresses, {name for name in names if name and name != NAME})
        RegistryVersion.move_on()


def _former_names(person: Person) -> Iterable[str]:
    return Person.history.filter(id=person.pk).values_list("name", flat=True).distinct()


def _leave(person: Person, by: User | None) -> None:
    """End what runs; what has not begun never was."""
    today = timezone.localdate()
    terms = OfficeTerm.objects.filter(person=person)
    members = Membership.objects.filter(person=person)
    for rows, first in ((terms, "begins"), (members, "since")):
        for one in rows.filter(**{f"{first}__gt": today}):
            one._change_reason, one._history_user = "Erased", by
            one.delete()
    for term in terms.filter(Q(ends=None) | Q(ends__gte=today)).select_related("office"):
        term.ends = max(term.begins, today - DAY)
        term._change_reason, term._history_user = "Erased", by
        term.save()
    for member in members.filter(Q(until=None) | Q(until__gt=today)):
        member.until = today
        member._change_reason, member._history_user = "Erased", by
        member.save()
    withdraw_letters(person, by=by)
    Consent.objects.in_force().filter(person=person).update(
        withdrawn_on=Greatest("given_on", Value(today, models.DateField()))
    )


def _empty(model: type[models.Model], keys: set) -> None:
    """Delete rows about the person, or take all free text out of them."""
    rows = model._base_manager.filter(pk__in=keys)
    if model._meta.label_lower in DELETED:
        if model._meta.label_lower == "usersessions.usersession":
            used = rows.values_list("session_key", flat=True)
            Session.objects.filter(session_key__in=list(used)).delete()
        if model is Draft:
            Draft.objects.filter(pk__in=keys).throw_away()
        else:
            rows.delete()
        return
    if model is JoinRequest:
        rows.filter(answer="").delete()
    if model is OutgoingMail:
        unsent = rows.exclude(state=OutgoingMail.State.SENT)
        unsent.update(state=OutgoingMail.State.REFUSED, taken_until=None)
    values = {
        field.name: empty for field in _texts(model) if (empty := _emptied(field)) is not None
    }
    nulls = {field.name: None for field in _texts(model) if field.null}
    if values or nulls:
        rows.update(**(values | nulls))


def _emptied(field: models.Field):
    """What stands in a column afterwards; None for a column that says nothing of the person."""
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.EmailField):
        return Value("") if field.blank else ADDRESS
    if field.name == "person_key":
        return ADDRESS
    return {"name": NAME, "subject": BLANK, "text": BLANK}.get(field.name, "")


def _texts(model: type[models.Model]) -> list[models.Field]:
    """The columns in which people write."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not (field.choices or field.primary_key or field.name in KEPT)
    ]


def _take_from_lists(person: Person, names: Iterable[str], addresses: Iterable[str]) -> None:
    """Delete the person's rows from lists of members that were read, whatever became of them."""
    committees = Committee.objects.filter(
        Q(memberships__person=person) | Q(terms__person=person)
    ).values("pk")
    rows = MemberImportRow.objects.filter(batch__committee__in=committees)
    folded = {fold(name) for name in names}
    gone = [
        number
        for number, raw in rows.values_list("pk", "raw").iterator()
        if fold(full_name(raw)) in folded or raw.get("email", "").lower() in addresses
    ]
    for start in range(0, len(gone), 500):
        MemberImportRow.objects.filter(pk__in=gone[start : start + 500]).delete()


def _close(user: User | None, address: str) -> None:
    if user is None:
        return
    user.email, user.name, user.is_active, user.last_login = address, "", False, None
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()


def _sweep(addresses: Iterable[str], names: Iterable[str]) -> None:
    """Take the addresses out of every text of every table, and the names out of mails, log
    entries and the reasons of histories."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        told = (*NAMED_IN.get(model._meta.label_lower, ()), "history_change_reason")
        words = {
            field: [*addresses, *(names if field.name in told else ())]
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
            and not (field.choices or field.primary_key or isinstance(field, NO_SENTENCE))
        }
        found = Q()
        for field, listed in words.items():
            for word in listed:
                found |= Q(**{f"{field.name}__icontains": word})
        if not found:
            continue
        for row in model._base_manager.filter(found).iterator():
            changed = {
                field.attname: value
                for field, listed in words.items()
                if (value := _without(field, getattr(row, field.attname), listed))
                != getattr(row, field.attname)
            }
            if changed:
                model._base_manager.filter(pk=row.pk).update(**changed)


def _without(field: models.Field, value, words: list[str]):
    """A value without these words, whatever their capitals."""
    if value is None or not words:
        return value
    if isinstance(field, models.EmailField):
        gone = value.lower() in words
        return ("" if field.blank else "erased@erased.invalid") if gone else value
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    pattern = rf"(?<!\w)(?:{pattern})(?!\w)"
    if isinstance(field, models.JSONField):
        text = json.dumps(value, ensure_ascii=False)
        return json.loads(re.sub(pattern, BLANK, text, flags=re.IGNORECASE))
    return re.sub(pattern, BLANK, value, flags=re.IGNORECASE)
