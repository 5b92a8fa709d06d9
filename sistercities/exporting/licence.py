"""Under which terms the data are given away: said here, and nowhere else."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from sistercities import association
from sistercities.context import data_date

NAME = "CC BY 4.0"
URL = "https://creativecommons.org/licenses/by/4.0/"
PLACES = "GeoNames (CC BY 4.0)"
"""Where names, coordinates and populations of places come from."""


def attribution() -> str:
    """Whom to name: the association, and where its places come from."""
    return f"{association.NAME}; {PLACES}"


def as_of(request: HttpRequest) -> date:
    """The day of the data: when something published changed last."""
    return data_date(request) or timezone.localdate()
