"""What is kept no longer goes, and a second run finds nothing."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from sistercities import retention
from sistercities.models import Draft, FormReceipt

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - datetime.timedelta(days=400)


def test_a_second_run_deletes_nothing(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(retention, "_duties", {})
    Draft.objects.create(owner=1, kind="old", changed_at=LONG_AGO)
    Draft.objects.create(owner=1, kind="new")
    FormReceipt.objects.create(nonce="old", made_at=LONG_AGO)
    FormReceipt.objects.create(nonce="new")
    Session.objects.create(session_key="old", session_data="", expire_date=LONG_AGO)
    Session.objects.create(session_key="new", expire_date=timezone.now().replace(year=9999))
    expected = {"drafts": 1, "receipts": 1, "sessions": 1, "files": 0}
    assert retention.run() == expected
    assert retention.run() == dict.fromkeys(expected, 0)
    assert (Draft.objects.get().kind, FormReceipt.objects.get().nonce) == ("new", "new")
    assert Session.objects.get().session_key == "new"


def test_other_apps_have_duties_too(settings, tmp_path, monkeypatch, capsys):
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(retention, "_duties", {})
    retention.duty("letters", lambda: 3)
    call_command("retention")
    assert capsys.readouterr().out.splitlines()[0] == "letters: 3"
