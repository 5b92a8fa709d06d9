"""Filling in a form of the desk as a browser would: what it shows, changed, sent."""

from django.test import Client

from tests.sending import forms_in


def fields_of(html: str) -> dict[str, str | list[str]]:
    """The values of the page's form, as they would be sent unchanged."""
    form = next(one for one in forms_in(html) if one.find(".//input[@name='_nonce']") is not None)
    sent: dict[str, str | list[str]] = {}
    for one in form.iter():
        name = one.get("name")
        if not name:
            continue
        if one.tag == "textarea":
            sent[name] = (one.text or "").removeprefix("\n")
        elif one.tag == "select":
            chosen = [each.get("value") for each in one.iter("option") if "selected" in each.attrib]
            sent[name] = chosen[0] if chosen else ""
        elif one.tag == "input" and one.get("type") in ("checkbox", "radio"):
            if "checked" in one.attrib:
                sent[name] = one.get("value", "on")
        elif one.tag == "input" and one.get("type") != "file":
            sent[name] = one.get("value", "")
    return sent


def send(client: Client, path: str, **changes):
    """Open the form, change what is said, send it; None takes a tick away."""
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)
    data = fields_of(page.content.decode()) | changes
    return client.post(path, {name: value for name, value in data.items() if value is not None})
