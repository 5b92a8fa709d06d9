"""Where the names of cities go on a map, so that none covers another, a dot or the map's edge."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

GAP = 0.5
"""Space between a dot's middle and its label, in sizes of the type; so is all below."""
HEIGHT = 1.1
LONGEST = 28
"""Characters; a longer name is cut with an ellipsis. The page's own list has it in full."""
CELL = 6
DOT_PENALTY, NEAR_PENALTY = 40, 5
NEAR = 0.7
"""A label this close to another city's dot, in sizes of the type, would be read as its name."""
MOST_TRIES = 24
"""Names to look for a place for, at the most: a page with hundreds of cities must stay quick."""

NARROW = frozenset("iljftrI.,'’ -()|/:;1")
WIDE = frozenset("mwMWÆŒ@%")


class Box(NamedTuple):
    """A rectangle in the map's units."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Touching sides do not count."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Label(NamedTuple):
    """A name, where its baseline starts, centres or ends (SVG's text-anchor), what it covers."""

    text: str
    x: float
    y: float
    anchor: str
    box: Box


def text_width(text: str, size: float) -> float:
    """A generous guess of the width of semi-bold text in whatever face is at hand."""
    ems = 0.0
    for letter in text:
        if letter in NARROW:
            ems += 0.36
        elif letter in WIDE:
            ems += 0.92
        elif ord(letter) >= 0x2E80:
            ems += 1.02
        elif letter.isupper():
            ems += 0.7
        else:
            ems += 0.585
    return ems * size


class Cells:
    """Squares of a grid that something lies on; one whole number a row, one bit a column."""

    def __init__(self) -> None:
        self.rows: dict[int, int] = {}

    def add(self, box: Box) -> None:
        """Mark the squares that a box touches; of what lies left of the map, nothing."""
        columns = _columns(box)
        for row in range(int(box.top // CELL), int(box.bottom // CELL) + 1):
            self.rows[row] = self.rows.get(row, 0) | columns

    def mark(self, points: Iterable[tuple[float, float]]) -> None:
        """Mark the square of each point; those left of the map are passed over."""
        rows = self.rows
        for x, y in points:
            if x >= 0:
                row = int(y // CELL)
                rows[row] = rows.get(row, 0) | 1 << int(x // CELL)

    def touched(self, box: Box, but: "Cells | None" = None) -> int:
        """How many marked squares a box touches, those of `but` not counted."""
        columns, count = _columns(box), 0
        for row in range(int(box.top // CELL), int(box.bottom // CELL) + 1):
            marked = self.rows.get(row, 0) & columns
            if but:
                marked &= ~but.rows.get(row, 0)
            count += marked.bit_count()
        return count


def _columns(box: Box) -> int:
    first, last = max(0, int(box.left // CELL)), int(box.right // CELL)
    return (1 << last + 1) - (1 << first) if last >= first else 0


def place_labels(
    wanted: Iterable[tuple[str, float, float]],
    *,
    size: float,
    limit: int,
    bounds: Box,
    dots: Sequence[tuple[float, float]],
    dot_radius: float,
    strokes: Cells,
    musts: int,
) -> tuple[Label, ...]:
    """Up to `limit` labels of the wanted (name, x, y), in that order of importance.

    A name that finds no free place is passed over. The first `musts` are not so easily: they may
    cover dots, though never another name. `strokes` is where the arcs run; labels keep off them
    where they can.
    """
    dotted, near = Cells(), Cells()
    for x, y in dots:
        dotted.add(_box_round(x, y, dot_radius))
        near.add(_box_round(x, y, NEAR * size))
    placed: list[Label] = []
    for number, (name, x, y) in enumerate(islice(wanted, MOST_TRIES)):
        if len(placed) == limit:
            break
        text = name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
        if not text:
            continue
        allowed = float("inf") if number < musts else DOT_PENALTY
        own, own_near = Cells(), Cells()
        own.add(_box_round(x, y, dot_radius))
        own_near.add(_box_round(x, y, NEAR * size))
        best = None
        for preference, label in enumerate(_candidates(text, x, y, size, bounds)):
            box = label.box
            if (
                box.left < bounds.left
                or box.right > bounds.right
                or box.top < bounds.top
                or box.bottom > bounds.bottom
                or any(box.overlaps(other.box) for other in placed)
            ):
                continue
            cost = (
                preference
                + strokes.touched(box)
                + NEAR_PENALTY * near.touched(box, own_near)
                + DOT_PENALTY * dotted.touched(box, own)
            )
            if cost < allowed:
                best, allowed = label, cost
        if best:
            placed.append(best)
    return tuple(placed)


def _candidates(text: str, x: float, y: float, size: float, bounds: Box) -> list[Label]:
    width, gap, middle = text_width(text, size), GAP * size, 0.35 * size
    centred = min(max(x, bounds.left + width / 2), bounds.right - width / 2)
    places = [
        ("start", x + gap, y + middle),
        ("end", x - gap, y + middle),
        ("start", x + gap * 0.7, y - gap * 0.7),
        ("start", x + gap * 0.7, y + gap * 0.7 + 2 * middle),
        ("end", x - gap * 0.7, y - gap * 0.7),
        ("end", x - gap * 0.7, y + gap * 0.7 + 2 * middle),
        ("middle", centred, y - gap * 1.2),
        ("middle", centred, y + gap * 1.2 + 2 * middle),
    ]
    labels = []
    for anchor, at_x, at_y in places:
        left = {"start": at_x, "end": at_x - width, "middle": at_x - width / 2}[anchor]
        top = at_y - 0.83 * size
        box = Box(left, top, left + width, top + HEIGHT * size)
        labels.append(Label(text, round(at_x, 1), round(at_y, 1), anchor, box))
    return labels


def _box_round(x: float, y: float, radius: float) -> Box:
    return Box(x - radius, y - radius, x + radius, y + radius)
