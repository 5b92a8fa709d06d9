"""A list that comes through a page: kept under a random name, looked at, and opened again by the
worker. Nothing is judged here."""

import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relationships.imports.formats import read_bytes
from relationships.imports.refusal import ImportRefused
from relationships.imports.tables import Table
from relationships.imports.unpacking import as_csv
from relationships.imports.workbooks import inspect
from relationships.models import ImportBatch
from sistercities.uploads import MEGABYTE

MOST_SENT = 10 * MEGABYTE
SAMPLE = 5
LONGEST_SHOWN = 80
FILE_KEPT = datetime.timedelta(days=30)
XLSX = "xlsx"


def receive(sent: UploadedFile, source: str, by: Any) -> ImportBatch:
    """Keep a file as a new import. ImportRefused, with a sentence, for what is no list.

    A workbook and a file of JSON are only looked at from outside: the worker reads them.
    """
    if sent.size > MOST_SENT:
        raise ImportRefused(_("The file must be smaller than 10 MB. Split it."))
    data = sent.read()
    batch = ImportBatch(source=source, by=by, state=ImportBatch.State.UPLOADED)
    batch.file_name = shown_name(sent.name or "")
    if data.startswith(b"PK"):
        inspect(data)
        batch.format = XLSX
    elif data.lstrip()[:1] in (b"[", b"{"):
        batch.format = "json"
    else:
        _look(batch, read_bytes(data, batch.file_name))
    batch.file.save("list", ContentFile(data), save=False)
    batch.save()
    return batch


def is_read(batch: ImportBatch) -> bool:
    """Whether the header of its file is known."""
    return bool(batch.mapping.get("header"))


def read(batch: ImportBatch) -> None:
    """Read the header of a file of which only the outside is known; a workbook is kept as CSV from
    now on."""
    with batch.file.open("rb") as file:
        data = file.read()
    if batch.format != XLSX:
        _look(batch, read_bytes(data, batch.file_name))
        batch.save(update_fields=["format", "sha256", "mapping"])
        return
    text, sheets = as_csv(data)
    table = read_bytes(text, batch.file_name)
    table.format = XLSX
    _look(batch, table)
    batch.mapping["sheets"] = sheets
    before = batch.file.name
    batch.file.save("list", ContentFile(text), save=False)
    batch.save(update_fields=["format", "sha256", "mapping", "file"])
    transaction.on_commit(lambda: batch.file.storage.delete(before))


def table_of(batch: ImportBatch) -> Table:
    """The file of an import as a table."""
    if not batch.file:
        raise ImportRefused(_("The file is not kept any more. Import it again."))
    try:
        with batch.file.open("rb") as file:
            data = file.read()
    except FileNotFoundError as error:
        raise ImportRefused(_("The file is not kept any more. Import it again.")) from error
    table = read_bytes(data, batch.file_name)
    table.format = batch.format
    return table


def shown_name(name: str) -> str:
    """The sender's name of a file, without folders and what cannot be printed."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable())[-200:] or "?"


def _look(batch: ImportBatch, table: Table) -> None:
    """Note header, format and the first rows, cut short."""
    sample = []
    for _number, cells in table.rows():
        sample.append([cell[:LONGEST_SHOWN] for cell in cells[: len(table.header)]])
        if len(sample) == SAMPLE:
            break
    batch.format, batch.sha256 = table.format, table.sha256
    batch.mapping = {"header": table.header, "sample": sample}


def forget_files(now: datetime.datetime | None = None) -> int:
    """Files of imports that ended a month ago: their rows say all that the file said."""
    before = (now or timezone.now()) - FILE_KEPT
    State = ImportBatch.State
    ended = ImportBatch.objects.filter(state__in=(State.COMMITTED, State.UNDONE, State.DROPPED))
    count = 0
    for batch in ended.filter(planned_at__lt=before).exclude(file=""):
        batch.file.delete(save=False)
        ImportBatch.objects.filter(pk=batch.pk).update(file="")
        count += 1
    return count
