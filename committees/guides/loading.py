"""Putting the delivered guides into the registry, once; from then on they are the office's own.

A guide is known by the name of its file (`came_as`), whatever the office made of its title, text
or review since. So nothing that staff wrote is ever overwritten, and what they rejected does not
come back (docs/decisions/0014-delivered-guides.md).
"""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from committees.models import Guide
from sistercities.models import Address

FOLDER = Path(__file__).parent
REASON = "Came with the software"


def delivered() -> dict[str, dict[str, Any]]:
    """The guides by the names of their files."""
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.toml"))
    }


@transaction.atomic
def load_guides(*, publish: bool = False) -> list[Guide]:
    """Add those that never were in the registry. They wait for review, unless `publish`: nobody
    reads in the association's name what the association has not read."""
    known = set(Guide.objects.exclude(came_as="").values_list("came_as", flat=True))
    new = []
    for key, texts in delivered().items():
        if key in known:
            continue
        guide = Guide(came_as=key, **{name: _plain(value) for name, value in texts.items()})
        guide.slug = Address.free("guide", guide.slug)
        guide.review = Guide.Review.PUBLISHED if publish else Guide.Review.SUBMITTED
        guide._change_reason = REASON
        guide.save()
        new.append(guide)
    return new


def _plain(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
