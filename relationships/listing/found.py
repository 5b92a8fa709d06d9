"""What a typed name may mean in a list: cities, a state, a country, a committee."""

from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery

from committees.models import City, CityName, Committee, Region
from relationships.addresses import page_of
from relationships.listing.words import country_words, place_words
from sistercities.countries import read_country
from sistercities.folding import fold
from sistercities.listing.columns import columns
from sistercities.listing.links import Links
from sistercities.models import Tally
from sistercities.search import AFTER_ANY, Hit, find

MOST = 50
MOST_STATES, MOST_COMMITTEES, MOST_UNLISTED = 5, 5, 10
MOST_NAMES = 200


@dataclass(frozen=True)
class Suggestion:
    """A way on: what was found, how many rows stand behind it (None: it is a page), and where."""

    label: str
    count: int | None
    url: str


@dataclass
class Found:
    """What the search says of a text. `misspelt`: nothing is called so, only nearly so."""

    text: str
    cities: list[Hit] = field(default_factory=list)
    states: list[Hit] = field(default_factory=list)
    committees: list[Hit] = field(default_factory=list)
    misspelt: bool = False

    @property
    def nearest(self) -> str:
        """The name that was probably meant, when nothing is called so."""
        best = self.cities or self.states or self.committees
        return best[0].text if self.misspelt and best else ""

    @property
    def city_ids(self) -> list[int]:
        """The cities, best first."""
        return [hit.object_id for hit in self.cities]


def look_up(text: str, *subjects: str) -> Found:
    """The best objects for a text, of the given subjects ("city", "region", "committee") or all."""
    hits = find(text, subjects=subjects, limit=MOST)
    by_subject: dict[str, list[Hit]] = {"city": [], "region": [], "committee": []}
    for hit in hits:
        by_subject[hit.subject].append(hit)
    return Found(
        text,
        cities=by_subject["city"],
        states=by_subject["region"],
        committees=by_subject["committee"],
        misspelt=bool(hits) and all(hit.how == "spelling" for hit in hits),
    )


def suggested_places(found: Found, listing: str, links: Links) -> list[Suggestion]:
    """The country and the states of that name, as filters of the list in place of the search."""
    ways = []
    if code := read_country(found.text):
        n = Tally.objects.filter(
            listing=listing, by="", by_value="", facet="country", value=code
        ).values_list("n", flat=True)
        if count := n.first():
            ways.append(
                Suggestion(country_words(code), count, links.url(q=None, state=None, country=code))
            )
    numbers = [hit.object_id for hit in found.states[:MOST_STATES]]
    if numbers:
        n = Tally.objects.filter(
            listing=listing, by="", by_value="", facet="state", value=OuterRef("code")
        )
        states = Region.objects.filter(pk__in=numbers).annotate(n=Subquery(n.values("n")[:1]))
        rows = {
            pk: Suggestion(
                place_words(country, name, name_es),
                count,
                links.url(q=None, country=None, state=code),
            )
            for pk, code, country, name, name_es, count in states.values_list(
                "pk", "code", "country", "name", "name_es", "n"
            )
            if count
        }
        ways += [rows[number] for number in numbers if number in rows]
    return ways


def suggested_committees(found: Found) -> list[Suggestion]:
    """The pages of committees of that name."""
    numbers = [hit.object_id for hit in found.committees[:MOST_COMMITTEES]]
    if not numbers:
        return []
    rows = columns(Committee.objects.public().filter(pk__in=numbers), "pk", "name", "slug")
    pages = {
        pk: Suggestion(name, None, page_of("public:committee", slug)) for pk, name, slug in rows
    }
    return [pages[number] for number in numbers if number in pages]


def unlisted(text: str) -> list[str]:
    """Places of the gazetteer that are called so, or begin so, and are not in the registry yet:
    "Xalapa, Veracruz, México", the largest first."""
    wanted = fold(text)[:100]
    if len(wanted) < 2:
        return []
    names = CityName.objects.filter(folded__gte=wanted, folded__lt=wanted + AFTER_ANY)
    rows = City.objects.filter(
        pk__in=names.order_by("folded").values("city")[:MOST_NAMES],
        is_listed=False,
        merged_into=None,
    ).order_by("-population", "pk")
    return [
        f"{name}, {place_words(country, region, region_es)}"
        for name, country, region, region_es in columns(
            rows, "name", "country", "region__name", "region__name_es"
        )[:MOST_UNLISTED]
    ]
