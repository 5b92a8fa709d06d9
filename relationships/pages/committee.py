"""Everything that a committee's page says: a whole small web site, in a dozen queries."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.utils import dates
from django.utils.translation import gettext as _

from committees.models import City, Committee, SisterText
from relationships.addresses import page_of, short_committee
from relationships.models import Activity, Programme
from relationships.pages import committeequeries as queries
from relationships.pages.facts import Fact, city_page_of, facts_of, web_address
from relationships.pages.maps import map_of
from relationships.pages.office import office_among
from relationships.pages.scope import OF_COMMITTEE, OF_SINGLE_TIE
from relationships.pages.tierows import TieRow, tie_rows
from relationships.pages.together import donations_of, exchanges_of
from sistercities.bilingual import Text, text_of
from sistercities.maps.picture import ArcMap
from sistercities.partialdates import PartialDate
from sistercities.qr import QRCode, qr_code

ACTIVITIES = Programme._meta.get_field("activities")
TOLD = ("text_es", "text_en", "population", "population_year", "official_site")
MOST_ON_PAPER = 4
BRIEF = 900
"""Characters of a committee's texts that fill half a sheet."""

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
    """A sister city as the committee introduces it: in its own words, or in those of the record."""

    row: TieRow
    about: Text
    source: str
    facts: list[Fact]
    committees: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def told(
        cls, row: TieRow, own: SisterText | None, committees: list[tuple[str, str]], language: str
    ) -> "Sister":
        """What the committee says comes before what is on record of the other city."""
        city = row.partner
        about, source = text_of(city, "about", language), city.about_source
        if own:
            if own.population:
                city = replace(city, population=own.population, population_year=own.population_year)
            city = replace(city, official_site=own.official_site or city.official_site)
            if words := text_of(own, "text", language):
                about, source = words, ""
        return cls(row, about, source, facts_of(city), committees)


@dataclass(frozen=True)
class Some:
    """The first rows of something, and whether there are more on a page of their own."""

    rows: list
    has_more: bool

    @classmethod
    def of(cls, found: list, most: int) -> "Some":
        """Of rows of which one more was asked for than is shown."""
        return cls(found[:most], len(found) > most)

    def __bool__(self) -> bool:
        return bool(self.rows)


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
        exchanges = scope.exchanges.objects(owner=number) if self.ties else []
        totals = scope.totals.dicts(owner=number) if self.ties else []
        gifts = scope.gifts.objects(owner=number) if totals else []
        self.exchanges = exchanges_of(exchanges, self.ties, language)
        self.donations = donations_of(totals, gifts, self.ties)
        self.sisters = self._sisters()
        self.news = Some.of(queries.news.objects(committee=number), queries.MOST_NEWS)
        self.photos, self.documents = self._files()
        self.meetings = queries.meetings.objects(committee=number, today=today)
        self.board = self._board()
        around = queries.around.objects(committee=number)
        self.levels = self._levels([one for one in around if one.parent_id == number])
        self.office = office_among(around, [committee.country] if committee.country else [])
        self.programme = self._programme()

    def _cities(self) -> list[OwnCity]:
        """The cities that it serves today."""
        cities = [link.city for link in queries.cities.objects(committee=self.committee.pk)]
        return [
            OwnCity(city, city_page_of(city), text_of(city, "about", self.language), facts_of(city))
            for city in cities
        ]

    def _sisters(self) -> list[Sister]:
        """The sister cities one by one, with their committees, unless they are many."""
        if not 0 < len(self.ties) <= MOST_PORTRAITS:
            return []
        told, committees = {}, {}
        for one in queries.sisters.dicts(committee=self.committee.pk):
            if one["told_id"]:
                columns = {name.removeprefix("told_"): value for name, value in one.items()}
                told[one["pk"]] = SisterText(**{name: columns[name] for name in TOLD})
            if self._is_sisters_committee(one):
                name, slug = one["committee_name"], one["committee_slug"]
                link = (name, page_of("public:committee", slug, self.language))
                committees.setdefault(one["pk"], []).append(link)
        return [
            Sister.told(
                row, told.get(row.partner.pk), committees.get(row.partner.pk, []), self.language
            )
            for row in self.ties
        ]

    def _is_sisters_committee(self, one: dict) -> bool:
        """Whether a row names another living committee of the whole city, known to everyone."""
        return (
            one["committee_id"] not in (None, self.committee.pk)
            and one["committee_review"] == Committee.Review.PUBLISHED
            and one["committee_state"] != Committee.State.DISSOLVED
            and one["committee_single_tie"] is None
        )

    def _board(self) -> list[Seat]:
        """Who is in office today. A name is shown only while a consent is in force."""
        return [
            Seat(
                text_of(term.office, "name", self.language),
                term.person.name if term.may_be_named else "",
            )
            for term in queries.terms.objects(committee=self.committee.pk, today=self.today)
        ]

    def _levels(self, members: list[Committee]) -> list[Level]:
        """The committees that belong to it, the widest level first."""
        if self.committee.level == Committee.Level.LOCAL:
            return []
        levels = []
        for value in reversed(Committee.Level.values):
            here = [one for one in members if one.level == value]
            for one in here:
                one.url = page_of("public:committee", one.slug, self.language)
            if here:
                levels.append(Level(PLURALS[value](), here))
        return levels

    def _files(self) -> tuple[Some, Some]:
        """Photos and documents, which both are files: one query."""
        photos, documents = [], []
        for file in queries.files.objects(committee=self.committee.pk):
            for name, found in (("photo", photos), ("document", documents)):
                if (thing := getattr(file, name, None)) is not None:
                    thing.file = file
                    found.append(thing)
        documents.sort(key=lambda one: (str(one.date or ""), one.pk), reverse=True)
        photos.sort(key=lambda one: one.pk, reverse=True)
        return (
            Some.of(photos, queries.MOST_PHOTOS),
            Some.of(documents, queries.MOST_DOCUMENTS),
        )

    def _programme(self) -> "YearPlan | None":
        """This year's work programme, or the last one."""
        rows = queries.programmes.objects(committee=self.committee.pk, year=self.today.year)
        latest = [one for one in rows if one.year == rows[0].year]
        if not latest:
            return None
        found = [ACTIVITIES.get_cached_value(one) for one in latest]
        return YearPlan(
            list({one.pk: one for one in latest}.values()),
            sorted((one for one in found if one), key=lambda one: (one.month or 13, one.pk)),
        )

    @cached_property
    def standing(self) -> list[TieRow]:
        """The ties in force."""
        return [row for row in self.ties if row.stands]

    @property
    def first_since(self) -> TieRow | None:
        """The oldest tie in force whose year is known."""
        return next((row for row in self.standing if row.since), None)

    @property
    def leaflet_sisters(self) -> list[Sister]:
        """So many as fit on a sheet; none where only their names would."""
        told = [one for one in self.sisters if one.row.stands]
        return told if len(told) <= MOST_ON_PAPER else []

    @property
    def is_brief(self) -> bool:
        """Whether its texts leave room on a sheet for larger type and a map."""
        texts = [text_of(self.committee, name, self.language) for name in ("mission", "about")]
        texts += [one.about for one in self.leaflet_sisters]
        return sum(len(str(text)) for text in texts) < BRIEF

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
