"""Message catalogues: gathered from Python and templates, merged, judged, compiled."""

import gettext

import pytest
from django.core.management import call_command
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from sistercities import catalogs

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
_("Good day")
ngettext("%(count)s tie", "%(count)s ties", 2)
pgettext("of a tie", "Ended")
_("Good "
  "night")
"""
TEMPLATE = """
{% load i18n %}
      <p title="{% translate "A title" %}">{{ name|default:_("Nobody") }}</p>
  {% blocktranslate trimmed count number=ties|length %}
    One tie
  {% plural %}
    {{ number }} ties
  {% endblocktranslate %}
{% translate "Ended" context "of a term" %}
"""


@pytest.fixture
def base(tmp_path):
    (tmp_path / "sistercities").mkdir()
    (tmp_path / "sistercities" / "words.py").write_text(PYTHON)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


@pytest.fixture
def po(base):
    path = base / "locale" / "es" / "LC_MESSAGES" / "django.po"
    catalogs.update(path, catalogs.gather(base))
    return path


def translate(path, **texts):
    catalogue = catalogs.read(path)
    for message in catalogue:
        if message.id:
            shapes = len(message.id) if message.pluralizable else 0
            message.string = tuple(message.id) if shapes else texts.get(message.id, message.id)
    path.write_bytes(catalogs.written(catalogue))


def test_messages_of_python_and_templates_are_gathered(base):
    found = {(message.context, message.id) for message in catalogs.gather(base) if message.id}
    assert found == {
        (None, "Good day"),
        (None, "Good night"),
        (None, ("%(count)s tie", "%(count)s ties")),
        ("of a tie", "Ended"),
        ("of a term", "Ended"),
        (None, "A title"),
        (None, "Nobody"),
        (None, ("One tie", "%(number)s ties")),
    }


def test_the_file_has_neither_dates_nor_line_numbers(po):
    text = po.read_text()
    assert "Date" not in text
    assert "#:" not in text


def test_a_second_update_changes_nothing(base, po):
    assert catalogs.update(po, catalogs.gather(base)) is False


def test_translations_survive_an_update_and_obsolete_texts_go(base, po):
    translate(po, **{"Good day": "Buenos días"})
    (base / "templates" / "page.html").write_text("{% load i18n %}")
    assert catalogs.update(po, catalogs.gather(base)) is True
    catalogue = catalogs.read(po)
    assert catalogue.get("Good day").string == "Buenos días"
    assert catalogue.get("A title") is None
    assert list(catalogue.obsolete) == []


def test_a_complete_catalogue_has_no_findings(base, po):
    translate(po)
    assert list(catalogs.findings(po, catalogs.gather(base)).sentences()) == []


def test_an_untranslated_text_is_named(base, po):
    translate(po, **{"Nobody": ""})
    found = catalogs.findings(po, catalogs.gather(base))
    assert list(found.sentences()) == ["untranslated: 'Nobody'"]


def test_a_new_text_is_named(base, po):
    translate(po)
    (base / "templates" / "new.html").write_text('{% load i18n %}{% translate "New here" %}')
    found = catalogs.findings(po, catalogs.gather(base))
    assert list(found.sentences()) == ["missing: 'New here'"]


def test_a_text_that_is_no_longer_used_makes_the_file_out_of_date(base, po):
    translate(po)
    (base / "templates" / "page.html").write_text("")
    found = catalogs.findings(po, catalogs.gather(base))
    assert list(found.sentences()) == [
        "out of date: the file holds texts that are no longer used, or is not in order"
    ]


def test_a_fuzzy_text_is_named(base, po):
    translate(po)
    catalogue = catalogs.read(po)
    catalogue.get("Nobody").flags.add("fuzzy")
    po.write_bytes(catalogs.written(catalogue))
    found = catalogs.findings(po, catalogs.gather(base))
    assert list(found.sentences()) == ["fuzzy: 'Nobody'"]


def test_a_placeholder_that_differs_is_named(base, po):
    (base / "sistercities" / "words.py").write_text('_("%(name)s is here")')
    (base / "templates" / "page.html").write_text("")
    catalogs.update(po, catalogs.gather(base))
    translate(po, **{"%(name)s is here": "%(nombre)s está"})
    (sentence,) = catalogs.findings(po, catalogs.gather(base)).sentences()
    assert sentence.startswith("wrong: '%(name)s is here': ")


def test_the_compiled_catalogue_speaks(po):
    translate(po, **{"Good day": "Buenos días"})
    assert catalogs.compile_catalogue(po) is True
    assert catalogs.compile_catalogue(po) is False
    with po.with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("Good day") == "Buenos días"
    assert spoken.ngettext("One tie", "%(number)s ties", 2) == "%(number)s ties"
    assert spoken.pgettext("of a tie", "Ended") == "Ended"


@pytest.fixture
def forgotten(po):
    """What was read of catalogues is forgotten before and after."""
    translation_file_changed(None, po.with_suffix(".mo"))
    yield
    translation_file_changed(None, po.with_suffix(".mo"))


def test_who_looked_before_the_catalogue_was_compiled_hears_it_speak(
    base, po, forgotten, settings, monkeypatch
):
    settings.BASE_DIR, settings.LOCALE_PATHS = base, [base / "locale"]
    monkeypatch.setattr(catalogs, "catalogue_paths", lambda: [po])
    translate(po, **{"Good day": "Buenos días"})
    with translation.override("es"):
        assert translation.gettext("Good day") == "Good day"
    call_command("messages", compile=True, verbosity=0)
    with translation.override("es"):
        assert translation.gettext("Good day") == "Buenos días"
