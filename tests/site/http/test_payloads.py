"""What people wrote is shown as they wrote it and never becomes part of the page."""

import json

import html5lib
import pytest
from django.apps import apps
from django.db.models import CharField, Field, TextField
from django.test import Client

from sistercities.models import FoldedField
from sistercities.partialdates import PartialDateField
from tests.site import canaries, crawling, pages
from tests.site.reading import Element

pytestmark = pytest.mark.django_db

PAYLOADS = [
    '"><script>alert(1)</script>',
    "'><svg/onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    '" autofocus onfocus="alert(1)',
    "javascript:alert(1)//",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea></style><script>alert(1)</script>",
    "{{7*7}}{% debug %}${7*7}#{7*7}",
    "%(first)s %s {0} {name}",
    "<!--<script>alert(1)//-->",
    "\u202egnirts desrever\u202c\u200b",
    "]]><x>&amp;&lt;&#60;script&#62;",
    "<a href=//e.example>x</a> https://e.example/<x>",
]
KEPT = {"slug", "code", "country", "currency", "geonames_code", "language", "wikidata_id"}
KEPT |= {"anniversary", "country_pair", "counted_as"}
"""Columns that hold codes; their form is the database's or the form's business."""

GUIDE_LINK = ("a", "https://e.example/")
"""The web address that a payload names: the texts of guides make links of those."""


def is_text(field: Field) -> bool:
    """Whether people may write into it what they like."""
    codes = FoldedField | PartialDateField
    return isinstance(field, CharField | TextField) and not (
        field.choices or isinstance(field, codes)
    )


def write_everywhere(payload: str) -> int:
    """Put the payload into every column of text that visitors may see; how many columns."""
    columns = 0
    for floor in ("committees", "relationships"):
        for model in apps.get_app_config(floor).get_models():
            names = canaries.public_columns().get(model.__name__, set()) - KEPT
            known = {one.name: one for one in model._meta.concrete_fields if is_text(one)}
            for name in names & set(known):
                longest = known[name].max_length or 1000
                model.objects.update(**{name: payload[:longest]})
                columns += 1
    return columns


def is_ours(script: Element) -> bool:
    """Whether a script is a file of ours, or whole data, which nothing runs."""
    if script.attributes.get("type") == "application/ld+json":
        return bool(json.loads("".join(script.parts)))
    return script.attributes.get("src", "").startswith("/static/") and not script.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_written_text_becomes_part_of_any_page(payload):
    language = pages.LANGUAGES[PAYLOADS.index(payload) % 2]
    asked = [page for page in pages.html_pages() if page.language == language]
    assert write_everywhere(payload) >= 50
    client, shown = Client(), 0
    for page in asked:
        path = page.path
        answer = crawling.ask(client, path)
        assert (path, answer.status) == (path, 200)
        for element in answer.reading.elements:
            assert element.tag != "x", path
            assert element.tag != "script" or is_ours(element), path
            for name, value in element.attributes.items():
                assert not name.startswith("on"), (path, name)
                if name in ("href", "src", "action"):
                    assert value.split(":")[0].lower() not in ("javascript", "data"), (path, value)
                    told = page.name == "public:guide" and (element.tag, value) == GUIDE_LINK
                    assert told or value.startswith("mailto:") or "e.example" not in value
        parser = html5lib.HTMLParser()
        parser.parse(answer.body)
        assert (path, parser.errors) == (path, [])
        shown += payload[:40] in answer.reading.text or " ".join(payload.split()) in (
            answer.reading.text
        )
    assert shown >= 8
