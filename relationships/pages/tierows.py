"""Ties as rows seen from one's own cities: plain values, since a page may have a hundred."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from relationships.addresses import page_of, tie_page
from relationships.models import Tie
from sistercities.choicewords import choice_words
from sistercities.countries import country_name
from sistercities.maps.view import Line
from sistercities.partialdates import PartialDate


@dataclass(frozen=True)
class Place:
    """What a row says of one of its cities."""

    pk: int
    name: str
    sort_name: str
    url: str
    country: str
    place: str
    latitude: float | None
    longitude: float | None
    is_listed: bool
    population: int = 0
    population_year: int | None = None
    founded: PartialDate | None = None
    incorporated: PartialDate | None = None
    government: str = ""
    official_site: str = ""
    about_es: str = ""
    about_en: str = ""
    about_source: str = ""


@dataclass(frozen=True)
class TieRow:
    """A tie between `own`, which is its side "a" or "b", and `partner`."""

    pk: int
    url: str
    side: str
    own: Place
    partner: Place
    kind: str
    kind_label: str
    status: str
    status_label: str
    since: PartialDate | None
    ended: PartialDate | None
    last_exchange: PartialDate | None

    @property
    def since_in_words(self) -> str:
        """As precise as it is known."""
        return self.since.in_words() if self.since else ""

    @property
    def last_exchange_in_words(self) -> str:
        """The year of the latest exchange, or its month."""
        return self.last_exchange.in_words() if self.last_exchange else ""

    @property
    def has_ended(self) -> bool:
        """Whether it is history."""
        return self.status == Tie.Status.ENDED

    @property
    def stands(self) -> bool:
        """Whether the city may say that it has this tie today: signed, not ended."""
        return self.status not in (Tie.Status.ENDED, Tie.Status.PROPOSED)

    @property
    def names(self) -> tuple[str, str]:
        """The cities of side a and side b."""
        pair = (self.own.name, self.partner.name)
        return pair if self.side == "a" else pair[::-1]

    @property
    def line(self) -> Line:
        """Its arc on a map, from one's own city."""
        a, b = self.own, self.partner
        return (a.name, a.latitude, a.longitude, b.name, b.latitude, b.longitude, False)


def tie_rows(found: Iterable[dict], own: Collection[int], language: str) -> list[TieRow]:
    """Rows of the answer to a scope's `ties`, in force first, the oldest first."""
    kinds, statuses = choice_words(Tie.Kind), choice_words(Tie.Status)
    owned: dict[int, Place] = {}
    rows = []
    for tie in found:
        side, other = ("a", "b") if tie["city_a_id"] in own else ("b", "a")
        home = tie[f"city_{side}_id"]
        if home not in owned:
            owned[home] = _place(tie, side, language)
        rows.append(
            TieRow(
                pk=tie["pk"],
                url=tie_page(tie["slug"], language),
                side=side,
                own=owned[home],
                partner=_place(tie, other, language),
                kind=tie["kind"],
                kind_label=kinds[tie["kind"]],
                status=tie["status"],
                status_label=statuses[tie["status"]],
                since=tie["since"],
                ended=tie["ended"],
                last_exchange=tie["last"],
            )
        )
    rows.sort(key=lambda row: (row.has_ended, str(row.since or "9999"), row.partner.sort_name))
    return rows


def _place(tie: dict, side: str, language: str) -> Place:
    """The columns of one side's city."""
    prefix = f"city_{side}__"
    cut = len(prefix)
    values = {name[cut:]: value for name, value in tie.items() if name.startswith(prefix)}
    state, spanish = values.pop("region__name"), values.pop("region__name_es")
    if language == "es":
        state = spanish or state
    country = country_name(values["country"], language)
    return Place(
        pk=tie[f"city_{side}_id"],
        url=page_of("public:city", values.pop("slug"), language),
        place=f"{state}, {country}" if state else country,
        **values,
    )
