"""What is special about merging ties, and what merging cities and committees does to ties."""

from relationships.merging import committees, places, ties
from sistercities.merging import kinds

# What was read from a list goes on naming what it was found to be then.
kinds.stays(
    "relationships.difference.city_a",
    "relationships.difference.city_b",
    "relationships.importrow.city_a",
    "relationships.importrow.city_b",
    "relationships.importrow.tie",
    "relationships.learntid.city",
)

__all__ = ["committees", "places", "ties"]
