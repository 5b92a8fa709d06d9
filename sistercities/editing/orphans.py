"""Files that belong to nothing: sent with a form that nobody finished, or left by a crash."""

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import models
from django.utils import timezone

from sistercities.models import Attachment


def clean(*, dry_run: bool = False) -> list[str]:
    """Remove what nobody has needed for a day; the names of the files."""
    waiting = list(Attachment.orphans())
    gone = [str(file) for row in waiting for file in (row.file, row.thumb) if file]
    before = timezone.now() - Attachment.WAITS
    named = named_files()
    lost = [name for name in walk(default_storage) if name not in named]
    lost = [name for name in lost if default_storage.get_modified_time(name) < before]
    if not dry_run:
        for row in waiting:
            row.remove()
        for name in lost:
            default_storage.delete(name)
    return gone + lost


def named_files() -> set[str]:
    """Every file that a row names, also one that a row of the history names."""
    names: set[str] = set()
    for model in apps.get_models():
        live = getattr(model, "instance_type", model)  # a history row knows its model
        files = [f.name for f in live._meta.get_fields() if isinstance(f, models.FileField)]
        for field in files:
            rows = model._base_manager.exclude(**{field: ""}).exclude(**{field: None})
            names.update(str(name) for name in rows.values_list(field, flat=True))
    return names


def walk(storage: Storage, folder: str = "") -> list[str]:
    """The names of all files that are stored."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return []
    prefix = f"{folder}/" if folder else ""
    found = [prefix + name for name in sorted(files)]
    for name in sorted(folders):
        found += walk(storage, prefix + name)
    return found
