"""Everything that a city's page says, in eight queries however many ties it has."""

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.models import City, CityName, Committee, CommitteeCity
from relationships.addresses import page_of, short_city
from relationships.models import Tie
from relationships.pages.birthday import Birthday, next_birthday
from relationships.pages.facts import Fact, facts_of
from relationships.pages.maps import map_of
from relationships.pages.office import office_for
from relationships.pages.scope import OF_CITY
from relationships.pages.tierows import TieRow, tie_rows
from relationships.pages.together import donations_of, exchanges_of
from sistercities.maps.picture import ArcMap
from sistercities.partialdates import PartialDate
from sistercities.prepared import prepared
from sistercities.qr import QRCode, qr_code

MOST_BIRTHDAYS = 5
SISTERS = {Tie.Kind.SISTER_CITY, Tie.Kind.SISTER_STATE, Tie.Kind.SISTER_COUNTY}
NOT_CITIES = {City.PlaceType.COUNTY, City.PlaceType.STATE}


@prepared
def _committees(city: int):
    """The links to the committees that serve a city today."""
    names = ("pk", "name", "slug", "state", "public_email")
    return (
        CommitteeCity.objects.filter(city=city, until=None)
        .exclude(committee__review__in=Committee.Review.hidden())
        .order_by("committee__sort_name", "committee")
        .values("pk", *(f"committee__{name}" for name in names))
    )


@prepared
def _names(city: int):
    """Its names but for the gazetteer's hundreds."""
    found = CityName.objects.filter(city=city).exclude(kind=CityName.Kind.GAZETTEER)
    return found.order_by("kind", "name", "pk").values("pk", "name", "language", "kind", "folded")


@prepared
def _relatives(city: int):
    """Listed places that are part of it or that it took over."""
    found = City.objects.filter(Q(parent=city) | Q(successor=city)).exclude(is_listed=False)
    return found.order_by("sort_name", "pk").values(
        "pk", "name", "slug", "parent_id", "successor_id"
    )


class CityPage:
    """Needs the city with its region, parent and successor; `language` is the reader's."""

    def __init__(self, city: City, *, language: str, today: date) -> None:
        self.city, self.language, self.today = city, language, today
        owner = city.pk
        found = OF_CITY.ties.dicts(owner=owner, today=str(PartialDate.of(today)))
        self.ties = tie_rows(found, {owner}, language)
        self.exchanges = exchanges_of(OF_CITY.exchanges.objects(owner=owner), self.ties, language)
        self.donations = donations_of(
            OF_CITY.totals.dicts(owner=owner), OF_CITY.gifts.objects(owner=owner), self.ties
        )
        self.committees = self._committees()
        self.names = [name for name in _names.objects(city=owner) if name.folded != city.sort_name]
        self.relatives = _relatives.objects(city=owner)
        self.office = office_for([city.country])

    def _committees(self) -> list[Committee]:
        """The committees that serve the city, dissolved ones last."""
        rows = [link.committee for link in _committees.objects(city=self.city.pk)]
        rows.sort(key=lambda one: one.state == Committee.State.DISSOLVED)
        for row in rows:
            row.url = page_of("public:committee", row.slug, self.language)
        return rows

    @property
    def sentence(self) -> str:
        """ "Gómez Palacio has 3 sister cities, the first since 1969." """
        standing = [row for row in self.ties if row.stands]
        sisters = [row for row in standing if row.kind in SISTERS]
        counted = sisters or standing
        facts = {
            "city": self.city.name,
            "count": len(counted),
            "year": min((row.since.year for row in counted if row.since), default=None),
        }
        if not counted:
            return _("No ties of %(city)s are in force on record.") % facts
        if sisters and self.city.place_type not in NOT_CITIES:
            return _sister_cities(facts)
        return _ties(facts)

    @property
    def side_note(self) -> str:
        """What the sentence does not count: other kinds, proposals, and what has ended."""
        standing = [row for row in self.ties if row.stands]
        sisters = sum(row.kind in SISTERS for row in standing)
        others = len(standing) - sisters if sisters else 0
        proposed = sum(row.status == Tie.Status.PROPOSED for row in self.ties)
        ended = sum(row.has_ended for row in self.ties)
        parts = []
        if others:
            parts.append(
                ngettext("%(count)s tie of another kind", "%(count)s ties of other kinds", others)
                % {"count": others}
            )
        if proposed:
            parts.append(
                ngettext("%(count)s proposed", "%(count)s proposed", proposed) % {"count": proposed}
            )
        if ended:
            parts.append(ngettext("%(count)s ended", "%(count)s ended", ended) % {"count": ended})
        return _("Also: %(list)s.") % {"list": ", ".join(parts)} if parts else ""

    @property
    def facts(self) -> list[Fact]:
        """Population, founding and the like."""
        return facts_of(self.city)

    @property
    def parts(self) -> list[City]:
        """Listed places that are part of this one."""
        return [one for one in self.relatives if one.parent_id == self.city.pk]

    @property
    def predecessors(self) -> list[City]:
        """Places that this one took over."""
        return [one for one in self.relatives if one.successor_id == self.city.pk]

    @property
    def birthdays(self) -> list[tuple[TieRow, Birthday]]:
        """The next anniversaries: of known days, and the round ones of known years."""
        due = [
            (row, birthday)
            for row in self.ties
            if row.stands
            and (birthday := next_birthday(row.since, self.today))
            and (birthday.day or birthday.is_round)
        ]
        due.sort(key=lambda one: one[1].day or date(one[1].year, 12, 31))
        return due[:MOST_BIRTHDAYS]

    @property
    def map(self) -> ArcMap | None:
        """The city's own arcs only."""
        lines = [row.line for row in self.ties if not row.has_ended]
        if not lines:
            city = self.city
            lines = [(city.name, city.latitude, city.longitude, "", None, None, False)]
        return map_of(lines, self.language, self.city.name)

    @property
    def atlas_url(self) -> str:
        """The map of all ties, this city's lit."""
        return f"{reverse('public:map')}?city={self.city.slug}"

    @property
    def report_url(self) -> str:
        """Where visitors say what is wrong here."""
        return page_of("public:city-report", self.city.slug)

    @property
    def short_address(self) -> str:
        """Permanent, for print."""
        return short_city(self.city.pk)

    @property
    def qr(self) -> QRCode:
        """The short address as a code, for print."""
        return qr_code(self.short_address)


def _sister_cities(facts: dict) -> str:
    if facts["year"]:
        return (
            ngettext(
                "%(city)s has %(count)s sister city, since %(year)s.",
                "%(city)s has %(count)s sister cities, the first since %(year)s.",
                facts["count"],
            )
            % facts
        )
    return (
        ngettext(
            "%(city)s has %(count)s sister city.",
            "%(city)s has %(count)s sister cities.",
            facts["count"],
        )
        % facts
    )


def _ties(facts: dict) -> str:
    if facts["year"]:
        return (
            ngettext(
                "%(city)s has %(count)s tie, since %(year)s.",
                "%(city)s has %(count)s ties, the first since %(year)s.",
                facts["count"],
            )
            % facts
        )
    return (
        ngettext("%(city)s has %(count)s tie.", "%(city)s has %(count)s ties.", facts["count"])
        % facts
    )
