"""Our own CSV of ties, come back: its cities are known by their slugs, its ties by what it says.

The columns are those of relationships/exporting/ties.py. Into the registry that it came from it
changes nothing; in another one it is a list like any other, whose ids and names decide.
"""

from collections.abc import Iterable

from committees.models import City
from relationships.imports.ends import End, Resolution
from relationships.imports.places import AT_ONCE
from sistercities.bulk import batches
from sistercities.folding import fold

FORMAT = "registry"
MARKS = frozenset(
    ("id", "url", "slug", "slug_a", "city_a", "slug_b", "city_b", "kind", "since", "reciprocity")
)


def is_ours(header: Iterable[str]) -> bool:
    """Whether a header is that of our own CSV of ties."""
    return set(header) >= MARKS


def cities_called(ends: Iterable[End]) -> dict[tuple[str, str], Resolution]:
    """The cities with these slugs, by slug and name; not one that is called otherwise here."""
    wanted = {(end.slug, fold(end.name)) for end in ends if end.slug}
    found = {}
    for batch in batches(sorted({slug for slug, _name in wanted}), AT_ONCE):
        cities = City.objects.filter(slug__in=batch, merged_into=None)
        for slug, name, pk in cities.values_list("slug", "sort_name", "pk"):
            if (slug, name) in wanted:
                found[slug, name] = Resolution(pk)
    return found
