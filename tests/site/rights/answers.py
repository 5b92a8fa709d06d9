"""A form of the desk filled in so that it is carried out, whatever it asks."""

import datetime

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.utils import timezone

from sistercities import uploads
from sistercities.editing.uploading import UploadField
from sistercities.partialdates import PartialDateFormField
from tests.page_factories import picture
from tests.relationships.desk.desks import PDF
from tests.sending import filled

TOMORROW = (timezone.localdate() + datetime.timedelta(days=1)).isoformat()
OURS: dict[str, dict[str, str]] = {
    "desk:member-edit": {"reason": "Su nombre"},
    "desk:page-city": {"reason": "Censo 2020", "population": "12345"},
    "desk:page-meeting-add": {"date": TOMORROW},
    "desk:term-end": {"ends": timezone.localdate().isoformat()},
    "desk:term-add": {"begins": timezone.localdate().isoformat(), "ends": ""},
    "desk:exchange-report": {"youth": "", "begins": "1999", "ends": ""},
    "desk:exchange-edit": {"youth": "", "place": "Plaza"},
    "desk:donation-report": {"kind": "money", "amount": "12.50", "currency": "MXN"},
    "desk:member-list-add": {"text": "Nombre\tCorreo\nAna López\tana@example.org"},
    "desk:tie-event": {"date": "1981"},
    "desk:programme-add": {"year": "2031"},
    "desk:programme-copy": {"year": "2032"},
    "desk:document": {"title_es": "Otra acta"},
    "desk:page-photo": {"description_es": "Otra foto"},
    "desk:tie-evidence": {"title": "Otra nota"},
    "desk:consent-add": {"what": "photo"},
    "desk:page-photo-add": {"has_consent": "on"},
    "desk:tie-kind": {"kind": "friendship_city"},
    "desk:side-contact": {"email": "somebody@elsewhere.example"},
    "desk:page-colour": {"colour": "wine"},
    "desk:registration": {"name": "Ana López"},
    "desk:tie-add-evidence": {"url": "https://example.org/acta"},
}
"""Where a general answer would not do, or would change nothing."""


def form_of(response: HttpResponse) -> forms.BaseForm | None:
    """The form of a page."""
    context = response.context
    return context.get("form") if context is not None else None


def sent(name: str, response: HttpResponse) -> dict[str, list]:
    """What a browser would send from this page, once every question is answered."""
    form = form_of(response)
    data = filled(response)
    for field_name, field in form.fields.items():
        key = form[field_name].html_name
        if isinstance(field, UploadField):
            if field.required:
                data[key] = [file_for(field)]
        elif field.required and not any(data.get(key, [])):
            data[key] = [answer(field)]
        elif type(field) is forms.CharField and data.get(key) == [""]:
            data[key] = ["Texto"]
    for key, value in OURS.get(name, {}).items():
        data[key] = [value]
    return data


def file_for(field: UploadField) -> SimpleUploadedFile:
    """A small file of the first kind that the field takes."""
    if field.kinds[0] == uploads.PICTURE:
        return SimpleUploadedFile("foto.jpg", picture(), "image/jpeg")
    return SimpleUploadedFile("acta.pdf", PDF, "application/pdf")


def answer(field: forms.Field) -> str:
    """A text that the field takes."""
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.first().pk)
    if isinstance(field, forms.ChoiceField):
        return next(str(value) for value, _label in field.choices if value not in ("", None))
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.EmailField):
        return "new@elsewhere.example"
    if isinstance(field, PartialDateFormField):
        return "1999"
    if isinstance(field, forms.DateField):
        return timezone.localdate().isoformat()
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return "1"
    return "Texto"
