"""Every form of the desk and every form for everyone: it takes no row of another committee and no
column that it does not ask for. The forms are found by walking the URL resolver."""

from collections.abc import Iterator

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client

from committees.models import Committee, Consent, Membership, Office, OfficeTerm, Person
from relationships.forms.confirm import FORMS
from relationships.models import (
    Activity,
    Donation,
    Evidence,
    Exchange,
    Programme,
    Tie,
    TieEvent,
)
from sistercities.editing import attachments
from sistercities.editing.uploading import KEPT, UploadField
from sistercities.models import Attachment, Draft, User
from tests import factories as make
from tests.page_factories import AttachmentFactory
from tests.site.rights import answers, rows, table
from tests.site.rights.formcases import cases, right, shown
from tests.site.rights.signing_in import EVERYONE

pytestmark = pytest.mark.django_db

MODELS = (
    *(Committee, Person, Membership, OfficeTerm, Consent, Tie, TieEvent, Evidence, Exchange),
    *(Donation, Programme, Activity, Attachment, Draft, User),
)
BESIDES = {
    *("owner", "version", "user", "pk", "role", "slug", "is_admin", "draft", "made_by"),
    *("approved", "published", "reason_by", "groups", "user_permissions", "own_side"),
}


def pages(house) -> Iterator[tuple[str, str]]:
    """Name and path of every page at the desk of a committee."""
    for address in table.addresses():
        if address.name.startswith("desk:") and "slug" in address.converters:
            arguments = house.arguments(address.name, set(address.converters))
            yield address.name, address.path(arguments)


@pytest.fixture(scope="module")
def at_the_desk(village, django_db_blocker) -> list[tuple[str, str, HttpResponse]]:
    """Those of A that hold a form which is sent to the page's own address, as they were opened."""
    found, client = [], village["doors"].browser("CA")
    with django_db_blocker.unblock():
        for name, path in pages(village["a"]):
            page = shown(client, path)
            if page.status_code == 200 and isinstance(answers.form_of(page), forms.BaseForm):
                found.append((name, path, page))
    return found


def after(
    client: Client, path: str, data: dict, known: dict, before: rows.Rows
) -> tuple[HttpResponse, rows.Rows]:
    """The answer to a form, and what stands in the database then, where `before` stood; all is
    taken back."""
    for values in data.values():
        for value in values:
            if hasattr(value, "seek"):
                value.seek(0)
    with transaction.atomic():
        with rows.writing() as written:
            response = client.post(path, data)
        found = rows.snapshot(known, before, written)
        transaction.set_rollback(True)
    return response, found


def columns(house) -> dict[str, list[str]]:
    """Every column that a form might take, with a value that would be seen."""
    found: dict[str, list[str]] = {name: ["1"] for name in BESIDES}
    for model in MODELS:
        for field in model._meta.concrete_fields:
            value = tempting(field, house)
            found |= {name: [value] for name in (field.name, field.attname)}
    return found


def forbidden(form: forms.BaseForm, data: dict, tempted: dict) -> dict[str, list[str]]:
    """Those that the form does not ask for."""
    taken = {*form.fields, *data}
    return {name: value for name, value in tempted.items() if name not in taken}


def tempting(field: models.Field, house) -> str:
    """A value that would do harm."""
    if field.name in ("review", "state", "role", "answer", "side", "entered_by"):
        wanted = {"review": "published", "role": "coordinator", "side": "b", "entered_by": "b"}
        return wanted.get(field.name, "active")
    if field.is_relation:
        target = {Committee: house.committee.pk, Tie: house.tie.pk}.get(field.related_model)
        last = field.related_model._base_manager.order_by("pk").last()
        return str(target or (last.pk if last else 1))
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField | models.DateField):
        return "1993-07-19"
    if isinstance(field, models.IntegerField | models.FloatField | models.DecimalField):
        return "7"
    return "zqx"


@pytest.fixture
def client_a(doors) -> Client:
    return doors.browser("CA")


def test_columns_that_a_form_does_not_ask_for_stay_as_they_are(b, client_a, at_the_desk):
    known, before = rows.keys(), rows.snapshot(rows.keys())
    done, refused, harmed, tempted = set(), {}, {}, columns(b)
    for name, path, page in at_the_desk:
        data = answers.sent(name, page)
        plain, expected = after(client_a, path, data, known, before)
        extra = forbidden(answers.form_of(page), data, tempted)
        answer, found = after(client_a, path, extra | data, known, before)
        if plain.status_code == 302 and expected != before:
            done.add(name)
        else:
            form = answers.form_of(plain)
            refused[name] = (plain.status_code, form and form.errors.as_json())
        if answer.status_code != plain.status_code or rows.changed(expected, found):
            harmed[name] = (answer.status_code, rows.changed(expected, found))
    assert harmed == {}
    assert refused == {}  # else the form was not really tried
    assert len(done) > 50


def test_forms_for_everyone_take_no_column_that_they_do_not_ask_for(a, b, doors):
    known, before = rows.keys(), rows.snapshot(rows.keys())
    done, harmed, tempted = set(), {}, columns(b)
    for case in cases(a, doors, EVERYONE, languages=("en",)):
        data = right(case)
        plain, expected = after(case.client, case.path, data, known, before)
        extra = forbidden(case.form, data, tempted)
        answer, found = after(case.client, case.path, extra | data, known, before)
        if plain.status_code == 302 and expected != before:
            done.add(case.name)
        if answer.status_code != plain.status_code or rows.changed(expected, found):
            harmed[case.name] = (answer.status_code, rows.changed(expected, found))
    assert harmed == {}
    on_a_tie = {f"public:confirm {answer}" for answer in FORMS}
    assert done >= {"public:committee-join", "public:committee-contact", "public:conversation"}
    assert done >= on_a_tie


def test_forms_for_everyone_name_no_rows(a, doors):
    """Whom and what they are about stands in the address; so no row of others can be named."""
    found = {
        (case.name, name)
        for case in cases(a, doors, EVERYONE, languages=("en",))
        for name, field in case.form.fields.items()
        if isinstance(field, forms.ModelChoiceField | forms.FileField)
    }
    assert found == set()


def strangers_row(model: type[models.Model], house) -> models.Model | None:
    """A row of another committee, or of nobody's choice, for a question that names rows."""
    number = {
        Tie: house.tie,
        Exchange: house.exchange,
        Person: house.coordinator.person,
        Committee: house.committee,
        TieEvent: house.tie.events.first(),
        Office: Office.objects.filter(on_board=False).first(),
    }
    return number[model]


def test_rows_of_another_committee_are_refused_by_every_question(b, client_a, at_the_desk):
    make.OfficeFactory(on_board=False)
    known = rows.keys()
    before, tried, wrong = rows.snapshot(known), set(), []
    for name, path, page in at_the_desk:
        form = answers.form_of(page)
        for key, field in form.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                value = strangers_row(field.queryset.model, b).pk
            elif name.startswith("desk:tie-propose") and key == "own":
                value = b.city.pk
            else:
                continue
            data = answers.sent(name, page) | {form[key].html_name: [str(value)]}
            answer, found = after(client_a, path, data, known, before)
            tried.add((name, key))
            refused = answer.status_code == 200 and key in answers.form_of(answer).errors
            if not refused or rows.changed(before, found):
                wrong.append((name, key, answer.status_code, rows.changed(before, found)))
    assert wrong == []
    assert len(tried) >= 7, tried


def test_a_file_of_another_committee_is_taken_by_no_form(b, client_a, at_the_desk):
    everything, tried, wrong = rows.snapshot(), set(), []
    for name, path, page in at_the_desk:
        form = answers.form_of(page)
        for key, field in form.fields.items():
            if not isinstance(field, UploadField):
                continue
            theirs = AttachmentFactory(
                owner=b.committee.pk,
                purpose=field.purpose,
                made_by=b.coordinator,
                kept_at=None,
                file=ContentFile(b"%PDF-1.4 theirs", "theirs.pdf"),
                thumb="",
            )
            known = rows.keys()
            before = rows.snapshot(known, everything, {Attachment._meta.db_table})
            data = answers.sent(name, page)
            data.pop(form[key].html_name, None)
            data[form[key].html_name + KEPT] = [attachments.sign(theirs)]
            data |= {one: ["Texto"] for one in ("photo_description", "document_title")}
            data |= {"photo_consent": ["on"]}
            _answer, found = after(client_a, path, data, known, before)
            tried.add((name, key))
            if before["sistercities.attachment"] - found["sistercities.attachment"]:
                wrong.append((name, key))
    assert wrong == []
    assert len(tried) >= 4, tried
