"""An invented world of cities and ties, as large as wished, for measuring. Never real data."""

from relationships.world.making import Made, make_world

__all__ = ["Made", "make_world"]
