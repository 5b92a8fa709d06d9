"""Somebody of the office who imports lists, and the places that they may mean."""

import pytest
from django.test import Client

from sistercities.models import User
from tests.relationships.imports.world import make_places
from tests.relationships.office.imports.steps import allowed


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def places(db):
    return make_places()


@pytest.fixture
def registrar(places) -> User:
    """Somebody with the right to import, and no other but to see imports."""
    return allowed("view_importbatch", "import_ties")


@pytest.fixture
def office(client: Client, registrar: User, settings) -> Client:
    client.force_login(registrar)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client
