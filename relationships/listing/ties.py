"""The list of ties."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from math import inf
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.models import City, Region
from relationships.addresses import here, tie_page
from relationships.deriving import UNKNOWN_YEAR
from relationships.facets import voice_of
from relationships.listing import words
from relationships.listing.found import Found, look_up
from relationships.listing.narrowing import Narrowing, equal, narrow, unseen
from relationships.models import Tie
from sistercities.listing.columns import columns
from sistercities.listing.facets import Facet, facet
from sistercities.listing.forms import REGION_CODE, CountryField, ListForm, choice_field, code_field
from sistercities.listing.links import Links
from sistercities.listing.lists import Counts, Listing, counted_afresh, no_counts
from sistercities.listing.orders import Order
from sistercities.models import Tally

DECADE = r"^(?:(?:[1-9]|1[0-9]|20)[0-9]0|unknown)\Z"
FACET_OF = {"since": "decade"}
"""The tallies' words for filters, where they differ."""


class TieFilter(ListForm):
    """Filters of ties. `country` and `with` are the countries of the two cities, either way
    round; `since` is the first year of a decade, or "unknown"."""

    country = CountryField(required=False, widget=forms.HiddenInput)
    state = code_field(REGION_CODE)
    kind = choice_field(Tie.Kind.choices)
    status = choice_field(Tie.Status.choices)
    since = code_field(DECADE)
    voice = choice_field(words.VOICES.items())

    orders = {
        "name": Order(("sort_name", "id")),
        "-name": Order(("-sort_name", "-id")),
        "since": Order(("oldest_first", "sort_name", "id")),
        "-since": Order(("newest_first", "sort_name", "id")),
    }
    default_sort = "name"
    sort_names = {"oldest": "since", "newest": "-since"}

    def __init__(self, query: Mapping[str, str]) -> None:
        super().__init__(query)
        if "country" not in self.chosen and "with" in self.chosen:
            self.chosen["country"] = self.chosen.pop("with")
            self.fields["country"] = self.fields.pop("with")
            self.initial = dict(self.chosen)

    @property
    def pair(self) -> str:
        """Both countries as the column has them: "MX-US"; empty unless both are chosen."""
        if "with" not in self.chosen:
            return ""
        return "-".join(sorted((self.chosen["country"], self.chosen["with"])))

    @cached_property
    def found(self) -> Found | None:
        """What the search text means; None when nothing is searched for."""
        return look_up(self.q_text, "city", "region") if self.q_text else None

    @cached_property
    def asked(self) -> dict[str, str]:
        """The filters by the tallies' words, both countries as one: {"pair": "MX-US"}."""
        asked = {FACET_OF.get(name, name): value for name, value in self.filters.items()}
        if self.pair:
            del asked["country"], asked["with"]
            asked = {"pair": self.pair} | asked
        return asked

    @cached_property
    def tally(self) -> "TieTally":
        """What the tallies know of the filters."""
        return TieTally(self.asked, bool(self.q_text))

    def apply(self, rows: QuerySet) -> QuerySet:
        """The ties that match."""
        narrowings = {name: self.narrowing(name, value) for name, value in self.asked.items()}
        if self.found is not None:
            narrowings["q"] = of_cities(self.found.city_ids)
        by_name = self.sort in ("name", "-name")
        return narrow(rows, narrowings, self.tally.sizes, by_name)

    def narrowing(self, name: str, value: str) -> Narrowing:
        """One filter, by the tallies' word for it."""
        if name == "country":
            return of_country(value, self.tally.partners)
        if name == "state":
            return of_state(value)
        if name == "decade":
            return of_decade(value)
        if name == "voice" and value == "one_sided":
            return one_sided()
        return equal({"pair": "country_pair", "voice": "reciprocity"}.get(name, name), value)


TieFilter.base_fields["with"] = CountryField(required=False, widget=forms.HiddenInput)


def of_country(code: str, partners: Iterable[str]) -> Narrowing:
    """Ties with a city of a country; `partners` are the countries that it has ties with."""
    pairs = {"-".join(sorted((code, other))) for other in (*partners, code)}
    either = Q(country_pair__startswith=f"{code}-") | Q(country_pair__endswith=f"-{code}")
    return Narrowing(
        lambda rows: rows.filter(country_pair__in=sorted(pairs)), lambda rows: rows.filter(either)
    )


def of_state(code: str) -> Narrowing:
    """Ties with a city of a state."""
    cities = City.objects.filter(region__code=code, is_listed=True).values("pk")
    region = Subquery(Region.objects.filter(code=code).order_by().values("pk"))
    one = Tie.objects.filter(city_a__in=cities).order_by().values("pk")
    other = Tie.objects.filter(city_b__in=cities).order_by().values("pk")
    return Narrowing(
        lambda rows: rows.filter(pk__in=one.union(other)),
        lambda rows: rows.filter(Q(city_a__region=region) | Q(city_b__region=region)),
    )


def of_cities(ids: list[int]) -> Narrowing:
    """Ties of any of a few cities."""
    either = Q(city_a__in=ids) | Q(city_b__in=ids)
    return Narrowing(lambda rows: rows.filter(either), lambda rows: rows.filter(either))


def of_decade(value: str) -> Narrowing:
    """Ties since one of ten years, or since nobody knows when."""
    first = UNKNOWN_YEAR if value == "unknown" else int(value)
    last = UNKNOWN_YEAR if value == "unknown" else first + 9
    return Narrowing(
        lambda rows: rows.filter(oldest_first__range=(first, last)),
        lambda rows: unseen(rows, "oldest_first").filter(oldest_first_unseen__range=(first, last)),
    )


def one_sided() -> Narrowing:
    """Ties of which one side speaks, whichever."""
    sides = [Tie.Reciprocity.ONE_SIDED_A, Tie.Reciprocity.ONE_SIDED_B]
    return Narrowing(
        lambda rows: rows.filter(reciprocity__in=sides),
        lambda rows: unseen(rows, "reciprocity").filter(reciprocity_unseen__in=sides),
    )


TALLY_COLUMNS = ("by", "by_value", "facet", "value", "n")


def tallied(by: str, by_value: str) -> Q:
    """The tallies of ties counted by a value. The list stands in every branch of a question with
    OR: only so does each branch find its own range of the index."""
    return Q(listing="ties", by=by, by_value=by_value)


class TieTally:
    """The tallies that a list of ties needs for its filters, in one question.

    `sizes`: rows with each filter alone. `partners`: countries tied to the only country chosen.
    `counts`: all facets, or None when the tallies do not know this combination.
    """

    FACETS = ("country", "kind", "status", "decade", "voice")

    def __init__(self, asked: dict[str, str], searched: bool) -> None:
        self.sizes: dict[str, float] = dict.fromkeys(asked, inf if searched else 0)
        self.partners: list[str] = []
        self.counts: Counts = no_counts()
        self.simple = len(asked) < 2 and not searched
        if not searched:
            self._ask(asked)

    def _ask(self, asked: dict[str, str]) -> None:
        by, by_value = next(iter(asked.items())) if len(asked) == 1 else ("", "")
        alone = tallied("", "")
        wanted = [alone & Q(facet=name, value=value) for name, value in asked.items()]
        if not asked:
            wanted.append(alone & Q(facet="", value=""))
        if "country" in asked:
            wanted.append(tallied("country", asked["country"]) & Q(facet="country"))
        if self.simple:
            with_it = tallied(by, by_value)
            wanted.append(with_it & Q(facet__in=self.FACETS))
            codes = by_value.split("-") if by in ("country", "pair") else []
            wanted += [
                with_it & Q(facet="state", value__gte=f"{code}-", value__lt=f"{code}.")
                for code in set(codes)
            ]
        rows = Tally.objects.filter(reduce(or_, wanted))
        for row_by, row_value, name, value, n in columns(rows, *TALLY_COLUMNS):
            if n <= 0:
                continue
            if not row_by and (asked.get(name) == value or not name):
                self.sizes[name] = n
            if row_by == "country" and row_value == asked.get("country") and name == "country":
                self.partners.append(value)
            if name and (row_by, row_value) == (by, by_value):
                self.counts.setdefault(name, {})[value] = n
        self.counts[""][""] = int(self.sizes.get(by, 0))


@dataclass(slots=True)
class Row:
    """One line of the table, in the reader's words. Cities and places both as "one – other";
    the kind is empty for plain sister cities, which nearly all are."""

    url: str
    cities: str
    places: str
    since: str
    kind: str
    voice: str
    status: str
    status_words: str
    ends: str = ""
    """The numbers of both cities, for the map."""


COLUMNS = (
    *("pk", "slug", "kind", "status", "reciprocity", "since"),
    *("city_a__sort_name", "city_a_id", "city_a__name", "city_a__country"),
    *("city_a__region__name", "city_a__region__name_es"),
    *("city_b__sort_name", "city_b_id", "city_b__name", "city_b__country"),
    *("city_b__region__name", "city_b__region__name_es"),
)


def read_rows(keys: list[int]) -> list[Row]:
    """Lines of the table for these ties, in this order; one question."""
    language = here()
    kinds, statuses, voices = map(words.said, (words.KINDS, words.STATUSES, words.VOICES))
    rows = {}
    found = columns(Tie.objects.filter(pk__in=keys).order_by(), *COLUMNS)
    for pk, slug, kind, status, reciprocity, since, *cities in found:
        a, b = sorted((cities[:6], cities[6:]))
        rows[pk] = Row(
            url=tie_page(slug, language),
            cities=f"{a[2]} – {b[2]}",
            places=f"{words.place_words(*a[3:], language)} – {words.place_words(*b[3:], language)}",
            since=since.in_words(language) if since else "–",
            kind="" if kind == Tie.Kind.SISTER_CITY else kinds[kind],
            voice=voices[voice_of(reciprocity)],
            status=status,
            status_words=statuses[status],
            ends=f"{a[1]} {b[1]}",
        )
    return [rows[key] for key in keys if key in rows]


class TieList(Listing):
    """The ties that everyone may see."""

    form_class = TieFilter
    headers = (
        ("name", _("Sister cities"), False, False),
        ("since", _("Since"), False, False),
        ("", _("Who says so"), False, False),
        ("", _("Status"), False, False),
    )

    def rows(self) -> QuerySet:
        """All published ties."""
        return Tie.objects.public()

    def fetch(self, keys: list[int]) -> list[Row]:
        """Lines of the table."""
        return read_rows(keys)

    @property
    def map_url(self) -> str:
        """The map of the same ties."""
        return Links(reverse("public:map"), self.form.carried).url()

    @cached_property
    def counts(self) -> Counts:
        """From the tallies where they know; otherwise a fresh count, in one question."""
        if self.form.tally.simple:
            return self.form.tally.counts
        return self.remembered(lambda: counted_afresh(self.filtered))

    def facets(self) -> list[Facet]:
        """Country, second country or state, kind, status, decade, voice."""
        chosen, counts, total = self.form.chosen, self.counts, self.total
        links, values = self.links, self.form.filters
        country, named = dict(counts.get("country", {})), words.country_labels()
        here_and_there = [chosen[key] for key in ("country", "with") if key in chosen]
        states = {
            code: n
            for code, n in counts.get("state", {}).items()
            if code[:2] in here_and_there or code == values.get("state")
        }
        facets = [facet("country", _("Country"), country, total, links, named)]
        if "country" in chosen:
            others = {code: n for code, n in country.items() if code != chosen["country"]}
            facets.append(facet("with", _("With"), others, total, links, named))
        return [
            *facets,
            facet("state", _("State or region"), states, total, links, self.state_label),
            self._given("kind", _("Kind"), words.KINDS),
            self._given("status", _("Status"), words.STATUSES),
            facet(
                "since",
                _("Since"),
                counts.get("decade", {}),
                total,
                links,
                words.decade_words,
                sorted(counts.get("decade", {}), key=lambda value: (len(value), value)),
            ),
            self._given("voice", _("Who says so"), words.VOICES),
        ]

    def _given(self, name: str, title: Any, labels: Mapping[str, Any]) -> Facet:
        counts = self.counts.get(name, {})
        return facet(name, title, counts, self.total, self.links, labels.get, list(labels))

    @cached_property
    def state_names(self) -> dict[str, str]:
        """Names of all states that this page mentions."""
        shown = sorted(self.counts.get("state", {}).items(), key=lambda item: -item[1])
        codes = {code for code, _n in shown if code[:2] in self.form.chosen.values()}
        return words.state_words({*codes, *filter(None, [self.form.chosen.get("state")])})

    def state_label(self, code: str) -> str:
        """The name of a state."""
        return self.state_names.get(code) or code

    def label(self, name: str, value: str) -> Any:
        """A filter in use, in words."""
        if name in ("country", "with"):
            return words.country_words(value)
        if name == "state":
            return self.state_label(value)
        if name == "since":
            return words.decade_words(value)
        labels = {"kind": words.KINDS, "status": words.STATUSES, "voice": words.VOICES}
        return labels[name][value] if name in labels else value
