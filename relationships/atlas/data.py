"""What the page's script draws: places in hundredths of a degree, lines as pairs of them.

    {"ids": [1, 4], "names": ["A", "B"], "lat": [2067, 3501], "lon": [-10335, 13577],
     "lines": [[1], []], "counts": null, "drawn": 1, "missing": 0}

`ids` are numbers of cities, each counted from the one before; `ids` is null where places are areas.
`lines` has for each place the places after it that it is joined with, each counted from the one
before, the first from the place itself. `counts` says of how many ties each line is made.
"""

from itertools import pairwise
from typing import Any

from relationships.atlas.flows import Flows

UNIT = 100


def data_of(flows: Flows, language: str) -> dict[str, Any]:
    """The flows as few letters as can be."""
    places = dict(sorted(flows.places(language).items()))
    index = {key: n for n, key in enumerate(places)}
    joined: list[list[tuple[int, int]]] = [[] for _place in places]
    for line in flows.lines:
        a, b = sorted((index[line.a], index[line.b]))
        joined[a].append((b, line.count))
    for others in joined:
        others.sort()
    return {
        "ids": None if flows.areas else _steps([0, *places]),
        "names": [place.name for place in places.values()],
        "lat": [round(place.lat * UNIT) for place in places.values()],
        "lon": [round(place.lon * UNIT) for place in places.values()],
        "lines": [_steps([n, *(b for b, _n in others)]) for n, others in enumerate(joined)],
        "counts": [[n for _b, n in others] for others in joined] if flows.areas else None,
        "drawn": flows.drawn,
        "missing": flows.missing,
    }


def _steps(numbers: list[int]) -> list[int]:
    return [b - a for a, b in pairwise(numbers)]
