"""Somebody of the office who compares lists, and the places that they name."""

import pytest
from django.db import transaction
from django.test import Client

from tests.relationships.imports.world import make_places
from tests.relationships.office.imports.steps import allowed

RIGHTS = ("view_importbatch", "import_ties", "view_comparison", "compare_lists", "change_city")


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker):
    """Made once for all tests of a module and then taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_places()
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def office(places, db, client: Client, settings, tmp_path) -> Client:
    settings.MEDIA_ROOT = str(tmp_path)
    client.force_login(allowed(*RIGHTS))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client
