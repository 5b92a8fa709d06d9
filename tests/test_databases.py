"""What a second database is not asked."""

from types import SimpleNamespace

import pytest
from django.conf import settings

from sistercities.models import User
from tests import conftest, databases


def test_a_test_without_a_database_cannot_ask_one(request):
    assert not databases.matters(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.exists()


@pytest.mark.django_db
def test_a_test_with_one_runs_on_each(request):
    assert databases.matters(request.node)


@pytest.fixture
def opened(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def test_a_test_whose_fixture_opens_one_runs_on_each_too(request, opened):
    assert databases.matters(request.node)


def test_another_database_leaves_out_what_it_cannot_change(request, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    items, left = list(request.session.items), []
    hook = SimpleNamespace(pytest_deselected=lambda items: left.extend(items))
    conftest.pytest_collection_modifyitems(SimpleNamespace(hook=hook), items)
    asked = [one.name for one in items if one.fspath == request.node.fspath]
    assert asked == [
        "test_a_test_with_one_runs_on_each",
        "test_a_test_whose_fixture_opens_one_runs_on_each_too",
    ]
    assert request.node in left
    assert len(items) + len(left) == len(request.session.items)
