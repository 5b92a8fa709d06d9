"""A list that somebody uploaded and nobody applied yet: its plan waits at the office."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from relationships.demo.record import Record
from relationships.imports import receiving
from relationships.imports.columns import map_columns
from relationships.imports.planning import Plan
from relationships.models import ImportBatch

FILE = Path(__file__).parent / "waiting_list.csv"
SOURCE = "demo-lista-de-prueba"
COUNTRIES = {"a": "MX", "b": "US"}


def load_waiting_list(record: Record) -> None:
    """The plan of the demo's own small list, once."""
    if ImportBatch.objects.filter(source=SOURCE).exists():
        return
    batch = receiving.receive(SimpleUploadedFile(FILE.name, FILE.read_bytes()), SOURCE, None)
    table = receiving.table_of(batch)
    Plan(table, map_columns(table.header), SOURCE, countries=COUNTRIES).store(batch=batch)
    record.created[ImportBatch] += 1
