"""What a second database is not asked."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from sistercities.models import User
from tests import conftest, databases

HERE = Path(__file__).resolve().parent
BOTH = {"test_addresses.py", "test_any_request.py", "test_weight.py"}
"""Walks that each database is asked for, as docs/decisions/0018-two-databases.md says."""


def test_only_walks_are_marked_and_not_those_that_send_the_oddest_requests():
    marked = {
        path
        for path in HERE.rglob("test_*.py")
        if path != Path(__file__) and "mark.walk" in path.read_text(encoding="utf-8")
    }
    walks = {*HERE.glob("site/http/test_*.py"), *HERE.glob("site/rights/test_*.py")}
    assert {path.name for path in walks - marked} == BOTH
    assert marked <= walks


def test_a_test_without_a_database_cannot_ask_one(request):
    assert not databases.matters(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.exists()


@pytest.mark.django_db
def test_a_test_with_one_runs_on_each(request):
    assert databases.matters(request.node)


@pytest.mark.walk
@pytest.mark.django_db
def test_another_database_leaves_out_what_it_cannot_change(request, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    items, left = list(request.session.items), []
    hook = SimpleNamespace(pytest_deselected=lambda items: left.extend(items))
    config = SimpleNamespace(hook=hook, getoption=lambda _name: False)
    conftest.pytest_collection_modifyitems(config, items)
    asked = [one.name for one in items if one.fspath == request.node.fspath]
    assert asked == ["test_a_test_with_one_runs_on_each"]
    assert request.node in left
    assert len(items) + len(left) == len(request.session.items)
    config.getoption = lambda name: name == "every_database"
    conftest.pytest_collection_modifyitems(config, left)
    assert request.node in left
