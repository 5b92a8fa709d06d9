"""Who is tied to whom in the invented world: skewed as in life, and alike at every size."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from random import Random

from relationships.world.places import Land

HUBS = (("MX", 0, 80), ("US", 0, 72), ("MX", 1, 66), ("DE", 0, 64), ("JP", 0, 62))
"""Country, rank and number of ties of the cities that have the most: the same in any world that is
large enough, so that their pages can be compared."""

MOST_TIES = 40
TRIES = 200


def pairs(lands: list[Land], ties: int, random: Random) -> Iterator[tuple[int, int]]:
    """Distinct pairs of city keys, the lower key first; those of the hubs come first."""
    picker = _Picker(lands, random)
    cities = sum(len(land.keys) for land in lands)
    seen: set[int] = set()
    degree: Counter[int] = Counter()

    def is_new(a: int, b: int, *, most: int) -> bool:
        low, high = min(a, b), max(a, b)
        if low == high or (low << 32) + high in seen:
            return False
        if degree[a] >= most or degree[b] >= MOST_TIES:
            return False
        seen.add((low << 32) + high)
        degree.update((a, b))
        return True

    hubs = set()
    for code, rank, wanted in HUBS:
        land = picker.by_code.get(code)
        if land and len(land.keys) > rank and cities >= 500 and ties >= 2000:
            hub = land.keys[rank]
            hubs.add(hub)
            while degree[hub] < wanted:
                other = picker.sister(code)
                if other not in hubs and is_new(hub, other, most=wanted):
                    yield min(hub, other), max(hub, other)
    tries = 0
    while len(seen) < ties:
        code = picker.country()
        a, b = picker.city(code), picker.sister(code)
        tries += 1
        if a in hubs or b in hubs:
            continue
        if is_new(a, b, most=MOST_TIES if tries < TRIES else cities):
            tries = 0
            yield min(a, b), max(a, b)
        elif tries >= TRIES:
            a, b = picker.anywhere(), picker.anywhere()
            if is_new(a, b, most=cities):
                yield min(a, b), max(a, b)


class _Picker:
    """Draws countries by their number of cities, and larger cities more often."""

    def __init__(self, lands: list[Land], random: Random) -> None:
        self.random = random
        self.lands = lands
        self.by_code = {land.country.code: land for land in lands}
        self.sums = list(accumulate(len(land.keys) for land in lands))

    def country(self) -> str:
        at = bisect(self.sums, self.random.random() * self.sums[-1])
        return self.lands[min(at, len(self.lands) - 1)].country.code

    def city(self, code: str) -> int:
        keys = self.by_code[code].keys
        return keys[int(len(keys) * self.random.random() ** 1.3)]

    def anywhere(self) -> int:
        land = self.by_code[self.country()]
        return land.keys[int(len(land.keys) * self.random.random())]

    def sister(self, code: str) -> int:
        """A city for a sister of that country: Mexico and the United States look to each other."""
        favourite = {"MX": ("US", 0.6), "US": ("MX", 0.35)}.get(code)
        if favourite and favourite[0] in self.by_code and self.random.random() < favourite[1]:
            return self.city(favourite[0])
        return self.city(self.country())
