"""Stored columns against the same ones recomputed: folded names, axes, counts, tallies, search."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from committees.findable import names_of_cities, names_of_committees, names_of_regions
from committees.models import City, CityName, Committee, Region
from relationships.checking.difference import Difference, Differences, name_of
from relationships.deriving import cities_recomputed, recomputed
from relationships.facets import CITIES_TOGETHER, TIES_TOGETHER, tie_facets
from relationships.models import Exchange, Tie
from sistercities import tallies
from sistercities.bulk import batches
from sistercities.folding import collapse, fold, word_tails
from sistercities.models import SearchName, SearchTail

AT_ONCE = 2000
SEARCH_AT_ONCE = 500

FOLDED = (
    (Region, "folded", ("name",)),
    (City, "sort_name", ("name",)),
    (CityName, "folded", ("name",)),
    (Committee, "sort_name", ("name",)),
    (Exchange, "sort_name", ("title_es", "title_en", "title")),
)
"""Columns that hold the folded form of the first of some texts that is not empty."""

SEARCHED: tuple[tuple[type[models.Model], Callable], ...] = (
    (City, names_of_cities),
    (Region, names_of_regions),
    (Committee, names_of_committees),
)


def folded_as_it_should_be(model: type[models.Model], column: str, texts: tuple) -> str:
    """The folded form of the first text, cut to the column."""
    text = next((text for text in texts if text), "")
    return fold(text)[: model._meta.get_field(column).max_length]


def misfolded() -> Differences:
    """Names whose folded form is not theirs, and cities that are not found by their own name."""
    for model, column, sources in FOLDED:
        rows = model._base_manager.order_by("pk").values_list("pk", column, *sources)
        for pk, stored, *texts in rows.iterator(AT_ONCE):
            right = folded_as_it_should_be(model, column, texts)
            if stored != right:
                yield _differs(name_of(model), pk, column, stored, right)
    own = CityName.objects.filter(city=OuterRef("pk"), folded=OuterRef("sort_name"))
    unnamed = City.objects.standing().filter(~Exists(own)).order_by("pk")
    for pk in unnamed.values_list("pk", flat=True):
        yield Difference("city", pk, "its own name is not among its names")


def misderived_ties(today: date) -> Differences:
    """Ties whose axes and facets do not follow from what is known of them."""
    keys = Tie.objects.order_by("pk").values_list("pk", flat=True).iterator(AT_ONCE)
    for batch in batches(keys, AT_ONCE):
        ties = list(Tie.objects.with_cities().filter(pk__in=batch).order_by("pk"))
        for tie, values in recomputed(ties, today):
            for column, right in values.items():
                stored = getattr(tie, column)
                if stored != right:
                    yield _differs("tie", tie.pk, column, stored, right)
                    setattr(tie, column, right)
            facets = tallies.written(tie_facets(tie))
            if tie.counted_as != facets:
                yield _differs("tie", tie.pk, "counted_as", tie.counted_as, facets)
            if not tie.slug:
                yield Difference("tie", tie.pk, "has no slug", fixable=True)


def misderived_cities() -> Differences:
    """Cities whose place in the list and number of ties are wrong."""
    tied = Exists(Tie.objects.filter(city_a=OuterRef("pk"))) | Exists(
        Tie.objects.filter(city_b=OuterRef("pk"))
    )
    counted = Q(is_listed=True) | Q(tie_count__gt=0) | ~Q(counted_as="")
    due = City.objects.filter(
        tied | counted | Q(first_tie_year__isnull=False) | Q(committee_links__isnull=False)
    )
    keys = due.order_by("pk").values_list("pk", flat=True).distinct().iterator(AT_ONCE)
    for batch in batches(keys, AT_ONCE):
        for city, values in cities_recomputed(batch):
            for column, right in values.items():
                stored = getattr(city, column)
                if stored != right:
                    yield _differs("city", city.pk, column, stored, right)


def miscounted() -> Differences:
    """Tallies that are not what a fresh count gives."""
    for listing, fresh in fresh_tallies():
        stored = tallies.stored(listing)
        for cell in sorted(stored.keys() | fresh.keys()):
            if stored[cell] != fresh[cell]:
                by, by_value, facet, value = cell
                where = " ".join(f"{k}={v}" for k, v in ((by, by_value), (facet, value)) if k)
                yield Difference(
                    "tally",
                    None,
                    f"tally of {listing} {where or '(all)'}: is {stored[cell]}, "
                    f"should be {fresh[cell]}",
                    fixable=True,
                )


def fresh_tallies() -> Iterator[tuple[str, tallies.Counter]]:
    """Each list with a fresh count of its rows."""
    for listing, model, together in (
        ("ties", Tie, TIES_TOGETHER),
        ("cities", City, CITIES_TOGETHER),
    ):
        texts = model.objects.exclude(counted_as="").order_by()
        rows = texts.values_list("counted_as", flat=True).iterator(AT_ONCE)
        yield listing, tallies.counted(rows, together)


def mislaid_names() -> Differences:
    """Objects that are not found by the names that they have, or still by others."""
    for model, names_of in SEARCHED:
        subject = name_of(model)
        keys = model._base_manager.order_by("pk").values_list("pk", flat=True)
        if model is City:
            entered = SearchName.objects.filter(subject=subject, object_id=OuterRef("pk"))
            keys = keys.filter(Q(is_listed=True) | Exists(entered))
        for batch in batches(keys.iterator(AT_ONCE), SEARCH_AT_ONCE):
            yield from _mislaid(subject, names_of(batch))
        gone = SearchName.objects.filter(subject=subject).exclude(
            object_id__in=model._base_manager.values("pk")
        )
        for pk in gone.order_by("object_id").values_list("object_id", flat=True).distinct():
            yield Difference(subject, pk, "is searched for but does not exist", fixable=True)


def _mislaid(subject: str, objects: dict[int, tuple[int, list[str]]]) -> Differences:
    stored: dict[int, dict[str, tuple[int, int, str, str]]] = defaultdict(dict)
    rows = SearchName.objects.filter(subject=subject, object_id__in=list(objects))
    for number, folded, *rest in rows.values_list(
        "object_id", "folded", "pk", "weight", "text", "sound"
    ):
        stored[number][folded] = tuple(rest)
    keys = [key for names in stored.values() for key, *_ in names.values()]
    tails: dict[int, set[tuple]] = defaultdict(set)
    rows = SearchTail.objects.filter(name__in=keys).order_by()
    for key, *tail in rows.values_list("name_id", "tail", "lead", "weight"):
        tails[key].add(tuple(tail))
    for pk, (weight, names) in sorted(objects.items()):
        right: dict[str, str] = {}
        for name in names:
            if folded := fold(name)[:200]:
                right.setdefault(folded, name[:200])
        if {folded: (w, text) for folded, (_key, w, text, _sound) in stored[pk].items()} != {
            folded: (weight, text) for folded, text in right.items()
        }:
            yield Difference(subject, pk, "is not found by the names that it has", fixable=True)
        elif any(
            tails[key] != {(tail, tail[:3], weight) for tail in word_tails(folded)}
            for folded, (key, *_) in stored[pk].items()
        ):
            yield Difference(subject, pk, "is not found by the words of its names", fixable=True)
        elif any(sound != collapse(folded) for folded, (*_, sound) in stored[pk].items()):
            yield Difference(subject, pk, "is not found by misspelled names", fixable=True)


def _differs(subject: str, pk: int, column: str, stored: object, right: object) -> Difference:
    return Difference(subject, pk, f"{column} is {stored!s}, should be {right!s}", fixable=True)
