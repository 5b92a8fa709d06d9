"""The demo registry for the tests that ask without a browser: loaded once, taken back at the end.

Nothing in this folder may keep what it writes: a test that writes asks for pytest-django's `db`.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from committees.models import Committee
from relationships.demo.load import load_demo
from relationships.deriving import derive
from tests.site import canaries, pages
from tests.site.crawling import Crawl, crawl
from tests.site.telling import told_by


@pytest.fixture(scope="package", autouse=True)
def demo(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The demo registry, with a word that nobody may see in every private place of it."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(SECURITY_CONTACT="security@registry.example"),
    ):
        load_demo()
        told_by(Committee.objects.get(slug="south-el-monte"))
        canaries.plant()
        derive()
        pages.public_file()
        pages.public_model()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def site(demo: None) -> Crawl:
    """Everything that a visitor can reach by following links; it takes half a minute.

    The modules that ask for it come one after another, so that one worker walks for all.
    """
    return crawl()
