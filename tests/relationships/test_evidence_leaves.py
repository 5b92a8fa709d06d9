"""Evidence that the office removes on the page of its tie takes its file along."""

import pytest
import zeal
from django.core.files.base import ContentFile
from django.test import Client, TestCase
from django.urls import reverse

from relationships.models import Evidence
from sistercities.editing import orphans
from tests import factories
from tests.adminforms import filled

pytestmark = pytest.mark.django_db


def test_removed_on_the_page_of_its_tie_it_takes_its_file_along(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    tie = factories.TieFactory()
    evidence = factories.EvidenceFactory(tie=tie, file=ContentFile(b"%PDF-1.4 x", "acta.pdf"))
    other = factories.EvidenceFactory(tie=tie, file=ContentFile(b"%PDF-1.4 y", "otra.pdf"))
    office = Client()
    office.force_login(factories.UserFactory(staff=True))
    url = reverse("admin:relationships_tie_change", args=[tie.pk])
    sent = filled(office, url) | {"change_reason": "Of another tie"}
    [number] = [n for n in range(2) if sent[f"evidence-{n}-id"] == evidence.pk]
    sent |= {f"evidence-{number}-DELETE": "on"}
    with TestCase.captureOnCommitCallbacks(execute=True), zeal.zeal_ignore():
        response = office.post(url, sent)  # Django's own formset asks for each row
    assert response.status_code == 302
    assert list(Evidence.objects.all()) == [other]
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [str(path.relative_to(tmp_path)) for path in left] == [other.file.name]
    assert orphans.clean(dry_run=True) == []
    assert Evidence.history.filter(id=evidence.pk, history_type="-").count() == 1
