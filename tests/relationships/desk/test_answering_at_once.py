"""Colleagues who answer for their side at the desk in the same moment."""

import threading

import pytest
from django.db import connection

from relationships.answering import answer_at_desk
from relationships.confirming import Given
from relationships.models import Confirmation
from tests import factories as make

MANY = 6


@pytest.mark.django_db(transaction=True)
def test_colleagues_who_answer_at_once_at_the_desk_are_all_heard():
    tie, errors, ready = make.TieFactory(), [], threading.Barrier(MANY)

    def press(number: int) -> None:
        try:
            ready.wait()
            answer_at_desk(tie, ["a"], Given("alive", name=f"Colleague {number}"))
        except Exception as error:  # the assertion below names it
            errors.append(error)
        finally:
            connection.close()

    presses = [threading.Thread(target=press, args=[number]) for number in range(MANY)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert errors == []
    assert Confirmation.objects.get().history.count() == MANY
