"""Files that somebody of the office may send, and what the worker makes of them."""

import io
import signal
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from relationships.imports import receiving, unpacking
from relationships.imports.background import COMMIT
from relationships.imports.refusal import ImportRefused
from relationships.imports.settling import settle
from relationships.models import ImportBatch, Statement, Tie
from sistercities import jobs
from sistercities.jobs.working import work_off
from sistercities.models import Job
from tests.factories import UserFactory
from tests.processes import python
from tests.relationships.imports.world import HEADER, make_places
from tests.relationships.office.imports.steps import planned
from tests.threads import at_once

State = ImportBatch.State
LIST = "city_a,country_a,city_b,country_b\nUlm,DE,Linz,AT\nKyoto,JP,Guadalajara,MX\n"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with translation.override("en"):
        yield


def book(rows: list[list], **sheets: list[list]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for name, others in sheets.items():
        sheet = made.create_sheet(name)
        for row in others:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        made.writestr("xl/worksheets/sheet1.xml", b"0" * (30 * 1024 * 1024))
    return out.getvalue()


def entities() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        text = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><workbook>&b;</workbook>'
        made.writestr("xl/workbook.xml", text)
    return out.getvalue()


def received(content: bytes, name: str = "list.csv", source: str = "Ministry") -> ImportBatch:
    return receiving.receive(SimpleUploadedFile(name, content), source, UserFactory(is_staff=True))


WRONG = {
    "empty": (b"", "The file is empty."),
    "blank": (b" \n \n", "The file is empty."),
    "only a header": (b"city_a,city_b\n", "The file has a header but no rows."),
    "an open quote": (b'a,b\n"x,y\n', "A quotation mark opened in line 2 is never closed."),
    "a PDF": (b"%PDF-1.7 ...", "The file is a PDF; a list must come as CSV, XLSX or JSON."),
    "an old XLS": (
        b"\xd0\xcf\x11\xe0rest",
        "The file is an old XLS workbook; save it as XLSX or CSV.",
    ),
    "a picture": (
        b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
        "The file is neither text in UTF-8 or Windows-1252 nor an XLSX workbook. "
        "Save it as CSV UTF-8 and try again.",
    ),
    "a bomb": (bomb(), "The workbook is packed suspiciously tight; save it as CSV."),
    "entities": (
        entities(),
        "The workbook holds XML that no spreadsheet writes; save it as CSV.",
    ),
    "a torn zip": (b"PK\x03\x04torn", "The workbook is damaged and cannot be read."),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_is_no_list_gets_a_sentence_and_is_not_kept(what, tmp_path):
    content, sentence = WRONG[what]
    with pytest.raises(ImportRefused) as refused:
        received(content)
    assert str(refused.value) == sentence
    assert (ImportBatch.objects.count(), list(tmp_path.rglob("*.bin"))) == (0, [])


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(receiving, "MOST_SENT", 20)
    with pytest.raises(ImportRefused, match="smaller than 10 MB"):
        received(LIST.encode())


@pytest.mark.django_db
def test_a_list_in_an_old_encoding_and_one_with_odd_bytes_are_read():
    old = received("ciudad,hermana\nGómez Palacio,Ulm\n".encode("latin-1"))
    assert old.mapping["sample"] == [["Gómez Palacio", "Ulm"]]
    odd = received(b"city_a,city_b\nUl\0m,Linz\n" + b"Ulm,Linz\n" * 20)
    assert odd.mapping["header"] == ["city_a", "city_b"]


@pytest.mark.django_db
def test_the_file_lies_under_a_random_name_and_goes_a_month_after_its_end():
    batch = received(LIST.encode(), name="../../etc/pass wd.csv")
    assert batch.file_name == "pass wd.csv"
    assert "pass" not in batch.file.name
    assert receiving.forget_files(timezone.now() + 3 * receiving.FILE_KEPT) == 0
    ImportBatch.objects.update(state=State.COMMITTED)
    assert receiving.forget_files() == 0
    assert receiving.forget_files(timezone.now() + 2 * receiving.FILE_KEPT) == 1
    assert receiving.forget_files(timezone.now() + 2 * receiving.FILE_KEPT) == 0
    batch.refresh_from_db()
    with pytest.raises(ImportRefused):
        receiving.table_of(batch)


@pytest.mark.django_db(transaction=True)
def test_a_workbook_is_read_by_a_process_of_its_own_and_kept_as_csv(monkeypatch):
    monkeypatch.delattr("openpyxl.load_workbook")  # nobody reads it in this process
    rows = [["city_a", "city_b"], ["Ulm\nan der Donau", "Linz"], [], ["=x", "ñ"]]
    batch = received(book(rows, Second=[["x"]]), name="list.xlsx")
    assert not receiving.is_read(batch)
    before = batch.file.path
    receiving.read(batch)
    batch.refresh_from_db()
    assert batch.format == "xlsx"
    assert batch.mapping["header"] == ["city_a", "city_b"]
    assert batch.mapping["sheets"] == ["Sheet", "Second"]
    numbers = [number for number, _cells in receiving.table_of(batch).rows()]
    assert numbers == [2, 4], "as the sheet counts them"
    assert batch.file.path != before
    assert not batch.file.storage.exists(before)


def test_a_workbook_that_wants_too_much_is_stopped_and_said(monkeypatch, tmp_path):
    """The reader's memory is bounded before it parses: even a good workbook is too much then."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "sitecustomize.py").write_text(
        "import resource\n"
        "def only_less(what, limits, real=resource.setrlimit):\n"
        "    real(what, (30 << 20,) * 2 if what == resource.RLIMIT_AS else limits)\n"
        "resource.setrlimit = only_less\n"
    )
    with pytest.raises(ImportRefused) as refused:
        unpacking.as_csv(book([["city_a", "city_b"], ["Ulm", "Linz"]]))
    assert str(refused.value) == (
        "The workbook takes too much memory or time to read; save it as CSV."
    )


@pytest.mark.django_db
def test_a_workbook_that_the_worker_cannot_read_fails_with_its_sentence(client):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
    batch = received(out.getvalue(), name="list.xlsx")
    job = jobs.queue("import-read", about=batch.about, batch=batch.pk)
    assert work_off(quietly=True) == {"failed": 1}
    job.refresh_from_db()
    assert job.message == "The workbook is damaged and cannot be read."


# The worker and the registry


def a_plan(client) -> ImportBatch:
    make_places()
    client.force_login(UserFactory(staff=True))
    return planned(client, LIST)


DIES = """
import os, signal, django
django.setup()
from relationships.imports import committing
derive = committing.derive
def die(ties):
    derive(ties)
    os.kill(os.getpid(), signal.SIGKILL)
committing.derive = die
from sistercities.jobs.working import work_off
work_off()
"""


@pytest.mark.django_db(transaction=True)
def test_of_a_worker_that_dies_while_it_applies_nothing_stays_and_the_next_one_applies_once(client):
    batch = a_plan(client)
    jobs.queue(COMMIT, about=batch.about, batch=batch.pk, edition=batch.edition)
    killed = python("-c", DIES)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert (Tie.objects.count(), Statement.objects.count()) == (0, 0)
    Job.objects.update(heartbeat_at=timezone.now() - 2 * Job.LAPSE)
    assert work_off() == {"done": 1}
    assert (Tie.objects.count(), Statement.objects.count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_settle_a_row_at_the_same_moment_one_wins(client):
    places = make_places()
    client.force_login(UserFactory(staff=True))
    batch = planned(client, HEADER + "Springfield,,US,Ulm,,DE,,,office\n", country_b="DE")
    both = [places[4250542].pk, places[4409896].pk]
    user = UserFactory()
    found = at_once(2, lambda n: settle(batch.pk, 2, "a", both[n], by=user))
    assert sorted(type(one).__name__ for one in found) == ["ImportRefused", "Settled"]
    batch.refresh_from_db()
    assert (batch.counts["created"], batch.counts["unresolved"]) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_apply_an_import_once(client):
    batch = a_plan(client)
    jobs.queue(COMMIT, about=batch.about, batch=batch.pk, edition=batch.edition)
    fates = at_once(2, lambda _n: work_off())
    assert sum(fate["done"] for fate in fates) == 1
    assert (Tie.objects.count(), Statement.objects.count()) == (2, 2)
