"""What a check finds."""

from collections.abc import Iterator
from typing import NamedTuple


class Difference(NamedTuple):
    """One thing that is not as it should be: of which object, and what. `fixable` when it is only a
    derived column, which `mending` writes anew."""

    subject: str
    number: int | None
    what: str
    fixable: bool = False

    def __str__(self) -> str:
        return f"{self.subject} {self.number}: {self.what}" if self.number else self.what


Differences = Iterator[Difference]


def name_of(model) -> str:
    """How a line calls an object of this model: "officeterm"."""
    return model._meta.model_name
