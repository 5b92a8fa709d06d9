"""Whoever takes personal data out of the registry is written down."""

import datetime
import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from sistercities import exports
from sistercities.models import Export
from tests.factories import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_export_is_kept_and_told_in_one_line_of_json(caplog):
    caplog.set_level("INFO", logger="sistercities.exports")
    user = UserFactory(email="ana@example.org", name="Ana")
    kept = exports.note(user, "members\n{", rows=3, filters="q=ana", why="For the meeting")
    assert (kept.by, kept.rows, kept.why) == (user, 3, "For the meeting")
    said = json.loads(caplog.messages[-1])
    assert (said["event"], said["what"], said["rows"]) == ("export", "members\n{", 3)
    assert (said["by"], said["export"]) == (user.pk, kept.pk)
    assert "\n" not in caplog.messages[-1]
    assert "ana" not in caplog.messages[-1]


def test_a_request_is_as_good_as_its_user_and_nobody_is_a_command(rf):
    request = rf.get("/")
    request.user = UserFactory()
    assert exports.note(request, "x", rows=0).by == request.user
    assert exports.note(None, "x", rows=0).by is None


def test_whoever_takes_their_own_data_along_is_written_down(client):
    user = UserFactory()
    PersonFactory(user=user)
    client.force_login(user)
    assert client.post(reverse("desk:my-data-file")).status_code == 200
    kept = Export.objects.get()
    assert (kept.what, kept.by) == ("person", user)
    assert kept.rows > 1


def test_the_command_writes_down_why(capsys):
    person = PersonFactory()
    call_command("export_person", person.pk, why="Asked for by letter")
    kept = Export.objects.get()
    assert (kept.by, kept.filters, kept.why) == (None, f"person={person.pk}", "Asked for by letter")
    assert json.loads(capsys.readouterr().out)["about_you"]


def test_the_office_reads_the_list_and_cannot_change_it(client):
    kept = exports.note(UserFactory(name="Ana"), "members", rows=41, filters="state=JAL")
    client.force_login(UserFactory(staff=True))
    page = client.get(reverse("admin:sistercities_export_changelist")).content.decode()
    assert all(text in page for text in ("members", "41", "Ana", "state=JAL"))
    change = reverse("admin:sistercities_export_change", args=[kept.pk])
    assert client.post(change, {"rows": 1}).status_code == 403
    assert client.get(reverse("admin:sistercities_export_add")).status_code == 403


def test_exports_are_remembered_for_two_years():
    now = timezone.now()
    for days in (729, 731):
        Export.objects.filter(pk=exports.note(None, "x", rows=0).pk).update(
            at=now - datetime.timedelta(days=days)
        )
    assert (Export.purge(), Export.purge()) == (1, 0)
