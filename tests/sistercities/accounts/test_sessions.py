"""Logins are read by prepared questions, and end as Django's do."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from sistercities.accounts.finding import ByEmail
from sistercities.accounts.sessions import SessionStore
from tests import factories as make

pytestmark = pytest.mark.django_db


def kept() -> SessionStore:
    session = SessionStore()
    session["word"] = "kept"
    session.save()
    return session


def test_a_login_holds_what_it_kept():
    assert SessionStore(kept().session_key)["word"] == "kept"


@pytest.mark.parametrize("seconds", [-1, 0])
def test_a_login_whose_time_is_over_is_empty_and_its_key_is_not_used_again(seconds):
    key = kept().session_key
    over = timezone.now() + datetime.timedelta(seconds=seconds)
    Session.objects.filter(pk=key).update(expire_date=over)
    session = SessionStore(key)
    assert session.load() == {}
    assert session.session_key is None


@pytest.mark.parametrize("key", ["", "short", "nobody-has-this-key", "x" * 5000, "ñ' OR 1=1 --"])
def test_a_key_that_nobody_has_is_an_empty_login(key):
    kept()
    session = SessionStore(key)
    assert session.load() == {}
    assert session.is_empty()


def test_who_is_logged_in_is_read_whole_in_one_question(django_assert_num_queries):
    user = make.UserFactory()
    with django_assert_num_queries(1):
        found = ByEmail().get_user(user.pk)
        assert found == user
        assert found.get_deferred_fields() == set()
    assert ByEmail().get_user(user.pk + 1) is None


def test_who_may_not_log_in_any_more_is_nobody():
    assert ByEmail().get_user(make.UserFactory(is_active=False).pk) is None
