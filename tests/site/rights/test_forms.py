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
from tests import page_factories as page
from tests.site.rights import answers, rows, table
from tests.site.rights.formcases import cases, right
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


def forms_of(house, client: Client) -> Iterator[tuple[str, str, HttpResponse]]:
    """Those that hold a form which is sent to the page's own address."""
    for name, path in pages(house):
        with transaction.atomic():
            shown = client.get(path)
            if shown.streaming:
                list(shown.streaming_content)  # closes the file
            transaction.set_rollback(True)
        if shown.status_code == 200 and isinstance(answers.form_of(shown), forms.BaseForm):
            yield name, path, shown


def after(client: Client, path: str, data: dict, known: dict) -> tuple[HttpResponse, rows.Rows]:
    """The answer to a form, and what stands in the database then; all is taken back."""
    for values in data.values():
        for value in values:
            if hasattr(value, "seek"):
                value.seek(0)
    with transaction.atomic():
        response = client.post(path, data)
        found = rows.snapshot(known)
        transaction.set_rollback(True)
    return response, found


def forbidden(form: forms.BaseForm, data: dict, house) -> dict[str, list[str]]:
    """Every column that the form does not ask for, with a value that would be seen."""
    taken = {*form.fields, *data}
    found: dict[str, list[str]] = {name: ["1"] for name in BESIDES - taken}
    for model in MODELS:
        for field in model._meta.concrete_fields:
            for name in {field.name, field.attname} - taken:
                found[name] = [tempting(field, house)]
    return found


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


def test_columns_that_a_form_does_not_ask_for_stay_as_they_are(a, b, client_a):
    known, before = rows.keys(), rows.snapshot(rows.keys())
    done, refused, harmed = set(), {}, {}
    for name, path, shown in forms_of(a, client_a):
        data = answers.sent(name, shown)
        plain, expected = after(client_a, path, data, known)
        extra = forbidden(answers.form_of(shown), data, b)
        answer, found = after(client_a, path, extra | data, known)
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
    done, harmed = set(), {}
    for case in cases(a, doors, EVERYONE, languages=("en",)):
        data = right(case)
        plain, expected = after(case.client, case.path, data, known)
        extra = forbidden(case.form, data, b)
        answer, found = after(case.client, case.path, extra | data, known)
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


def test_rows_of_another_committee_are_refused_by_every_question(a, b, client_a):
    make.OfficeFactory(on_board=False)
    known = rows.keys()
    before, tried, wrong = rows.snapshot(known), set(), []
    for name, path, shown in forms_of(a, client_a):
        form = answers.form_of(shown)
        for key, field in form.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                value = strangers_row(field.queryset.model, b).pk
            elif name.startswith("desk:tie-propose") and key == "own":
                value = b.city.pk
            else:
                continue
            data = answers.sent(name, shown) | {form[key].html_name: [str(value)]}
            answer, found = after(client_a, path, data, known)
            tried.add((name, key))
            refused = answer.status_code == 200 and key in answers.form_of(answer).errors
            if not refused or rows.changed(before, found):
                wrong.append((name, key, answer.status_code, rows.changed(before, found)))
    assert wrong == []
    assert len(tried) >= 7, tried


def test_a_file_of_another_committee_is_taken_by_no_form(a, b, client_a):
    tried, wrong = set(), []
    for name, path, shown in forms_of(a, client_a):
        form = answers.form_of(shown)
        for key, field in form.fields.items():
            if not isinstance(field, UploadField):
                continue
            theirs = page.AttachmentFactory(
                owner=b.committee.pk,
                purpose=field.purpose,
                made_by=b.coordinator,
                kept_at=None,
                file=ContentFile(b"%PDF-1.4 theirs", "theirs.pdf"),
                thumb="",
            )
            known = rows.keys()
            before = rows.snapshot(known)["sistercities.attachment"]
            data = answers.sent(name, shown)
            data.pop(form[key].html_name, None)
            data[form[key].html_name + KEPT] = [attachments.sign(theirs)]
            data |= {one: ["Texto"] for one in ("photo_description", "document_title")}
            data |= {"photo_consent": ["on"]}
            _answer, found = after(client_a, path, data, known)
            tried.add((name, key))
            if before - found["sistercities.attachment"]:
                wrong.append((name, key))
    assert wrong == []
    assert len(tried) >= 4, tried
