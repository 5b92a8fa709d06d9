import pytest
from django.test import Client

from tests import factories


@pytest.fixture(autouse=True)
def _test_desk(settings):
    settings.ROOT_URLCONF = "tests.sistercities.editing.urls"


def _someone(name: str) -> Client:
    client = Client()
    client.user = factories.UserFactory(name=name)
    client.force_login(client.user)
    return client


@pytest.fixture
def ana(db) -> Client:
    return _someone("Ana")


@pytest.fixture
def ben(db) -> Client:
    return _someone("Ben")
