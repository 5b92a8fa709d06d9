"""Fixtures of the tests of this app."""

import pytest
from django.db import transaction

from tests.relationships.registry import make_registry


@pytest.fixture(scope="module")
def registry(django_db_setup, django_db_blocker):
    """A small registry of everything, made once for all tests of a module and then taken back.
    The tests only read; what one of them writes is gone before the next."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_registry()
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)
