"""Everything that a committee's page says: a whole small web site, in twelve queries."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import F, Q
from django.utils import dates

from committees.models import City, Committee, CommitteeCity, OfficeTerm
from relationships.addresses import page_of, short_committee
from relationships.models import Activity, Programme, Tie, TieCommittee
from relationships.pages.facts import Fact, city_page_of, facts_of
from relationships.pages.office import office_for
from relationships.pages.tierows import TieRow, tie_rows
from relationships.pages.together import donations_of, exchanges_of
from sistercities.bilingual import Text, text_of
from sistercities.maps.view import ArcMap, arc_map
from sistercities.qr import QRCode, qr_code

MOST_PORTRAITS = 12
"""Sister cities told one by one; a committee with more of them gets a table."""


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
        self.cities = self._cities()
        own = {one.city.pk for one in self.cities}
        self.ties = tie_rows(self._ties(own), own, language=language, today=today)
        self.sisters = self._sisters() if len(self.ties) <= MOST_PORTRAITS else []
        self.exchanges = exchanges_of(self.ties, language)
        self.donations = donations_of(self.ties)
        self.board = list(self._board())
        self.levels = self._levels()
        self.programme = self._programme()
        self.office = office_for([committee.country] if committee.country else [])

    def _cities(self) -> list[OwnCity]:
        links = (
            CommitteeCity.objects.filter(committee=self.committee, until=None)
            .select_related("city__region")
            .order_by("city__sort_name", "pk")
        )
        return [
            OwnCity(
                link.city,
                city_page_of(link.city),
                text_of(link.city, "about", self.language),
                facts_of(link.city),
            )
            for link in links
        ]

    def _ties(self, own: set[int]):
        """Its single tie where it has one; else all of its cities', those with a committee of
        their own included."""
        ties = Tie.objects.public()
        single = TieCommittee.objects.filter(committee=self.committee)
        of_cities = Q(city_a__in=own) | Q(city_b__in=own)
        if self.committee.only_tie:
            return ties.filter(pk__in=single.values("tie"))
        return ties.filter(of_cities)

    def _sisters(self) -> list[Sister]:
        """Two queries: the sister cities' texts, and their committees."""
        partners = {row.partner.pk for row in self.ties}
        cities = {
            city.pk: city for city in City.objects.filter(pk__in=partners).select_related("region")
        }
        committees: dict[int, list[tuple[str, str]]] = {pk: [] for pk in partners}
        served = (
            CommitteeCity.objects.filter(
                city__in=partners,
                until=None,
                committee__review=Committee.Review.PUBLISHED,
                committee__single_tie=None,
            )
            .exclude(committee__state=Committee.State.DISSOLVED)
            .exclude(committee=self.committee)
            .order_by("committee__sort_name", "pk")
            .values_list("city_id", "committee__name", "committee__slug")
        )
        for city, name, slug in served:
            committees[city].append((name, page_of("public:committee", slug, self.language)))
        return [
            Sister(
                row=row,
                about=text_of(cities[row.partner.pk], "about", self.language),
                source=cities[row.partner.pk].about_source,
                facts=facts_of(cities[row.partner.pk]),
                committees=committees[row.partner.pk],
            )
            for row in self.ties
        ]

    def _board(self) -> Iterator[Seat]:
        """Who is in office today. A name is shown only if its person agreed."""
        terms = (
            OfficeTerm.objects.filter(committee=self.committee)
            .current(self.today)
            .select_related("office", "person")
            .order_by("office__rank", "office__code", "begins", "pk")
        )
        for term in terms:
            person = term.person
            yield Seat(
                text_of(term.office, "name", self.language),
                person.name if person.name_is_public else "",
            )

    def _levels(self) -> list[Level]:
        """The committees that belong to it, the widest level first."""
        members = list(
            self.committee.members.public()
            .only("name", "slug", "state", "level", "country", "sort_name", "parent_id")
            .order_by("sort_name", "pk")
        )
        levels = []
        for value, label in reversed(Committee.Level.choices):
            here = [one for one in members if one.level == value]
            for one in here:
                one.url = page_of("public:committee", one.slug, self.language)
            if here:
                levels.append(Level(str(label), here))
        return levels

    def _programme(self) -> "YearPlan | None":
        """This year's work programme, or the last one; two queries."""
        programmes = list(
            Programme.objects.filter(committee=self.committee, year__lte=self.today.year)
            .filter(Q(tie=None) | Q(tie__review=Tie.Review.PUBLISHED))
            .annotate(newest=F("year"))
            .order_by("-year", "pk")[:12]
        )
        programmes = [one for one in programmes if one.year == programmes[0].year]
        if not programmes:
            return None
        activities = Activity.objects.filter(programme__in=programmes)
        activities = activities.select_related("exchange__tie")
        return YearPlan(
            programmes, list(activities.order_by(F("month").asc(nulls_last=True), "pk"))
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
    def has_contact(self) -> bool:
        """Whether it published a way to reach it."""
        one = self.committee
        return bool(one.public_email or one.public_phone or one.website)

    @property
    def map(self) -> ArcMap | None:
        """The arcs of its own cities."""
        lines = [row.line for row in self.ties if not row.has_ended]
        highlight = self.cities[0].city.name if self.cities else None
        return arc_map(lines, highlight=highlight, language=self.language) if lines else None

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
