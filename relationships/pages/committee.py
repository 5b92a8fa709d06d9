"""Everything that a committee's page says: a whole small web site, in twelve queries."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils import dates
from django.utils.translation import gettext as _

from committees.models import City, Committee
from relationships.addresses import page_of, short_committee
from relationships.models import Activity, Programme
from relationships.pages import committeequeries as queries
from relationships.pages.facts import Fact, city_page_of, facts_of, web_address
from relationships.pages.maps import map_of
from relationships.pages.office import office_for
from relationships.pages.scope import OF_COMMITTEE, OF_SINGLE_TIE
from relationships.pages.tierows import TieRow, tie_rows
from relationships.pages.together import donations_of, exchanges_of
from sistercities.bilingual import Text, text_of
from sistercities.maps.view import ArcMap
from sistercities.partialdates import PartialDate
from sistercities.qr import QRCode, qr_code

MOST_PORTRAITS = 12
"""Sister cities told one by one; a committee with more of them gets a table."""

PLURALS = {
    Committee.Level.LOCAL: lambda: _("Local committees"),
    Committee.Level.STATE: lambda: _("State associations"),
    Committee.Level.NATIONAL: lambda: _("National associations"),
    Committee.Level.INTERNATIONAL: lambda: _("International bodies"),
}


@dataclass(frozen=True)
class Seat:
    """An office and, only with consent, the name of the person in it."""

    office: Text
    name: str


@dataclass(frozen=True)
class OwnCity:
    """A city that the committee serves."""

    city: City
    url: str
    about: Text
    facts: list[Fact]


@dataclass
class Sister:
    """A sister city as the committee introduces it."""

    row: TieRow
    about: Text
    source: str
    facts: list[Fact]
    committees: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Level:
    """The members of one level, such as the local committees of a national association."""

    label: str
    members: list[Committee]


class CommitteePage:
    """Needs the committee with its parent; `language` is the reader's."""

    def __init__(self, committee: Committee, *, language: str, today: date) -> None:
        self.committee, self.language, self.today = committee, language, today
        number = committee.pk
        self.cities = self._cities()
        own = {one.city.pk for one in self.cities}
        scope = OF_SINGLE_TIE if committee.only_tie else OF_COMMITTEE
        found = scope.ties.dicts(owner=number, today=str(PartialDate.of(today)))
        self.ties = tie_rows(found, own, language)
        self.exchanges = exchanges_of(scope.exchanges.objects(owner=number), self.ties, language)
        self.donations = donations_of(
            scope.totals.dicts(owner=number), scope.gifts.objects(owner=number), self.ties
        )
        self.sisters = self._sisters()
        self.board = self._board()
        self.levels = self._levels()
        self.programme = self._programme()
        self.office = office_for([committee.country] if committee.country else [])

    def _cities(self) -> list[OwnCity]:
        """The cities that it serves today."""
        cities = [link.city for link in queries.cities.objects(committee=self.committee.pk)]
        return [
            OwnCity(city, city_page_of(city), text_of(city, "about", self.language), facts_of(city))
            for city in cities
        ]

    def _sisters(self) -> list[Sister]:
        """The sister cities one by one, with their committees, unless they are many."""
        committees: dict[int, list[tuple[str, str]]] = {}
        for one in queries.sisters_committees.dicts(committee=self.committee.pk):
            link = (
                one["committee__name"],
                page_of("public:committee", one["committee__slug"], self.language),
            )
            committees.setdefault(one["city_id"], []).append(link)
        if len(self.ties) > MOST_PORTRAITS:
            return []
        return [
            Sister(
                row=row,
                about=text_of(row.partner, "about", self.language),
                source=row.partner.about_source,
                facts=facts_of(row.partner),
                committees=committees.get(row.partner.pk, []),
            )
            for row in self.ties
        ]

    def _board(self) -> list[Seat]:
        """Who is in office today. A name is shown only while a consent is in force."""
        return [
            Seat(
                text_of(term.office, "name", self.language),
                term.person.name if term.may_be_named else "",
            )
            for term in queries.terms.objects(committee=self.committee.pk, today=self.today)
        ]

    def _levels(self) -> list[Level]:
        """The committees that belong to it, the widest level first."""
        members = queries.members.objects(committee=self.committee.pk)
        levels = []
        for value in reversed(Committee.Level.values):
            here = [one for one in members if one.level == value]
            for one in here:
                one.url = page_of("public:committee", one.slug, self.language)
            if here:
                levels.append(Level(PLURALS[value](), here))
        return levels

    def _programme(self) -> "YearPlan | None":
        """This year's work programme, or the last one; two queries."""
        number, year = self.committee.pk, self.today.year
        programmes = queries.programmes.objects(committee=number, year=year)
        activities = queries.activities.objects(committee=number, year=year)
        if not programmes:
            return None
        latest = [one for one in programmes if one.year == programmes[0].year]
        numbers = {one.pk for one in latest}
        return YearPlan(latest, [one for one in activities if one.programme_id in numbers])

    @cached_property
    def standing(self) -> list[TieRow]:
        """The ties in force."""
        return [row for row in self.ties if row.stands]

    @property
    def first_since(self) -> TieRow | None:
        """The oldest tie in force whose year is known."""
        return next((row for row in self.standing if row.since), None)

    @property
    def has_contact(self) -> bool:
        """Whether it published a way to reach it."""
        one = self.committee
        return bool(one.public_email or one.public_phone or one.website)

    @property
    def website(self) -> str:
        """The address of its own site, if it may be a link."""
        return web_address(self.committee.website)

    @property
    def map(self) -> ArcMap | None:
        """The arcs of its own cities."""
        lines = [row.line for row in self.ties if not row.has_ended]
        highlight = self.cities[0].city.name if self.cities else None
        return map_of(lines, self.language, highlight) if lines else None

    @property
    def short_address(self) -> str:
        """Permanent, for print."""
        return short_committee(self.committee.slug)

    @property
    def qr(self) -> QRCode:
        """The short address as a code, for print."""
        return qr_code(self.short_address)


@dataclass(frozen=True)
class YearPlan:
    """The programmes of one year: one for all ties, or one per tie."""

    programmes: list[Programme]
    activities: list[Activity]

    @property
    def year(self) -> int:
        """The year they are for."""
        return self.programmes[0].year

    @property
    def summaries(self) -> list[Programme]:
        """Those that say something."""
        return [one for one in self.programmes if one.summary]

    @property
    def lines(self) -> list[tuple[str, Activity]]:
        """Each activity with the name of its month."""
        return [
            (str(dates.MONTHS[one.month]).capitalize() if one.month else "", one)
            for one in self.activities
        ]
