"""Colleagues who answer for their side at the desk in the same moment."""

import pytest

from relationships.answering import answer_at_desk
from relationships.confirming import Given
from relationships.models import Confirmation
from tests import factories as make
from tests.threads import at_once

MANY = 6


@pytest.mark.django_db(transaction=True)
def test_colleagues_who_answer_at_once_at_the_desk_are_all_heard():
    tie = make.TieFactory()
    results = at_once(
        MANY, lambda n: answer_at_desk(tie, ["a"], Given("alive", name=f"Colleague {n}"))
    )
    assert results == [None] * MANY
    assert Confirmation.objects.get().history.count() == MANY
