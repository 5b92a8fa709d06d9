"""The one function that writes derived columns: of ties, of their cities, and the lists' counts.

Whatever changes a tie, its events, confirmations, statements or exchanges calls `derive` with the
tie's number afterwards, in the same transaction. It is cheap for one tie and made for a hundred
thousand; run again it changes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from committees.findable import refresh_cities
from committees.models import City, Committee, CommitteeCity
from relationships.axes import Answer, Event, Known, axes_of
from relationships.facets import (
    CITIES_TOGETHER,
    TIES_TOGETHER,
    city_facets,
    tie_facets,
)
from relationships.models import (
    Confirmation,
    Exchange,
    Limits,
    Statement,
    Tie,
    TieEvent,
    VitalityLimits,
)
from sistercities import tallies
from sistercities.bulk import batches, insert_rows, refresh_statistics, update_rows
from sistercities.maps.distance import great_circle_km
from sistercities.models import Address, RegistryVersion
from sistercities.models.address import slug_of
from sistercities.partialdates import PartialDate

TIES_AT_ONCE = 2000
MANY = 100  # from here on the database's statistics are worth refreshing
AXES = (
    "stage",
    "vitality",
    "reciprocity",
    "status",
    "since",
    "ended",
    "last_sign_of_life",
    "last_confirmed",
)
UNKNOWN_YEAR = 9999
READ = (
    *("kind", "review", "vitality_override", *Tie.DERIVED),
    *(
        f"{side}__{column}"
        for side in ("city_a", "city_b")
        for column in "name slug country sort_name latitude longitude region__code".split()
    ),
)
"""The columns that a tie's derived ones follow from."""


def derive(tie_ids: Iterable[int] | None = None, *, today: date | None = None) -> int:
    """Recompute ties (all when None) and what follows from them; how many ties changed."""
    today = today or timezone.localdate()
    with transaction.atomic(savepoint=False):
        changed, cities, moved = 0, set(), Counter()
        if tie_ids is None:
            tie_ids = Tie.objects.order_by("pk").values_list("pk", flat=True).iterator(5000)
            cities = None
        for batch in batches(tie_ids, TIES_AT_ONCE):
            ties = list(Tie.objects.with_cities().only(*READ).filter(pk__in=batch))
            changed += _derive_ties(ties, today, moved)
            if cities is not None:
                cities.update(pk for tie in ties for pk in (tie.city_a_id, tie.city_b_id))
        tallies.move("ties", moved)
        derive_cities(cities)
        if changed:
            RegistryVersion.move_on()
        if changed > MANY:
            refresh_statistics()
    return changed


def recomputed(
    ties: list[Tie], today: date, limits: Limits | None = None
) -> Iterator[tuple[Tie, dict]]:
    """Each tie with its derived columns as they should be (all but slug and counted_as), by the
    office's limits of vitality or by others."""
    limits = limits or VitalityLimits.now()
    known = known_of(ties, today)
    for tie in ties:
        axes = axes_of(known[tie.pk], today, limits)
        values = {name: getattr(axes, name) for name in AXES}
        year = axes.since.year if axes.since else None
        values["oldest_first"] = year or UNKNOWN_YEAR
        values["newest_first"] = -year if year else UNKNOWN_YEAR
        values["anniversary"] = axes.since.anniversary if axes.since else ""
        values["country_pair"] = "-".join(sorted((tie.city_a.country, tie.city_b.country)))
        values["sort_name"] = " ".join(sorted((tie.city_a.sort_name, tie.city_b.sort_name)))[:400]
        values["distance_km"] = distance_between(tie.city_a, tie.city_b)
        yield tie, values


def distance_between(a: City, b: City) -> int | None:
    """Whole kilometres along the great circle; None when a place is not known."""
    if not (a.has_coordinates and b.has_coordinates):
        return None
    return round(great_circle_km(a.latitude, a.longitude, b.latitude, b.longitude))


def known_of(ties: list[Tie], today: date) -> dict[int, Known]:
    """What the axes of these ties follow from, in four queries."""
    known = {tie.pk: Known(kind=tie.kind, override=tie.vitality_override) for tie in ties}
    events = TieEvent.objects.filter(tie__in=known).order_by()
    for tie, kind, day, number in events.values_list("tie_id", "kind", "date", "pk"):
        known[tie].events.append(Event(kind, day, number))
    answers = Confirmation.objects.filter(tie__in=known).order_by()
    for tie, side, answer, day in answers.values_list("tie_id", "side", "answer", "answered_on"):
        known[tie].answers.append(Answer(side, answer, day))
    exchanges = Exchange.objects.visible().filter(tie__in=known).order_by()
    for tie, begins, ends in exchanges.values_list("tie_id", "begins", "ends"):
        if begins.earliest <= today:
            day = min((ends or begins).latest, today)
            known[tie].exchanged = max(known[tie].exchanged or day, day)
    said = Statement.objects.filter(tie__in=known).exclude(said_by="")
    for tie, side in said.order_by().values_list("tie_id", "said_by").distinct():
        known[tie].said_by.add(side)
    return known


def _derive_ties(ties: list[Tie], today: date, moved: Counter) -> int:
    """Write what differs, but the tallies: add to `moved`. How many ties did."""
    slugless = [tie for tie in ties if not tie.slug]
    _give_slugs(slugless)
    changed, counted = set(slugless), []
    for tie, values in recomputed(ties, today):
        differing = {k: v for k, v in values.items() if getattr(tie, k) != v}
        for name, value in differing.items():
            setattr(tie, name, value)
        now = tallies.written(tie_facets(tie))
        if now != tie.counted_as:
            counted.append((tie.counted_as, now))
            tie.counted_as = now
            changed.add(tie)
        elif differing:
            changed.add(tie)
    moved.update(tallies.difference(counted, TIES_TOGETHER))
    update_rows(Tie, Tie.DERIVED, map(_written, sorted(changed, key=lambda tie: tie.pk)))
    return len(changed)


def _written(tie: Tie) -> list:
    """A tie's derived values as the database takes them, and its number."""
    values = [getattr(tie, name) for name in (*Tie.DERIVED, "pk")]
    return [str(value) if isinstance(value, PartialDate) else value for value in values]


def _give_slugs(ties: list[Tie]) -> None:
    """A slug for each new tie, both languages' addresses kept for ever.

    The two names; where another tie has or had that address, the cities' own unique slugs.
    """
    wanted = {}
    for tie in ties:
        short = "_".join(slug_of(city.name) or city.slug for city in (tie.first, tie.second))
        wanted[tie.pk] = (short[:150], f"{tie.first.slug}_{tie.second.slug}")
    for tie in ties:
        tie.slug = wanted[tie.pk][0]
    public = {tie.slug_in(language) for tie in ties for language in ("es", "en")}
    taken = {
        slug
        for batch in batches(sorted(public), 500)
        for slug in Address.objects.filter(subject="tie", slug__in=batch).values_list(
            "slug", flat=True
        )
    }
    rows = []
    for tie in ties:
        for choice in (*wanted[tie.pk], f"{wanted[tie.pk][0][:130]}_{tie.pk}"):
            tie.slug = choice
            both = {tie.slug_in("es"), tie.slug_in("en")}
            if len(choice) <= 155 and not both & taken:
                break
        taken |= both
        rows += [("tie", slug, tie.pk) for slug in sorted(both)]
    insert_rows(Address, ("subject", "slug", "object_id"), rows)


def derive_cities(city_ids: Iterable[int] | None) -> int:
    """Recount cities (all that are or should be listed when None); how many changed."""
    if city_ids is None:
        tied = Q(ties_as_a__isnull=False) | Q(ties_as_b__isnull=False)
        due = City.objects.filter(tied | Q(is_listed=True) | Q(committee_links__isnull=False))
        city_ids = due.order_by().values_list("pk", flat=True).distinct()
    changed, moved = 0, Counter()
    for batch in batches(sorted(set(city_ids)), TIES_AT_ONCE):
        changed += _derive_cities(batch, moved)
    tallies.move("cities", moved)
    if changed:
        RegistryVersion.move_on()
    return changed


CITY_COLUMNS = ("is_listed", "tie_count", "first_tie_year", "counted_as")


def cities_recomputed(city_ids: list[int]) -> Iterator[tuple[City, dict]]:
    """Each city with its derived columns as they should be (all but sort_name)."""
    years: dict[int, list[int]] = defaultdict(list)
    standing: dict[int, int] = defaultdict(int)
    known: set[int] = set()
    for side in ("city_a_id", "city_b_id"):
        ties = Tie.objects.visible().filter(**{f"{side}__in": city_ids}).order_by()
        for city, status, year in ties.values_list(side, "status", "oldest_first"):
            known.add(city)
            standing[city] += status != Tie.Status.ENDED
            if year != UNKNOWN_YEAR:
                years[city].append(year)
    with_committee = _served(city_ids)
    columns = ("country", "region__code", "merged_into", *CITY_COLUMNS)
    for city in City.objects.select_related("region").only(*columns).filter(pk__in=city_ids):
        listed = city.merged_into_id is None and (city.pk in known or city.pk in with_committee)
        facets = city_facets(city, city.pk in with_committee) if listed else {}
        yield (
            city,
            {
                "is_listed": listed,
                "tie_count": standing[city.pk],
                "first_tie_year": min(years[city.pk], default=None),
                "counted_as": tallies.written(facets),
            },
        )


def _served(city_ids: list[int]) -> set[int]:
    """The cities that a published committee serves. Two questions: joined, a database may try
    every committee with every city."""
    served = CommitteeCity.objects.filter(city__in=city_ids, until=None).order_by()
    links = list(served.values_list("city_id", "committee_id"))
    committees = Committee.objects.visible().filter(pk__in={committee for _, committee in links})
    published = set(committees.order_by().values_list("pk", flat=True))
    return {city for city, committee in links if committee in published}


def _derive_cities(city_ids: list[int], moved: Counter) -> int:
    """Write what differs, but the tallies: add to `moved`. How many cities did."""
    changed, counted, search = [], [], []
    for city, values in cities_recomputed(city_ids):
        if all(getattr(city, name) == value for name, value in values.items()):
            continue
        if values["counted_as"] != city.counted_as:
            counted.append((city.counted_as, values["counted_as"]))
        if (values["is_listed"], values["tie_count"]) != (city.is_listed, city.tie_count):
            search.append(city.pk)
        changed.append((*(values[name] for name in CITY_COLUMNS), city.pk))
    moved.update(tallies.difference(counted, CITIES_TOGETHER))
    update_rows(City, CITY_COLUMNS, changed)
    refresh_cities(search)
    return len(changed)
