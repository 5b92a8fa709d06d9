"""Round numbers for axes, and how many labels there is room for."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

MOST_LINES = 5
STEPS = (1, 2, 5)
Value = int | Decimal


def ticks(largest: Value, most: int = MOST_LINES) -> list[int]:
    """Round whole numbers from 0 to the first that is not less than the largest value: at most
    `most` steps, each 1, 2 or 5 followed by zeros. Never empty, and never 0 alone."""
    power = 1
    while True:
        for step in STEPS:
            if step * power * most >= largest:
                count = max(1, ceil(largest / (step * power)))
                return [step * power * number for number in range(count + 1)]
        power *= 10


def every(count: int, room: int, within: int = 0) -> int:
    """Of so many places in a row, each how many-th can have its label; one that `within` is a
    multiple of, if given, so that the labels of a small room are among those of a large one."""
    power = 1
    while True:
        for step in STEPS:
            if ceil(count / (step * power)) <= room and within % (step * power) == 0:
                return step * power
        power *= 10


def labelled(numbers: Sequence[int], step: int) -> set[int]:
    """The indices of the places that get their label: round ones, where the places are numbered in
    a row as years are; otherwise from the first on."""
    round_ones = [index for index, number in enumerate(numbers) if number % step == 0]
    return set(range(round_ones[0] if round_ones else 0, len(numbers), step))


def written(value: float | Value) -> str:
    """A length as an attribute has it: two decimals at most, a point in every language."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
