"""The badge "our sister cities", which a city shows on its own web site: a drawing of its own, with
its letters as paths, so that it needs no font and looks the same everywhere."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.models import City
from relationships.sisters import counted, sisters_of, words_of
from sistercities.association import NAME
from sistercities.lettering import SCALE, outlined, readable

WIDTH = 320
MOST = 6
SIDE = 22
LINE = 27
HEAD = 92
FOOT = 42
BOLD, PLAIN = 800, 500


@dataclass(frozen=True)
class Scheme:
    """The colours of a badge on a light or a dark page."""

    field: str
    ink: str
    muted: str
    edge: str


LIGHT = Scheme("#ffffff", "#14201b", "#4a5852", "#00573f")
DARK = Scheme("#16201c", "#e9eeeb", "#a8b5af", "#63a186")


@dataclass(frozen=True)
class Words:
    """A line of letters: where it begins, how large it is, its colour, and each letter as the
    number of its path and its place."""

    x: float
    y: float
    scale: float
    fill: str
    letters: list[tuple[int, int]]


@dataclass
class Badge:
    """All that the drawing needs; `label` says it in words."""

    label: str
    height: int
    scheme: Scheme
    lines: list[Words] = field(default_factory=list)
    paths: dict[str, int] = field(default_factory=dict)
    width: int = WIDTH

    @property
    def outlines(self) -> list[tuple[int, str]]:
        """Every letter once: number and path."""
        return [(number, path) for path, number in self.paths.items()]

    def write(
        self, text: str, y: float, size: float, fill: str, *, weight: int = PLAIN, end: float = 0
    ) -> float:
        """A line from the left, made smaller where it would pass `end`; with a negative `end` it
        ends there, seen from the right edge. Its width."""
        placed, wide = outlined(text, weight)
        scale = size / SCALE
        most = WIDTH - SIDE - (end if end > 0 else SIDE)
        if wide * scale > most:
            scale = most / wide
        x = WIDTH + end - wide * scale if end < 0 else SIDE
        letters = [(self.paths.setdefault(path, len(self.paths)), at) for path, at in placed]
        self.lines.append(Words(round(x, 1), round(y, 1), round(scale, 5), fill, letters))
        return wide * scale


def badge_of(city: City, scheme: Scheme) -> Badge:
    """The badge of a city as the registry knows it now."""
    sisters = sisters_of(city)
    shown = sisters if len(sisters) <= MOST else sisters[: MOST - 1]
    more = len(sisters) - len(shown)
    rows = max(1, len(shown) + bool(more))
    name = readable(city.name, words_of(city.slug))
    badge = Badge(label_of(city), HEAD + rows * LINE + FOOT + 10, scheme)
    badge.write(counted(sisters), 37, 19, "#d5e8df")
    badge.write(name, 71, 34, "#ffffff", weight=BOLD)
    y = HEAD + 28
    for one in shown:
        year = str(one.year or "")
        wide = badge.write(year, y, 19, scheme.muted, end=-SIDE) if year else 0
        sister = readable(one.name, words_of(one.slug))
        badge.write(sister, y, 19, scheme.ink, weight=700, end=SIDE + wide + (12 if wide else 0))
        y += LINE
    if more:
        words = ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
        badge.write(words, y, 19, scheme.muted)
    elif not sisters:
        badge.write(_("None on record yet"), y, 19, scheme.muted)
    badge.write(readable(str(NAME), "Sister Cities"), badge.height - 20, 14, scheme.muted)
    return badge


def label_of(city: City) -> str:
    """What the badge says, for those who do not see it; true as long as the city is called so."""
    return _("Sister cities of %(city)s") % {"city": city.name}
