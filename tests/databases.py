"""Which tests a second database could answer differently (docs/decisions/0018-two-databases.md).

All tests run on SQLite. On any other database those are left out that pytest-django refuses a
database: it would be the same test twice.
"""

import pytest
from django.test import TransactionTestCase

ASKING = {"db", "transactional_db", "live_server"}


def matters(item: pytest.Item) -> bool:
    """Whether the database could make a difference to a test."""
    if item.get_closest_marker("django_db") or not ASKING.isdisjoint(item.fixturenames):
        return True
    cls = getattr(item, "cls", None)
    return _opens_one(item) or (cls is not None and issubclass(cls, TransactionTestCase))


def _opens_one(item: pytest.Item) -> bool:
    """Whether a fixture of ours, of a whole module say, unblocks the database by itself."""
    return any(
        "django_db_blocker" in one.argnames and not one.func.__module__.startswith("pytest_django")
        for fixtures in item._fixtureinfo.name2fixturedefs.values()
        for one in fixtures
    )
