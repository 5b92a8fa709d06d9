"""A browser of the national office, and what it would send back from a page nobody touched."""

from django.forms import BaseForm
from django.test import Client

from tests.factories import UserFactory


def office_browser(user=None) -> Client:
    """A browser, in English, of somebody who works at the national office and may do everything."""
    client = Client()
    client.force_login(user or UserFactory(staff=True))
    client.cookies["language"] = "en"
    return client


def filled(client: Client, url: str) -> dict[str, object]:
    """All fields of the form and of the rows below it, as they are shown."""
    context = client.get(url).context
    sent = values_of(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        sent |= values_of(formset.management_form)
        for form in formset.forms:
            sent |= values_of(form)
    return sent


def values_of(form: BaseForm) -> dict[str, object]:
    """The fields of one form."""
    sent: dict[str, object] = {}
    for bound in form:
        value = bound.value()
        if hasattr(bound.field.widget, "decompress"):
            parts = bound.field.widget.decompress(value)
            sent |= {f"{bound.html_name}_{n}": part or "" for n, part in enumerate(parts)}
        elif value is not None and value is not False and not hasattr(value, "chunks"):
            sent[bound.html_name] = value
    return sent
