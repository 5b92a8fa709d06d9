"""Merging two places. Their ties, and what follows from both, are a matter of the floor above."""

from django.db import models

from committees.findable import refresh_cities
from committees.merging import suspects
from committees.models import City, CityName
from sistercities.merging import kinds
from sistercities.merging.kinds import Kind, Touched
from sistercities.merging.planning import Plan


class CityKind(Kind):
    """Places: all names are kept, the own name of the one that goes as an alias."""

    model = City
    together = (
        ("latitude", "longitude"),
        ("population", "population_year"),
        ("about_es", "about_en", "about_source"),
    )
    left = ("slug",)
    named_by = ("region",)

    def suspects(self, among: set[int] | None) -> suspects.Suspects:
        """By names, places and shared committees."""
        return suspects.cities(among)

    def after(self, touched: Touched) -> None:
        """Find them by their new names."""
        refresh_cities(touched[City] | _cities_of(touched[CityName]))


def _cities_of(names: set[int]) -> set[int]:
    rows = CityName.objects.filter(pk__in=names)
    return set(rows.order_by().values_list("city_id", flat=True))


@kinds.rule("committees.cityname.city")
def move_names(plan: Plan, field: models.ForeignKey, pairs: dict[int, int]) -> None:
    """A place has one official name: another one becomes an alias."""
    plan.move(field, pairs)
    official = {plan.kind.follow(plan.kept)["sort_name"]}
    Official, alias = CityName.Kind.OFFICIAL, CityName.Kind.ALIAS.value
    both = (plan.kept.pk, plan.gone.pk)
    rows = CityName.objects.filter(city__in=both, kind=Official).exclude(folded__in=official)
    changes = [
        (key, {"kind": (Official.value, alias)})
        for key in rows.order_by("pk").values_list("pk", flat=True)
    ]
    plan.change(CityName, changes)
