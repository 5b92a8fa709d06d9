"""What a browser would send from a page that was received: every input of its form, as shown."""

import re
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse

Sent = dict[str, list[str]]


def form_of(response: HttpResponse, number: int = -1) -> Sent:
    """Names and values of the page's POST form (the last one, unless said which)."""
    return answers(forms_in(response.content.decode())[number])


def forms_in(html: str) -> list[Element]:
    """The POST forms of a page. Only they are read: the rest of a page takes most of the time."""
    texts = re.findall(r"<form\b.*?</form>", html, re.DOTALL | re.IGNORECASE)
    read = (html5lib.parseFragment(text, namespaceHTMLElements=False) for text in texts)
    forms = (form for part in read for form in part.iter("form"))
    return [form for form in forms if form.get("method", "").lower() == "post"]


def answers(form: Element) -> Sent:
    """What is sent from a form as it is shown."""
    sent: Sent = {}
    for element in form.iter():
        name = element.get("name")
        if element.tag not in {"input", "select", "textarea"} or not name:
            continue
        if element.get("disabled") is not None:
            continue
        sent.setdefault(name, []).extend(_values(element))
    return {name: values for name, values in sent.items() if values}


def _values(element) -> list[str]:
    if element.tag == "textarea":
        return ["".join(element.itertext()).removeprefix("\n").replace("\n", "\r\n")]
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        if not chosen and element.get("multiple") is None:
            chosen = options[:1]
        return [option.get("value", "".join(option.itertext())) for option in chosen]
    if element.get("type") in {"checkbox", "radio"}:
        return [element.get("value", "on")] if element.get("checked") is not None else []
    return [] if element.get("type") in {"submit", "file"} else [element.get("value", "")]


def filled(response: HttpResponse, number: int = -1, **changes) -> Sent:
    """The form with some answers changed; None leaves one out."""
    sent = form_of(response, number)
    for name, value in changes.items():
        sent.pop(name, None)
        if value is not None:
            sent[name] = list(value) if isinstance(value, list | tuple) else [value]
    return sent
