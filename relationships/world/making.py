"""The order in which the invented world comes to be."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from django.db import transaction
from django.utils import timezone

from committees.findable import refresh_committees
from relationships.deriving import derive
from relationships.world.bodies import make_bodies
from relationships.world.bonds import Bonds
from relationships.world.doings import Doings
from relationships.world.pairs import pairs
from relationships.world.places import make_places
from sistercities.bulk import batches, pages_in_memory, refresh_statistics
from sistercities.history import one_request
from sistercities.models import RegistryVersion

TIES_AT_ONCE = 2000
MEGABYTES = 400


class TooManyTies(ValueError):
    """The cities do not make so many pairs."""


@dataclass
class Made:
    """What was made, in rows."""

    cities: int = 0
    committees: int = 0
    ties: int = 0
    exchanges: int = 0


def make_world(
    cities: int,
    ties: int,
    seed: int,
    *,
    today: date | None = None,
    count: Callable[[int], None] = lambda rows: None,
) -> Made:
    """Make an invented world: the same for the same numbers, seed, day and empty tables.

    Written in batches, each complete; who stops it is left with a smaller world. `count` is told of
    cities and ties as they are written.
    """
    if ties > cities * max(cities - 1, 0) // 4:
        raise TooManyTies
    today = today or timezone.localdate()
    random = Random(f"{seed}")
    made = Made(cities=cities)
    with pages_in_memory(MEGABYTES), one_request():
        lands = make_places(cities, random, count)
        bonds, doings = Bonds(random, seed, today), Doings(random, today)
        for batch in batches(pairs(lands, ties, random), TIES_AT_ONCE):
            with transaction.atomic():
                made.exchanges += doings.make(bonds.make(batch))
            made.ties += len(batch)
            count(len(batch))
        keys = make_bodies(lands, random, today) if lands else []
        made.committees = len(keys)
        refresh_statistics()
        derive(today=today)
        refresh_committees(keys)
        RegistryVersion.move_on()
    return made
