"""Fixtures for the tests of imports."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from tests.relationships.imports.world import make_places, written


@pytest.fixture(autouse=True)
def _in_english():
    """Sentences are compared in the language in which they are written."""
    with translation.override("en"):
        yield


@pytest.fixture
def places(db):
    return make_places()


@pytest.fixture
def take(tmp_path: Path, places):
    """Import a text (or a file) and return the command's JSON."""

    def run(content: str | Path | None = None, *arguments: str, name: str = "list.csv") -> dict:
        out = io.StringIO()
        files = []
        if isinstance(content, Path):
            files = [str(content)]
        elif content is not None:
            files = [written(tmp_path / name, content)]
        call_command("import_ties", *files, "--json", *arguments, stdout=out)
        return json.loads(out.getvalue())

    return run
