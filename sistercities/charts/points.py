"""What a chart is made of."""

from dataclasses import dataclass

from sistercities.charts.scales import Value


@dataclass(frozen=True)
class Point:
    """One number with its name, both as the reader reads them.

    `tick` is its short name under an axis, `place` its number in a row of years or decades, by
    which round ones are chosen for labels.
    """

    label: str
    value: Value
    words: str
    tick: str = ""
    place: int = 0
