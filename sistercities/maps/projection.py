"""From longitude and latitude to the plane: Equal Earth for the world, Albers for a region.

Both keep areas true. `project(lon, lat)` takes degrees, with the longitude counted from the
projection's own middle (see `turn`), and answers x to the right and y downwards in Earth radii.
Both are frozen and hashable, so that outlines can be kept per projection.
"""

import math
from dataclasses import dataclass
from functools import cached_property


def turn(lon: float, centre: float) -> float:
    """A longitude counted from `centre`, from -180 up to but not including 180."""
    return (lon - centre + 180) % 360 - 180


@dataclass(frozen=True)
class EqualEarth:
    """Šavrič, Patterson and Jenny 2018, on the sphere."""

    centre: float

    def project(self, lon: float, lat: float) -> tuple[float, float]:
        """Poles become lines; longitudes beyond ±180 simply run on."""
        t = math.asin(0.8660254037844386 * math.sin(math.radians(lat)))
        s = t * t
        c = s * s * s
        slope = 1.340264 - 0.243318 * s + c * (0.006251 + 0.034164 * s)
        x = 1.1547005383792515 * math.radians(lon) * math.cos(t) / slope
        return x, -t * (1.340264 - 0.081106 * s + c * (0.000893 + 0.003796 * s))


@dataclass(frozen=True)
class Albers:
    """Albers' conic, equal-area, on the sphere; both parallels in the same hemisphere."""

    centre: float
    south: float
    north: float

    @cached_property
    def cone(self) -> tuple[float, float, float]:
        """How much of the circle it takes, and two constants of its radii."""
        sine1, sine2 = math.sin(math.radians(self.south)), math.sin(math.radians(self.north))
        n = (sine1 + sine2) / 2
        c = 1 - sine1 * sine1 + 2 * n * sine1
        middle = math.sin(math.radians((self.south + self.north) / 2))
        return n, c, math.sqrt(c - 2 * n * middle) / n

    def project(self, lon: float, lat: float) -> tuple[float, float]:
        """(0, 0) lies on the middle longitude, half-way between the parallels."""
        n, c, rho0 = self.cone
        rho = math.sqrt(max(0.0, c - 2 * n * math.sin(math.radians(lat)))) / n
        angle = n * math.radians(lon)
        return rho * math.sin(angle), rho * math.cos(angle) - rho0
