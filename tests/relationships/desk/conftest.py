"""Two desks of one tie."""

import pytest
from django.test import Client

from tests.relationships.desk.sides import Pair, make_pair, officer


@pytest.fixture
def pair(db) -> Pair:
    """A tie with a committee on each side."""
    return make_pair()


@pytest.fixture
def home(pair: Pair) -> Client:
    """An editor of side "a"."""
    return officer(pair.ours)


@pytest.fixture
def away(pair: Pair) -> Client:
    """An editor of side "b"."""
    return officer(pair.theirs)
