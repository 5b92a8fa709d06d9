"""The Spanish pages are in Spanish, the English ones in English; what is not, says so."""

import re

import pytest
from django.apps import apps

from sistercities.catalogs import catalogue_paths, gather, read

pytestmark = pytest.mark.django_db

ENGLISH = """
    about accessibility active and anniversaries appearance automatic before board by cities
    committees confirmed contact dark date distance donations ended evidence exchanges filter
    founded from given home kind language last light meetings more next none older page people
    population previous privacy received record results said search show since skip sort source
    stage state status story tell the theme ties to travellers unknown value volunteers what when
    who with year years
""".split()
SPANISH = """
    acerca ciudades comités con cuándo datos desde donativos el hermanamiento hermanamientos
    intercambio intercambios mesa página personas población privacidad pruebas
    quién siguiente también tema vigente
""".split()
NAMES = re.compile(
    r"https?://\S+|\S+@\S+|\S+\.(?:org|com|net|mx|gov|us|jp|edu|info|html)\b|English|Español"
)
"""Addresses and the two languages' own names belong to no language."""


VERBATIM = (
    *("Activity.title", "City.government", "Committee.name", "Donation.estimated_by"),
    *("Donation.quantity", "Evidence.title", "Statement.date_text", "Statement.kind_text"),
    *("Statement.source", "Statement.source_ref", "Tie.fields", "Tie.override_reason"),
    *("Tie.signatories", "Tie.term", "TieEvent.date_text", "TieEvent.place", "City.name"),
    *("City.about_source", "CityName.name", "Exchange.place", "Person.name"),
)
"""Columns that hold what somebody wrote or called something, in whatever language that was."""


@pytest.fixture(scope="module")
def verbatim(demo) -> list[str]:
    """Everything written in those columns, the longest first, and the fields of ties one by one."""
    models = {
        model.__name__: model
        for floor in ("committees", "relationships")
        for model in apps.get_app_config(floor).get_models()
    }
    words = set()
    for model, column in (name.split(".") for name in VERBATIM):
        for written in models[model].objects.values_list(column, flat=True):
            words.add(" ".join(written.split()))
            words.update(part.strip() for part in written.split(",") if "fields" in column)
    return sorted((one for one in words if len(one) > 3), key=len, reverse=True)


def own_words(text: str) -> set[str]:
    """The lower-case words of a text; the first one as well, though it begins with a capital."""
    plain = NAMES.sub(" ", text[:1].lower() + text[1:])
    return set(re.findall(r"(?<![\w'’-])[a-záéíóúñü]+(?![\w'’-])", plain))


def foreign(site, language: str, words: list[str], verbatim: list[str]) -> dict:
    """Words of the other language in what pages say in their own: (word, text) and one page."""
    found = {}
    for answer in site.pages:
        if not answer.url.startswith(f"/{language}/"):
            continue
        for text in answer.reading.words_in(language):
            if own_words(text) & set(words):
                rest = text
                for written in verbatim:
                    rest = rest.replace(written, "–")
                for word in own_words(rest) & set(words):
                    found.setdefault((word, rest), answer.url)
    return found


def test_spanish_pages_say_nothing_in_english(site, verbatim):
    assert len(ENGLISH) >= 25
    assert foreign(site, "es", ENGLISH, verbatim) == {}


def test_english_pages_say_nothing_in_spanish(site, verbatim):
    assert foreign(site, "en", SPANISH, verbatim) == {}


def test_no_text_of_the_interface_stands_untranslated_on_a_spanish_page(site):
    catalogue = read(catalogue_paths()[0])
    texts = {
        message.id
        for message in gather()
        if isinstance(message.id, str)
        and "%" not in message.id
        and len(message.id) >= 4
        and (known := catalogue.get(message.id, message.context)) is not None
        and known.string != message.id
    }
    assert len(texts) > 300
    found = {}
    for answer in site.pages:
        if answer.url.startswith("/es/"):
            for text in texts & set(answer.reading.words_in("es")):
                found.setdefault(text, answer.url)
    assert found == {}
