"""What strangers and colleagues wrote is text at the desk, in the office and behind links too."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.db.models import CharField, EmailField, Field, Model, SlugField, TextField
from django.test import Client
from django.urls import reverse

from sistercities.models import FoldedField
from sistercities.partialdates import PartialDateField
from tests import factories as make
from tests.site.reading import Reading
from tests.site.rights import table
from tests.site.rights.houses import House, session_of
from tests.site.rights.test_canaries import furnish

pytestmark = pytest.mark.django_db

PAYLOADS = ["\"'><x onx=1></textarea></title></script><x>", "javascript:x()//<x>"]
CODES = {
    *(
        "slug",
        "code",
        "country",
        "language",
        "purpose",
        "about",
        "period",
        "unsubscribe",
        "kind",
        "key",
    ),
    *("password", "fingerprint", "sha256", "recipient", "nonce", "message_id", "taken_by", "who"),
    *("anniversary", "counted_as", "country_pair", "file_name", "wikidata_id", "status"),
}
"""Columns that programs read and write; a sentence in them would only hide the row."""
ADDRESSED = {"Thread", "Inquiry", "SideContact", "Invitation"}
"""Their links are for the address that is written here."""
SIGNED = ("public:conversation", "public:confirm", "desk:invitation")


def is_text(field: Field) -> bool:
    """Whether somebody may have written into it what they liked."""
    codes = SlugField | FoldedField | PartialDateField
    return (
        isinstance(field, CharField | TextField)
        and not isinstance(field, codes)
        and not (field.choices or field.primary_key or field.unique or field.name in CODES)
    )


def models() -> list[type[Model]]:
    """The rows of the three floors with their histories."""
    floors = ("sistercities", "committees", "relationships")
    return [model for floor in floors for model in apps.get_app_config(floor).get_models()]


def write_everywhere(payload: str) -> int:
    """Put it into every column of text that takes it; how many columns."""
    columns = 0
    for model in models():
        for field in filter(is_text, model._meta.concrete_fields):
            if isinstance(field, EmailField) and model.__name__ in ADDRESSED:
                continue
            try:
                with transaction.atomic():
                    longest = field.max_length or 1000
                    columns += bool(model._base_manager.update(**{field.name: payload[:longest]}))
            except IntegrityError:  # wanted only once, or never without a form of its own
                continue
    return columns


def desk_and_links(house: House) -> list[str]:
    """Every page of the desk, of one's own and of accounts, and pages behind signed links."""
    inside = ("desk:", "account", "mfa", "usersessions", *SIGNED)
    return [
        address.path(house.arguments(address.name, set(address.converters)), "en")
        for address in table.addresses()
        if address.name.startswith(inside) and address.name != "account_logout"
    ]


def office() -> list[str]:
    """The list of every kind of object, one object of each, and its history."""
    paths = [reverse("admin:index")]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        paths.append(reverse(f"{name}_changelist"))
        if row := model._base_manager.order_by("-pk").first():
            paths += [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history")]
    return paths


def faults(response, path: str) -> list[str]:
    """What of a page is not ours."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    wrong = []
    for element in Reading(response.content.decode(), path).elements:
        if element.tag == "x":
            wrong.append(f"{path}: a part of the page")
        for name, value in element.attributes.items():
            scheme = (value or "").strip().split(":")[0].lower()
            if name.startswith("on") or (
                name in ("href", "src", "action", "formaction") and scheme == "javascript"
            ):
                wrong.append(f"{path}: {name}={value}")
    return wrong


@pytest.fixture
def house(village) -> House:
    """Like the two of this folder, and taken back after the test."""
    found = House("E")
    furnish(found)
    return found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_written_text_becomes_part_of_a_page_of_the_desk_or_the_office(house, payload):
    staff = make.UserFactory(staff=True)
    asked = [(house.coordinator, path) for path in desk_and_links(house)]
    asked += [(staff, path) for path in office()]
    keys = {user: session_of(user) for user in (house.coordinator, staff)}
    assert write_everywhere(payload) >= 150
    wrong, read, shown = [], 0, 0
    for user, path in asked:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = keys[user]
        response = client.get(path)
        read += response.status_code == 200
        shown += b"&lt;x" in response.getvalue()
        wrong += faults(response, path)
    assert wrong == []
    assert (read >= 150, shown >= 80) == (True, True), (read, shown)
