"""Every form of the site, filled in wrong, in both languages: nothing typed is lost, the window
says so first, and a summary on top leads to each field in its own words. The forms are found by
walking the URL resolver."""

import re
from collections.abc import Iterator

import html5lib
import pytest
from django import forms
from django.http import HttpResponse

from sistercities.partialdates import PartialDateFormField
from tests.site.reading import Reading
from tests.site.rights.formcases import Case, cases, form_on, right
from tests.site.rights.signing_in import DESKS, EVERYONE, LOGINS, PARTS

pytestmark = pytest.mark.django_db

WRONG = (
    (forms.EmailField, "no address"),
    (forms.URLField, "http://"),
    (forms.IntegerField | forms.DecimalField, "many"),
    (forms.DateField | forms.TimeField | PartialDateFormField, "the day after"),
)
"""What no such field takes; other texts are too long."""
MANY = {LOGINS: 8, DESKS: 45, EVERYONE: 7}
"""So many forms at least are tried in each part."""


def wrong(field: forms.Field) -> str | None:
    """What the field does not take, as somebody may type it; None where nothing can be typed."""
    for kind, text in WRONG:
        if isinstance(field, kind):
            return text
    typed = isinstance(field, forms.CharField) and not isinstance(field, forms.ChoiceField)
    if typed and getattr(field, "max_length", None):
        return ("ñandú " * field.max_length)[: field.max_length] + "x"
    return None


def is_typed(form: forms.BaseForm, name: str) -> bool:
    """Whether a browser shows what was typed again: no file, no password."""
    widget = form.fields[name].widget
    return not (widget.needs_multipart_form or isinstance(widget, forms.PasswordInput))


def spoilt(case: Case) -> Iterator[tuple[str, dict]]:
    """The form left empty; with all wrong that can be; and right but for one field."""
    fields = {n: f for n, f in case.form.fields.items() if not f.disabled and f.label != ""}
    keys = {name: case.form[name].html_name for name in fields}
    hidden = {name for name in fields if case.form[name].is_hidden}
    rest = {k: v for k, v in case.sent.items() if k not in keys.values()}
    rest |= {keys[name]: case.sent[keys[name]] for name in hidden if keys[name] in case.sent}
    yield "empty", rest
    bad = {keys[n]: [wrong(f)] for n, f in fields.items() if n not in hidden and wrong(f)}
    yield "wrong", rest | bad
    good = right(case)
    for key, value in list(bad.items())[:1]:
        yield "one", good | {key: value}


def faults(case: Case, how: str, data: dict) -> tuple[list[str], list[str]]:
    """What is wrong with the answer to a wrong form, and the sentences of the refusal."""
    response, form = case.post(data)
    if response.status_code in (302, 303) or form is None or not form.errors:
        return [], []
    page = Reading(response.content.decode(), case.path)
    found = []
    if response.status_code not in (200, 422):
        found.append(f"status {response.status_code}")
    if not page.title.startswith("Error: "):
        found.append(f"title {page.title!r}")
    alerts = page.all("div", role="alert")
    lines = lines_of(response)
    count = sum(len(errors) for errors in form.errors.values())
    if len(alerts) != 1 or len(lines) != count:
        found.append(f"{len(alerts)} summaries, {len(lines)} lines for {form.errors.as_json()}")
    for text, target in lines:
        if target and (not target.startswith("#") or page.ids.count(target[1:]) != 1):
            found.append(f"no field {target} for {text!r}")
    again = form_on(response, form)
    for name in form.fields:
        key = form[name].html_name
        if not is_typed(form, name) or key not in data or form.fields[name].disabled:
            continue
        if [plain(one) for one in again.get(key, [""])] != [plain(one) for one in data[key]]:
            found.append(f"{name}: {data[key]} became {again.get(key)}")
    return found, [text for text, _target in lines]


def plain(text: object) -> str:
    return str(text).replace("\r\n", "\n").strip()


def lines_of(response: HttpResponse) -> list[tuple[str, str]]:
    """The lines of the summary, and where each leads."""
    text = "".join(alerts_in(response.content.decode()))
    page = html5lib.parseFragment(text, namespaceHTMLElements=False)
    return [
        (
            " ".join("".join(line.itertext()).split()),
            next((a.get("href") for a in line.iter("a")), ""),
        )
        for alert in page.iter("div")
        if alert.get("role") == "alert"
        for line in alert.iter("li")
    ]


def alerts_in(html: str) -> Iterator[str]:
    """The alerts of a page as they are written, to be read alone: a whole page takes long."""
    for alert in re.finditer(r'<div\b[^>]*\brole="alert"', html):
        depth = 0
        for tag in re.finditer(r"<(/?)div\b", html[alert.start() :]):
            depth += -1 if tag[1] else 1
            if not depth:
                break
        yield html[alert.start() : alert.start() + tag.end()] + ">"


@pytest.mark.parametrize("part", PARTS)
def test_every_wrong_form_comes_back_whole_in_the_readers_language(a, doors, part):
    wrongs, said, tried, refused = {}, {}, set(), set()
    for case in cases(a, doors, part):
        tried.add(case.name)
        for how, data in spoilt(case):
            found, sentences = faults(case, how, data)
            if sentences:
                refused.add(case.name)
                said.setdefault((case.name, how), {})[case.language] = set(sentences)
            if found:
                wrongs[case.name, case.language, how] = found
    assert wrongs == {}
    assert tried - refused == set()
    alike = {one: both["es"] & both["en"] for one, both in said.items() if len(both) == 2}
    assert {one: same for one, same in alike.items() if same} == {}
    assert len(tried) >= MANY[part]
