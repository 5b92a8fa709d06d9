"""Every factory makes a row that its model accepts; so every other test may lean on them."""

import pytest
from factory.django import DjangoModelFactory

from tests import factories, mailfactories

ALL = [
    one
    for one in {**vars(factories), **vars(mailfactories)}.values()
    if isinstance(one, type) and issubclass(one, DjangoModelFactory) and one._meta.model
]


@pytest.mark.django_db
@pytest.mark.parametrize("one", ALL, ids=lambda one: one.__name__)
def test_two_rows_of_every_kind_are_valid(one):
    first, second = one(), one()
    first.full_clean()
    second.full_clean()
    assert first.pk != second.pk
