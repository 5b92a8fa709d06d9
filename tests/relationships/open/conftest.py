"""The small world, made once for each module; its tests only read."""

import pytest
from django.db import transaction

from tests.relationships.open.world import make_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The tie that everything is about."""
    with django_db_blocker.unblock(), transaction.atomic():
        tie = make_world()
        with django_db_blocker.block():
            yield tie
        transaction.set_rollback(True)


@pytest.fixture
def nothing_kept(settings):
    """Every answer is made anew."""
    settings.PUBLIC_PAGES_KEPT = 0
