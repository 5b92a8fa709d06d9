"""check_registry names amounts in money that is none."""

import pytest

from relationships.checking import differences
from relationships.deriving import derive
from relationships.models import Donation, Exchange
from tests.factories import DonationFactory, ExchangeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "kind"), [(DonationFactory, Donation), (ExchangeFactory, Exchange)]
)
def test_money_that_is_none_is_named(factory, kind):
    row, _of_former_days = factory(), factory(currency="MXP")
    derive()
    kind.objects.filter(pk=row.pk).update(currency="ABC")
    found = [str(one) for one in differences() if "currency" in one.what]
    assert found == [f"{kind._meta.model_name} {row.pk}: 'ABC' is not the code of a currency"]
