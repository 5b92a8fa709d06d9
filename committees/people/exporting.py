"""All that the registry holds about one person, as JSON."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from committees.models import Person
from committees.people.traces import Whose, acts_of, rows_about
from sistercities import exports
from sistercities.models import User

SECRET = {
    "sistercities.user": {"password"},
    "mfa.authenticator": {"data"},
    "usersessions.usersession": {"session_key"},
    "account.emailconfirmation": {"key"},
    "sistercities.formreceipt": {"nonce", "content"},
    "sistercities.outgoingmail": {"taken_by", "message_id", "last_error"},
}
"""What proves a login or is machinery: of no use to the person, of use to a thief."""


def everything(person: Person | None, user: User | None = None) -> dict[str, Any]:
    """Every row about the person, column by column, and a list of what they did to other rows."""
    whose = Whose.of(person, user)
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "about_you": {
            model._meta.label: [_row(one) for one in _rows(model, keys)]
            for model, keys in sorted(rows_about(whose).items(), key=lambda one: one[0]._meta.label)
        },
        "what_you_did": [
            {"table": model._meta.label, "as": column, "rows": keys}
            for model, column, keys in acts_of(whose)
        ],
    }


def hand_out(
    person: Person | None, user: User | None = None, *, by: Any = None, why: str = ""
) -> str:
    """The same as text that leaves the registry, which is written down."""
    found = everything(person, user)
    rows = sum(map(len, found["about_you"].values()))
    number = f"person={person.pk}" if person else ""
    exports.note(by, "person", rows=rows, filters=number, why=why)
    return json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"


def _rows(model: type[models.Model], keys: set) -> list[models.Model]:
    chunks = sorted(keys, key=str)
    return [
        row
        for start in range(0, len(chunks), 500)
        for row in model._base_manager.filter(pk__in=chunks[start : start + 500]).order_by("pk")
    ]


def _row(row: models.Model) -> dict[str, Any]:
    hidden = SECRET.get(row._meta.label_lower, set())
    return {
        field.attname: _value(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if field.name not in hidden
    }


def _value(value: Any) -> Any:
    plain = value is None or isinstance(value, str | int | float | bool | dict | list)
    return value if plain else str(value)
