"""The state of the ties of a city or of a state in one year: one sheet for the council.

Its numbers are those of the figures (`relationships.figures`), counted from the rows that it shows.
What is due is due today.
"""

import datetime
from functools import cached_property

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.models import City, Region
from relationships.addresses import here, tie_page
from relationships.anniversaries import ROUND, day_words, falls_on
from relationships.axes import months_before
from relationships.figures.cell import in_years, public_donations
from relationships.giving import Total
from relationships.listing import exchanges as listed
from relationships.listing import words
from relationships.listing.ties import of_state
from relationships.models import Evidence, Tie
from relationships.statistics.findings import listed as joined
from relationships.statistics.sheetlines import Birthday, Done, Due, Row
from sistercities.choicewords import choice_words
from sistercities.listing.columns import columns
from sistercities.templatetags.ui import month_name, number

FIRST_YEAR = 1950
MONTHS = 24
"""Without a confirmation for so long, a tie is due."""
MOST_TIES, MOST_EXCHANGES, MOST_BIRTHDAYS = 15, 6, 6
ROUND_YEARS = 5
COLUMNS = (
    *("pk", "slug", "kind", "status", "reciprocity", "since", "ended", "last_confirmed"),
    *("city_a_id", "city_a__name", "city_a__region__code"),
    *("city_b_id", "city_b__name", "city_b__region__code"),
)


def year_asked(text: str, today: datetime.date) -> int:
    """The year of an address; the last that is over where it names none that can be."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return year if FIRST_YEAR <= year <= today.year else today.year - 1


class StateOfTies:
    """A year of a city's or a state's ties."""

    def __init__(self, owner: City | Region, year: int, today: datetime.date) -> None:
        self.owner, self.year, self.today = owner, year, today

    @property
    def is_over(self) -> bool:
        """Whether nothing can be added to the year any more but what is reported late."""
        return self.year < self.today.year

    @property
    def next_year(self) -> int:
        """That of the anniversaries."""
        return self.year + 1

    @property
    def of_city(self) -> bool:
        """Whether it is a city's; then a line names the sister only."""
        return isinstance(self.owner, City)

    @property
    def name(self) -> str:
        """Whose."""
        return self.owner.name if isinstance(self.owner, City) else self.owner.local_name

    def _ties(self) -> QuerySet[Tie]:
        """Those that the owner's own list has."""
        if isinstance(self.owner, City):
            return Tie.objects.visible().of(self.owner.pk)
        return of_state(self.owner.code).seek(Tie.objects.visible())

    @property
    def years(self) -> list[int]:
        """The years that are offered, and this one."""
        return sorted({*range(self.today.year - 10, self.today.year + 1), self.year}, reverse=True)

    # Ties

    @cached_property
    def every(self) -> list[Row]:
        """All ties, the oldest first; one question."""
        ties = self._ties().order_by("oldest_first", "sort_name", "pk")
        kinds = words.said(words.KINDS)
        return [
            Row(
                pk=pk,
                url=tie_page(slug),
                cities=self._cities(cities[:3], cities[3:]),
                sides=self._sides(cities[:3], cities[3:]),
                kind=kinds[kind],
                status=status,
                voice=voice,
                since=since,
                ended=ended,
                confirmed=confirmed,
            )
            for pk, slug, kind, status, voice, since, ended, confirmed, *cities in columns(
                ties, *COLUMNS
            )
        ]

    @cached_property
    def by_number(self) -> dict[int, Row]:
        """The same, to be found by what is done in them."""
        return {row.pk: row for row in self.every}

    @cached_property
    def found(self) -> list[Row]:
        """Those that had begun by the end of the year and had not ended before it, those in force
        first."""
        for one in self.exchanges:
            row = self.by_number[one.tie]
            row.exchanges += 1
            row.people += one.people
        found = [
            row
            for row in self.every
            if (row.since is None or row.since.year <= self.year)
            and not (row.ended and row.ended.year < self.year)
        ]
        found.sort(key=lambda row: row.status == Tie.Status.ENDED)
        for row in found[MOST_TIES:]:
            row.is_off_paper = True
        return found

    def _cities(self, one: list, two: list) -> str:
        """The sister; of a state both cities, its own first."""
        if isinstance(self.owner, City):
            return (two if one[0] == self.owner.pk else one)[1]
        own, other = (one, two) if one[2] == self.owner.code else (two, one)
        return f"{own[1]} – {other[1]}"

    def _sides(self, one: list, two: list) -> str:
        """On which sides the owner stands: "a", "b"; "ab" where a state has both cities."""
        place, own = (0, self.owner.pk) if isinstance(self.owner, City) else (2, self.owner.code)
        return "".join(
            side for side, city in zip("ab", (one, two), strict=True) if city[place] == own
        )

    @property
    def rows(self) -> list[Row]:
        """The lines of the table: of a state the first only; of a city all, but on paper no more
        than one sheet takes."""
        return self.found if self.of_city else self.found[:MOST_TIES]

    @property
    def more_ties(self) -> int:
        """How many have no line on paper."""
        return max(len(self.found) - MOST_TIES, 0)

    @cached_property
    def in_force(self) -> int:
        """Ties in force at the end of the year, also those whose year nobody knows."""
        return sum(row.stood(self.year) for row in self.found)

    @property
    def figures(self) -> dict[str, int]:
        """The numbers of the year, by the words of the figures."""
        return {
            "new": sum(bool(row.since and row.since.year == self.year) for row in self.every),
            "ended": sum(bool(row.ended and row.ended.year == self.year) for row in self.every),
            "exchanges": len(self.exchanges),
            "participants": sum(one.people for one in self.exchanges),
        }

    @property
    def sentence(self) -> str:
        """The year in one sentence."""
        figures = self.figures
        ties = ngettext("%(n)s tie in force", "%(n)s ties in force", self.in_force)
        parts = [ties % {"n": number(self.in_force)}]
        if figures["new"]:
            text = ngettext("%(n)s of them new", "%(n)s of them new", figures["new"])
            parts.append(text % {"n": number(figures["new"])})
        if figures["ended"]:
            text = ngettext("%(n)s ended", "%(n)s ended", figures["ended"])
            parts.append(text % {"n": number(figures["ended"])})
        held = figures["exchanges"]
        text = ngettext("%(n)s exchange", "%(n)s exchanges", held)
        parts.append(text % {"n": number(held)} if held else _("no exchange on record"))
        if people := figures["participants"]:
            text = ngettext("%(n)s participant", "%(n)s participants", people)
            parts.append(text % {"n": number(people)})
        return f"{', '.join(parts)}."

    # What was done and given

    @cached_property
    def exchanges(self) -> list[Done]:
        """Begun in the year, in the order of their days."""
        held = listed.public_exchanges().filter(in_years("begins", self.year, self.year))
        held = held.filter(tie__in=self.by_number).order_by("begins", "pk")
        return [
            Done(tie, self.by_number[tie].cities, tuple(row))
            for tie, *row in columns(held, "tie_id", *listed.COLUMNS)
        ]

    @property
    def told(self) -> list[Done]:
        """Those with a line of their own."""
        return self.exchanges[:MOST_EXCHANGES]

    @property
    def more_exchanges(self) -> int:
        """How many have none."""
        return len(self.exchanges) - len(self.told)

    @cached_property
    def aid(self) -> tuple[Total, Total]:
        """What was given and what was received, no currency mixed."""
        given, received = Total(), Total()
        gifts = public_donations().filter(in_years("date", self.year, self.year))
        gifts = gifts.filter(tie__in=self.by_number).order_by()
        sums = columns(gifts, "tie_id", "given_by", "kind", "currency")
        for tie, giver, *of in sums.annotate(total=Sum("amount"), n=Count("pk")):
            sides = self.by_number[tie].sides
            if giver in sides:
                given.add(*of)
            if sides != giver:
                received.add(*of)
        return given, received

    # What comes

    @cached_property
    def due(self) -> list[Due]:
        """What somebody should see to, today."""
        standing = [row for row in self.found if row.stands]
        limit = months_before(self.today, MONTHS)
        quiet = [row for row in standing if row.confirmed is None or row.confirmed < limit]
        alone = [row for row in standing if row.voice.startswith("one_sided")]
        undated = [row for row in standing if row.since is None]
        due = [
            (
                quiet,
                ngettext(
                    "%(n)s tie that nobody has confirmed for %(months)s months",
                    "%(n)s ties that nobody has confirmed for %(months)s months",
                    len(quiet),
                ),
            ),
            (
                alone,
                ngettext(
                    "%(n)s tie stated by one side only",
                    "%(n)s ties stated by one side only",
                    len(alone),
                ),
            ),
            (
                undated,
                ngettext(
                    "%(n)s tie whose year is not known",
                    "%(n)s ties whose year is not known",
                    len(undated),
                ),
            ),
        ]
        return [
            Due(
                text % {"n": number(len(rows)), "months": MONTHS},
                joined([row.cities for row in rows]),
            )
            for rows, text in due
            if rows
        ]

    @cached_property
    def birthdays(self) -> list[Birthday]:
        """The anniversaries of the next year: the roundest, in the order of their days."""
        due = [one for row in self.found if (one := self._birthday(row))]
        due.sort(key=lambda one: (_roundness(one.years), -one.years, one.order))
        return sorted(due[:MOST_BIRTHDAYS], key=lambda one: one.order)

    def _birthday(self, row: Row) -> Birthday | None:
        year, since = self.next_year, row.since
        if not row.stands or since is None or since.year >= year:
            return None
        years = year - since.year
        if not self.of_city and years % ROUND_YEARS:
            return None
        if since.anniversary:
            on = falls_on(since.anniversary, year)
            return Birthday(
                years,
                day_words(on.month, on.day, here()),
                row.cities,
                (on.month, on.day, row.cities),
            )
        month = 0 if since.about else since.month or 0
        return Birthday(years, month_name(month), row.cities, (month or 13, 32, row.cities))

    # Where it is known from

    @cached_property
    def evidence(self) -> str:
        """What proves the ties: "2 Signed agreement, 1 Press"; empty when nothing does."""
        rows = Evidence.objects.filter(tie__in=self.by_number).order_by()
        counts = dict(rows.values_list("kind").annotate(n=Count("pk")))
        kinds = choice_words(Evidence.Kind)
        return ", ".join(
            f"{kinds[kind]}: {number(counts[kind])}" for kind in kinds if kind in counts
        )


def _roundness(years: int) -> int:
    """How little of a feast it is."""
    steps = (*ROUND, 10, 5, 1)
    return next(rank for rank, step in enumerate(steps) if years % step == 0)
