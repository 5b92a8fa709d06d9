"""Everything that the map page says."""

import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from relationships.addresses import here, page_of
from relationships.atlas.filters import MOST_LINES, MapList
from relationships.atlas.flows import Flows
from sistercities import settled
from sistercities.context import absolute
from sistercities.listing.links import Links
from sistercities.maps.atlas import SHEETS, Line, Place, Sheet, draw, within
from sistercities.maps.picture import ArcMap
from sistercities.templatetags.ui import long_date, number

NEAR_SHARE = 0.75
"""With so large a share of the ties in Mexico and its neighbours, their sheet is shown."""
MOST_NAMES = 3
NAMES = {
    "world": _("The world"),
    "americas": _("Mexico, the United States and Central America"),
}


@dataclass(frozen=True)
class SheetLink:
    """One of the two sheets and the address of this map on it."""

    code: str
    name: str
    url: str
    is_shown: bool


class MapPage:
    """The map of a request's filters. `path` is that of the page, whichever of its forms is asked
    for."""

    def __init__(self, request: HttpRequest) -> None:
        self.path = reverse("public:map")
        self.listing = MapList(request)
        self.listing.links = Links(self.path, self.listing.form.carried)

    @property
    def city(self) -> tuple[int, str, str] | None:
        """Number, slug and name of the chosen city."""
        return self.listing.form.city

    @cached_property
    def sheet(self) -> Sheet:
        """The sheet asked for, else the one on which nearly all ties lie."""
        return SHEETS[self.listing.form.view or self.listing.kept("sheet", self._nearest)]

    def _nearest(self) -> str:
        """The sheet on which nearly all ties lie."""
        flows, near = self.listing.flows, SHEETS["americas"]
        there = _ties(within(near, flows.places(here()), flows.lines))
        return near.code if flows.drawn and there >= flows.drawn * NEAR_SHARE else "world"

    @cached_property
    def flows(self) -> Flows:
        """All ties for this sheet: where regions make too many lines, by countries."""
        if self.listing.is_short:
            return self.listing.flows
        return Flows.restored(self.listing.kept(f"lines {self.sheet.code}", self._few))

    def _few(self) -> list:
        """No more lines than can be told from each other, as the cache keeps them."""
        flows = self.listing.flows
        if len(flows.lines) > MOST_LINES:
            flows = flows.by_country(None if self.sheet.is_world else self.sheet)
        return flows.stored

    @cached_property
    def places(self) -> dict[int, Place]:
        """Where they lead."""
        return self.flows.places(here())

    @cached_property
    def lines(self) -> list[Line]:
        """The lines with both ends on this sheet."""
        return within(self.sheet, self.places, self.flows.lines)

    @cached_property
    def map(self) -> ArcMap:
        """The picture. The chosen city's lines may lead off it."""
        lit = self.listing.lit if self.city else Flows([])
        ends = {key for line in self.lines for key in line[:2]}
        places = {key: one for key, one in self.places.items() if key in ends} | lit.cities
        return _drawn(
            self.sheet,
            tuple(places.items()),
            tuple(self.lines),
            tuple(lit.lines),
            self.city[0] if self.city and self.city[0] in places else None,
            self.title,
            " ".join(self.sentences),
            self.flows.missing,
        )

    @property
    def title(self) -> str:
        """ "Map of 7,500 ties"."""
        n = self.listing.total
        return ngettext("Map of %(count)s tie", "Map of %(count)s ties", n) % {"count": number(n)}

    @cached_property
    def sentences(self) -> list[str]:
        """What the picture shows, and what it does not."""
        said = []
        if self.lines:
            ends = {key for line in self.lines for key in line[:2]}
            counted = {
                "places": number(len(ends)),
                "names": ", ".join(_largest(self.lines, self.places)),
            }
            said.append(
                (
                    gettext(
                        "Lines join %(places)s states and countries, the wider the more ties. "
                        "Most ties: %(names)s."
                    )
                    if self.flows.areas
                    else gettext("Lines join %(places)s cities. Most ties: %(names)s.")
                )
                % counted
            )
        if self.city:
            n = self.listing.lit.count
            said.append(
                ngettext(
                    "%(city)s stands out with its %(count)s tie.",
                    "%(city)s stands out with its %(count)s ties.",
                    n,
                )
                % {"city": self.city[2], "count": number(n)}
            )
        if n := self.flows.drawn - _ties(self.lines):
            said.append(
                ngettext(
                    "%(count)s tie leads beyond this map.",
                    "%(count)s ties lead beyond this map.",
                    n,
                )
                % {"count": number(n)}
            )
        if n := self.flows.missing:
            said.append(
                ngettext(
                    "%(count)s tie is not drawn: nobody has said where one of its cities lies.",
                    "%(count)s ties are not drawn: nobody has said where one of their cities lies.",
                    n,
                )
                % {"count": number(n)}
            )
        return said

    @property
    def script(self) -> str:
        """All that the script needs to know of the sheet."""
        return json.dumps(self.sheet.script)

    @property
    def licence(self) -> str:
        """Whose the picture is, and since when: it may be shown elsewhere."""
        changed = settled.version()[1]
        return gettext(
            "%(site)s, %(day)s. Places: GeoNames (CC BY 4.0). Outlines: Natural Earth."
        ) % {
            "site": absolute(self.path),
            "day": long_date(changed or timezone.now()),
        }

    @property
    def sheets(self) -> list[SheetLink]:
        """Both sheets; the address keeps all filters."""
        return [
            SheetLink(code, str(name), self.listing.links.url(view=code), code == self.sheet.code)
            for code, name in NAMES.items()
        ]

    @property
    def city_url(self) -> str:
        """The page of the chosen city."""
        return page_of("public:city", self.city[1]) if self.city else ""

    @property
    def lit_url(self) -> str:
        """This map with a city chosen, whose number is to follow."""
        url = self.listing.links.url(city=None)
        return f"{url}{'&' if '?' in url else '?'}city="

    @property
    def ties_url(self) -> str:
        """The same ties as a list."""
        return self.listing.ties_url(reverse("public:tie-list"))

    @property
    def data_url(self) -> str:
        """What the script draws."""
        return self.listing.ties_url(reverse("public:map-data"))

    @property
    def svg_url(self) -> str:
        """The picture alone."""
        return Links(reverse("public:map-svg"), self.listing.form.carried).url()


def _ties(lines: list[Line]) -> int:
    return sum(line.count for line in lines)


def _largest(lines: list[Line], places: dict[int, Place]) -> list[str]:
    """The names of the places with the most ties."""
    ends: Counter[int] = Counter()
    for line in lines:
        for key in {line.a, line.b}:
            ends[key] += line.count
    first = sorted(ends, key=lambda key: (-ends[key], key))[:MOST_NAMES]
    return [places[key].name for key in first]


@lru_cache(maxsize=32)
def _drawn(
    sheet: Sheet,
    places: tuple[tuple[int, Place], ...],
    lines: tuple[Line, ...],
    lit: tuple[Line, ...],
    main: int | None,
    title: str,
    summary: str,
    missing: int,
) -> ArcMap:
    """Drawn once for all pages of the list beside it."""
    return draw(
        sheet,
        dict(places),
        lines,
        lit=lit,
        main=main,
        title=title,
        summary=summary,
        missing=missing,
    )
