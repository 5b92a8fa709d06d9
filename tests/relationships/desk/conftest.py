"""Two desks of one tie."""

import pytest
from django.test import Client

from committees.models import Committee
from relationships.models import Tie
from tests import factories as make
from tests.relationships.desk.desks import signed_tie
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


@pytest.fixture(autouse=True)
def _files_of_one_test(settings, tmp_path) -> None:
    """What is uploaded goes with the test."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ours(db) -> Committee:
    """A committee of a Mexican city."""
    return make.CommitteeFactory(cities=[make.CityFactory(name="Gómez Palacio")])


@pytest.fixture
def theirs(db) -> Committee:
    """The committee of its American sister."""
    city = make.CityFactory(american=True, name="South El Monte")
    return make.CommitteeFactory(country="US", cities=[city])


@pytest.fixture
def tie(ours: Committee, theirs: Committee) -> Tie:
    """Their tie, signed in 1969."""
    return signed_tie(ours.cities.get(), theirs.cities.get())
