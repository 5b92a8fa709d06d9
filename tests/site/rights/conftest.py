"""The two houses, built once for all tests of this folder; every request is taken back."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from tests.sistercities.accounts.conftest import SECOND
from tests.site.rights.houses import Doorstep, House


@pytest.fixture(scope="package", autouse=True)
def village(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[dict]:
    """Committees A and B, and everybody at their doors."""
    from django.conf import settings

    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(
            MIDDLEWARE=[one for one in settings.MIDDLEWARE if "zeal" not in one] + [SECOND],
            PUBLIC_PAGES_KEPT=0,  # a page is asked of its view by everybody
            SECURITY_CONTACT="security@registry.example",
            MEDIA_ROOT=str(tmp_path_factory.mktemp("media")),
        ),
    ):
        a, b = House("A"), House("B", country="US")
        yield {"a": a, "b": b, "doors": Doorstep(a, b)}
        transaction.set_rollback(True)


@pytest.fixture
def a(village: dict) -> House:
    return village["a"]


@pytest.fixture
def b(village: dict) -> House:
    return village["b"]


@pytest.fixture
def doors(village: dict) -> Doorstep:
    return village["doors"]
