"""People who log in, and the second step of the office switched on as on a real server."""

import re

import pytest
from django.core.cache import cache

from sistercities.models import OutgoingMail
from tests.factories import UserFactory

PASSWORD = "long enough a password"
SECOND = "sistercities.accounts.middleware.SecondFactorForStaff"


@pytest.fixture(autouse=True)
def _counted_from_zero():
    """No tries of another test are counted."""
    cache.clear()


@pytest.fixture
def user(db):
    """A volunteer with a password."""
    return UserFactory(email="ana@example.org", name="Ana")


@pytest.fixture
def office(settings):
    """The second step is asked for, as on a real server."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, SECOND]


def last_code(address: str) -> str:
    """The code of the newest mail to an address."""
    mail = OutgoingMail.objects.filter(to=address).order_by("-pk").first()
    return re.search(r"\n    (\S+)\n", mail.text).group(1)
