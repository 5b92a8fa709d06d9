"""`manage.py prepare`: what is up to date already is left alone."""

import os

import pytest
from django.core.management import call_command

from sistercities.management.commands import prepare


@pytest.fixture
def called(monkeypatch, settings, tmp_path):
    """The names of the commands that prepare calls; none of them runs."""
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.STATIC_ROOT.mkdir()
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "site.css").write_text("body {}")
    names = []
    monkeypatch.setattr(prepare, "call_command", lambda name, *_a, **_k: names.append(name))
    return names


@pytest.fixture
def empty_database(monkeypatch):
    monkeypatch.setattr(prepare.connection.introspection, "table_names", lambda: [])


@pytest.mark.django_db
def test_the_second_time_nothing_is_collected(called):
    call_command("prepare")
    assert called == ["messages", "migrate", "load_guides", "build_fonts", "collectstatic"]
    called.clear()
    call_command("prepare")
    assert called == ["messages", "migrate", "load_guides", "build_fonts"]


@pytest.mark.django_db
def test_a_changed_file_is_collected_again(called, tmp_path):
    call_command("prepare")
    called.clear()
    os.utime(tmp_path / "static" / "site.css", (1, 1))
    call_command("prepare")
    assert called == ["messages", "migrate", "load_guides", "build_fonts", "collectstatic"]


@pytest.mark.django_db
def test_the_demo_goes_into_a_new_database_only(called):
    call_command("prepare", "--demo")
    assert "load_demo" not in called


def test_the_demo_is_loaded_into_a_new_database_once_its_letters_can_be_translated(
    called, empty_database
):
    call_command("prepare", "--demo")
    assert called[:3] == ["messages", "migrate", "load_demo"]


def test_a_server_gets_no_demo(called, empty_database):
    call_command("prepare")
    assert "load_demo" not in called


@pytest.mark.django_db
def test_a_demo_that_was_cut_short_is_loaded_the_next_time(called, settings):
    settings.VAR_DIR.mkdir()
    (settings.VAR_DIR / prepare.DEMO_WANTED).touch()
    call_command("prepare", "--demo")
    assert called[:3] == ["messages", "migrate", "load_demo"]
    called.clear()
    call_command("prepare", "--demo")
    assert "load_demo" not in called
