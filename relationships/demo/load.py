"""The act of loading the demo registry: in one transaction, any number of times.

What is there already stays as it is; only what is missing is added.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from committees.findable import refresh_cities, refresh_committees
from relationships.demo.advice import load_guidance
from relationships.demo.bonds import load_bonds, load_single_tie_committees
from relationships.demo.conventions import load_conventions
from relationships.demo.doings import load_donations, load_exchanges, load_programmes
from relationships.demo.doubles import load_doubles
from relationships.demo.lists import load_waiting_list
from relationships.demo.membership import load_memberships
from relationships.demo.pages import load_pages
from relationships.demo.people import load_committees, load_people
from relationships.demo.places import load_places
from relationships.demo.record import Record
from relationships.demo.settings import load_settings
from relationships.demo.waiting import load_waiting
from relationships.deriving import derive, derive_cities
from sistercities.history import one_request


def load_demo(today: date | None = None) -> Record:
    """Everything the demo has, then the derived columns; what was written, by kind."""
    today = today or timezone.localdate()
    record = Record()
    with one_request("load_demo"), transaction.atomic():
        cities = load_places(record)
        committees = load_committees(record, cities)
        load_people(record, committees)
        load_memberships(record, committees, today)
        bonds = load_bonds(record, cities, today)
        load_single_tie_committees(record, bonds, committees)
        exchanges = load_exchanges(record, bonds, cities)
        load_donations(record, bonds, cities)
        load_programmes(record, bonds, committees, exchanges)
        load_pages(record, committees)
        load_waiting(record, bonds, cities, committees)
        load_conventions(record, cities, committees)
        load_guidance(record)
        load_settings(record)
        if record:
            derive((tie.pk for tie in bonds.values()), today=today)
            derive_cities(city.pk for city in cities.values())
            refresh_cities(city.pk for city in cities.values())
            refresh_committees(committee.pk for committee in committees.values())
        load_doubles(record, committees)
        load_waiting_list(record)
    return record
