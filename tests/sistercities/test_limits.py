"""So many tries an hour, counted for all processes, and nobody's address kept."""

import datetime

import pytest
from django.test import RequestFactory
from django.utils import timezone

from sistercities.limits import address_of, is_too_often
from sistercities.models import Knock

pytestmark = pytest.mark.django_db


def test_the_sixth_try_in_an_hour_is_one_too_many():
    answers = [is_too_often("contact", "10.0.0.1", most=5) for _n in range(7)]
    assert answers == [False] * 5 + [True] * 2
    assert not is_too_often("contact", "10.0.0.2", most=5)
    assert not is_too_often("another", "10.0.0.1", most=5)
    later = timezone.now() + datetime.timedelta(minutes=61)
    assert not is_too_often("contact", "10.0.0.1", most=5, now=later)


def test_tries_are_forgotten_after_a_day_and_name_nobody():
    is_too_often("contact", "10.0.0.1", most=5)
    assert "10.0.0.1" not in Knock.objects.get().who
    is_too_often("x", "y", most=5, now=timezone.now() + datetime.timedelta(hours=25))
    assert Knock.objects.count() == 1


def test_only_our_own_proxy_is_believed(settings):
    forged = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 5.6.7.8"}
    request = RequestFactory().get("/", **forged)
    settings.BEHIND_PROXY = False
    assert address_of(request) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert address_of(request) == "5.6.7.8"
