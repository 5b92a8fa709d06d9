"""Reckoning what a list and the registry say of every pair, and storing it with its totals."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import City, CityName
from relationships.differences.hearing import Heard, Report
from relationships.imports.judging import agree, beginning_of
from relationships.imports.known import Pair
from relationships.imports.places import AT_ONCE
from relationships.imports.progress import Progress
from relationships.models import Comparison, Difference, LearntId, Tie
from relationships.models.comparison import ONE_SIDED
from relationships.models.tie import Side
from sistercities.bulk import batches
from sistercities.folding import fold
from sistercities.history import one_request
from sistercities.models import RegistryVersion
from sistercities.partialdates import PartialDate
from sistercities.pouring import pour

Finding = Difference.Finding
IN_FORCE = (Tie.Status.ACTIVE, Tie.Status.UNCONFIRMED, Tie.Status.DORMANT)
TOTALS = ("pairs", "both", ONE_SIDED, Finding.MISSING_HERE, Finding.MISSING_THERE)
TOTALS += (Finding.DIFFERENT,)
LONGEST_ID = LearntId._meta.get_field("wikidata_id").max_length
LONG_LIST, OFTEN = 3000, 3
"""In a list of so many pairs two countries must stand together so often before it speaks of both:
a place read wrongly brings in no country."""
_COLUMNS = (
    *("comparison_id", "finding", "silent", "city_a_id", "city_b_id", "number"),
    *("kind", "since", "ended"),
)


@dataclass(frozen=True, slots=True)
class Ours:
    """What counts of a tie."""

    kind: str
    is_public: bool
    since: PartialDate | None
    ended: PartialDate | None
    has_ended: bool


class Scope:
    """Of which ties a list tells: those of the cities whose own word its rows are, and those
    between two countries that stand together in it.

    Of a side it tells when the city speaks in it, or when most cities of its country do: the result
    for German cities says nothing of what Wikidata holds under a French one.
    """

    def __init__(self, report: Report) -> None:
        self._speakers = report.speakers
        self.countries = _countries({city for pair in report.pairs for city in pair})
        named, speaking = Counter(self.countries.values()), Counter[str]()
        for city in report.speakers:
            speaking[self.countries[city]] += 1
        self._speaking = {code for code, count in speaking.items() if 2 * count >= named[code]}
        together = Counter(tuple(sorted(map(self.countries.get, pair))) for pair in report.pairs)
        least = OFTEN if len(report.pairs) >= LONG_LIST else 1
        self._together = {pair for pair, count in together.items() if count >= least}

    def tells_of(self, city: int, country: str) -> bool:
        """Whether what this city says of its ties would stand in the list."""
        return city in self._speakers or country in self._speaking

    def holds(self, pair: Pair, countries: tuple[str, str]) -> bool:
        """Whether the list should know a tie of ours."""
        if not self._speakers.isdisjoint(pair):
            return True
        return tuple(sorted(countries)) in self._together

    def silent(self, pair: Pair, countries: tuple[str, str], said: str) -> str:
        """The sides of which the list would tell, and does not."""
        sides = zip(Side.values, pair, countries, strict=True)
        return "".join(
            side for side, city, code in sides if side not in said and self.tells_of(city, code)
        )


def compare(comparison: Comparison, report: Report, progress: Progress) -> None:
    """Store the differences and their totals anew."""
    scope = Scope(report)
    progress.begin(_("Comparing"), len(report.pairs))
    ours = _ties(report.pairs)
    totals = Totals()
    with transaction.atomic(), one_request(f"comparison-{comparison.pk}"):
        for model in (Difference, LearntId):
            rows = model.objects.filter(comparison=comparison)
            rows._raw_delete(rows.db)
        rows = totals.counting(_differences(report, scope, ours, progress), scope)
        for some in batches(rows, 2000):
            pour(Difference, _COLUMNS, [(comparison.pk, *map(_plain, row)) for row in some])
        rows = totals.counting(_missing_there(report, scope), scope)
        for some in batches(rows, 2000):
            pour(Difference, _COLUMNS, [(comparison.pk, *map(_plain, row)) for row in some])
        learnt = [(comparison.pk, *row) for row in _new_ids(report)]
        pour(LearntId, ("comparison_id", "city_id", "wikidata_id", "written"), learnt)
        comparison.counts, comparison.by_country = totals.as_stored(len(learnt))
        comparison.compared_at = timezone.now()
        Comparison.objects.filter(pk=comparison.pk).update(
            counts=comparison.counts,
            by_country=comparison.by_country,
            compared_at=comparison.compared_at,
        )
        if comparison.is_published:
            RegistryVersion.move_on()
    progress.end()


class Totals:
    """Numbers of a whole comparison, and of each country that a pair touches."""

    def __init__(self) -> None:
        self._whole: Counter[str] = Counter()
        self._by_country: dict[str, Counter[str]] = defaultdict(Counter)

    def counting(self, rows: Iterator[tuple], scope: Scope) -> Iterator[tuple]:
        """The same rows, counted on their way."""
        for row in rows:
            finding, silent, a, b = row[:4]
            countries = scope.countries[a], scope.countries[b]
            keys = {finding}
            if finding != Finding.MISSING_THERE:
                keys.add("pairs")
                if silent:
                    keys.add(ONE_SIDED)
                if scope.tells_of(a, countries[0]) and scope.tells_of(b, countries[1]):
                    keys.add("both")
            self._whole.update(keys)
            for code in set(countries):
                self._by_country[code].update(keys)
            yield row

    def as_stored(self, learnt: int) -> tuple[dict[str, int], list[list]]:
        """The numbers as a comparison keeps them."""
        counts = {key: self._whole[key] for key in (*TOTALS, Finding.HIDDEN, Finding.SAME)}
        rows = [[code, *(found[key] for key in TOTALS)] for code, found in self._by_country.items()]
        rows.sort(key=lambda row: (-row[1], row[0]))
        return counts | {"learnt": learnt}, rows


def _differences(
    report: Report, scope: Scope, ours: dict[Pair, Ours], progress: Progress
) -> Iterator[tuple]:
    for at, (pair, heard) in enumerate(report.pairs.items(), 1):
        countries = scope.countries[pair[0]], scope.countries[pair[1]]
        silent = scope.silent(pair, countries, heard.sides) if heard.sides else ""
        tie = ours.get(pair)
        kind = (tie.kind if tie else heard.winner.kind) or Tie.Kind.SISTER_CITY
        since = heard.winner.date_of(beginning_of(kind), kind)
        finding = finding_of(tie, heard, since)
        yield (finding, silent, *pair, heard.number, heard.winner.kind, since, heard.ended)
        progress.at(at)


def finding_of(tie: Ours | None, heard: Heard, since: PartialDate | None) -> str:
    """What the list's word on a pair is to ours. A list that says less does not differ."""
    if tie is None:
        return Finding.MISSING_HERE
    if not tie.is_public:
        return Finding.HIDDEN
    other_kind = heard.winner.kind not in ("", tie.kind, Tie.Kind.CONTACT)
    other_end = heard.ended is not None and (
        not tie.has_ended or (tie.ended is not None and _says_else(tie.ended, heard.ended))
    )
    other_date = since is not None and (tie.since is None or _says_else(tie.since, since))
    return Finding.DIFFERENT if other_kind or other_end or other_date else Finding.SAME


def _says_else(ours: PartialDate, theirs: PartialDate) -> bool:
    """Whether another date contradicts ours, or is more precise."""
    return not agree(ours, theirs) or len(str(theirs)) > len(str(ours))


def _missing_there(report: Report, scope: Scope) -> Iterator[tuple]:
    """Our published ties in force that the list should know and does not, as rows."""
    ties = Tie.objects.public().filter(merged_into=None, status__in=IN_FORCE).order_by("pk")
    columns = ("city_a_id", "city_b_id", "city_a__sort_name", "city_b__sort_name")
    columns += ("city_a__country", "city_b__country")
    for a, b, name_a, name_b, *countries in ties.values_list(*columns).iterator(5000):
        pair, countries = (a, b), tuple(countries)
        if pair in report.pairs or not scope.holds(pair, countries):
            continue
        if pair in report.likely or not report.named.isdisjoint({(a, name_b), (b, name_a)}):
            continue  # a row that is not decided may be about it
        scope.countries |= dict(zip(pair, countries, strict=True))
        silent = scope.silent(pair, countries, "")
        yield (Finding.MISSING_THERE, silent, *pair, None, "", None, None)


def _ties(pairs: dict[Pair, Heard]) -> dict[Pair, Ours]:
    """The ties of these pairs that the registry knows, whether published or not."""
    found: dict[Pair, Ours] = {}
    columns = ("city_a_id", "city_b_id", "kind", "review", "since", "ended", "stage")
    for some in batches(sorted({a for a, _b in pairs}), AT_ONCE):
        for a, b, kind, review, since, ended, stage in (
            Tie.objects.filter(city_a__in=some).order_by().values_list(*columns)
        ):
            if (a, b) in pairs:
                is_public = review == Tie.Review.PUBLISHED
                found[a, b] = Ours(kind, is_public, since, ended, stage == Tie.Stage.ENDED)
    return found


def _countries(cities: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in batches(sorted(cities), AT_ONCE):
        found |= dict(City.objects.filter(pk__in=some).order_by().values_list("pk", "country"))
    return found


def _plain(value: object) -> object:
    """As the tables keep it: dates and choices are texts."""
    return str(value) if isinstance(value, str | PartialDate) else value


def _new_ids(report: Report) -> Iterator[tuple[int, str, str]]:
    """Numbers of cities that have none here, and that no other city has. A name alone is enough
    only where nobody in its country shares it; else coordinates must have confirmed it."""
    for some in batches(report.ids(), AT_ONCE // 2):
        cities = City.objects.filter(
            Q(pk__in=[city for city, _number, _end in some], wikidata_id__isnull=False)
            | Q(wikidata_id__in=[number for _city, number, _end in some])
        ).order_by()
        taken: set = {value for row in cities.values_list("pk", "wikidata_id") for value in row}
        namesakes = _namesakes({fold(end.name) for _city, _number, end in some})
        for city, number, end in some:
            if city in taken or number in taken or len(number) > LONGEST_ID:
                continue
            here = {
                pk
                for pk, country in namesakes[fold(end.name)]
                if not end.country or country == end.country
            }
            if end.is_located or here == {city}:
                yield city, number, end.name


def _namesakes(names: set[str]) -> dict[str, set[tuple[int, str]]]:
    """Number and country of the cities that have or had each folded name."""
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    rows = CityName.objects.filter(folded__in=names, city__merged_into=None).order_by()
    for folded, city, country in rows.values_list("folded", "city_id", "city__country"):
        found[folded].add((city, country))
    return found
