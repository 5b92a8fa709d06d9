"""Every form of the site as its reader finds it, found by walking the URL resolver."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests import sending
from tests.site.rights import answers, signing_in, table

LANGUAGES = ("es", "en")


@dataclass
class Case:
    """One form of one page."""

    name: str
    language: str
    path: str
    client: Client
    form: forms.BaseForm
    sent: sending.Sent

    def post(self, data: dict) -> tuple[HttpResponse, forms.BaseForm]:
        """The answer and the refused form; what it wrote is taken back."""
        with transaction.atomic():
            response = self.client.post(self.path, data)
            context = response.context or {}
            transaction.set_rollback(True)
        return response, context.get("refused") or context.get("form")


def form_on(response: HttpResponse, form: forms.BaseForm) -> sending.Sent:
    """What a browser sends from the form of the page that has these fields; nothing when no form
    of the page is sent with them (filters only ask)."""
    names = {form[name].html_name for name in form.fields}
    for element in sending.forms_in(response.content.decode()):
        if names & {one.get("name") for one in element.iter() if one.get("type") != "hidden"}:
            return sending.answers(element) | first_button(element)
    return {}


def first_button(form) -> sending.Sent:
    """The button that a press on Enter stands for, where it has a name."""
    button = next((one for one in form.iter("button") if one.get("type") != "button"), None)
    name = button.get("name") if button is not None else None
    return {name: [button.get("value", "")]} if name else {}


def shown(client: Client, path: str) -> HttpResponse:
    """A page as it is opened."""
    with transaction.atomic():
        response = client.get(path)
        if response.streaming:
            list(response.streaming_content)  # closes the file
        transaction.set_rollback(True)
    return response


def cases(house, doors, part: str, languages=LANGUAGES) -> Iterator[Case]:
    """Every form of one part of the site."""
    for language in languages:
        for address in table.addresses():
            if signing_in.part_of(address.name) != part:
                continue
            known = house.arguments(address.name, set(address.converters), language)
            path = address.path(known, language)
            for client in signing_in.clients(address.name, doors, language):
                page = shown(client, path)
                if page.status_code != 200 or page.context is None:
                    continue
                found = [(label, form, form_on(page, form)) for label, form in forms_of(page)]
                found = [one for one in found if one[2]]
                for label, form, sent in found:
                    name = f"{address.name} {label}".strip()
                    yield Case(name, language, path, client, form, sent)
                if found:
                    break


def forms_of(page: HttpResponse) -> list[tuple[str, forms.BaseForm]]:
    """The forms of a page; the yearly question has one for each answer."""
    if "alive" in page.context and "others" in page.context:
        every = [page.context["alive"], *page.context["others"]]
        return [(str(form.answer), form) for form in every]
    form = answers.form_of(page)
    return [("", form)] if isinstance(form, forms.BaseForm) and form.fields else []


def right(case: Case) -> dict:
    """Every question answered, the optional ones too."""
    data = dict(case.sent)
    for name, field in case.form.fields.items():
        key = case.form[name].html_name
        if field.widget.needs_multipart_form:
            continue
        if name == "website":  # the trap for programs
            data[key] = [""]
        elif field.required and not any(data.get(key, [])):
            data[key] = [answers.answer(field)]
    return data
