"""What a second database is not asked."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from sistercities.models import User
from tests import conftest, databases

HERE = Path(__file__).resolve().parent
PAGES = {
    *("http/test_doors.py", "http/test_headers.py", "http/test_links.py", "http/test_pages.py"),
    *("http/test_payloads.py", "http/test_spanish.py", "rights/test_payloads.py"),
}
"""As docs/decisions/0018-two-databases.md says."""


def test_only_the_modules_that_the_decision_names_are_marked():
    marked = {
        str(path.relative_to(HERE / "site"))
        for path in HERE.rglob("*.py")
        if path != Path(__file__) and "mark.page" in path.read_text(encoding="utf-8")
    }
    assert marked == PAGES


def test_a_test_without_a_database_cannot_ask_one(request):
    assert not databases.matters(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.exists()


@pytest.mark.django_db
def test_a_test_with_one_runs_on_each(request):
    assert databases.matters(request.node)


@pytest.mark.page
@pytest.mark.django_db
def test_another_database_leaves_out_what_it_cannot_change(request, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    items, left = list(request.session.items), []
    config = SimpleNamespace(
        hook=SimpleNamespace(pytest_deselected=lambda items: left.extend(items))
    )
    conftest.pytest_collection_modifyitems(config, items)
    asked = [one.name for one in items if one.fspath == request.node.fspath]
    assert asked == ["test_a_test_with_one_runs_on_each"]
    assert request.node in left
    assert len(items) + len(left) == len(request.session.items)
