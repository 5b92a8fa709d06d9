"""The sister cities among the parts of a committee's page."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from committees.models import City, Committee, SisterText
from committees.page_parts import Part, both, lacks, own_cities, page_url, register
from relationships.models import Tie


def sister_cities(committee: Committee) -> list[City]:
    """The other cities of its published ties, each once, by name."""
    own = set(own_cities(committee).values_list("pk", flat=True))
    ties = Tie.objects.for_committee(committee).visible().select_related("city_a", "city_b")
    cities = {
        city.pk: city for tie in ties for city in (tie.city_a, tie.city_b) if city.pk not in own
    }
    return sorted(cities.values(), key=lambda city: (city.sort_name, city.pk))


@register(order=30)
def sisters(committee: Committee) -> Iterable[Part]:
    """Each sister city, with what the committee tells of it."""
    texts = {one.city_id: one for one in SisterText.objects.for_committee(committee)}
    for city in sister_cities(committee):
        told = texts.get(city.pk) or SisterText()
        wanted = {
            **both(told, "text", _("a text about the city")),
            _("population"): told.population or city.population,
            _("official site"): told.official_site or city.official_site,
        }
        label = _("Sister city: %(city)s") % {"city": city.name}
        url = page_url(committee, "page-sister", city.pk)
        yield Part(f"sister-{city.pk}", label, url, lacks(wanted))
