"""Places and committees, with what follows from them for ties and lists."""

from django.contrib import admin
from django.db.models import Q
from django.forms import ModelForm
from django.http import HttpRequest

from committees.admin.committees import CommitteePages
from committees.admin.places import CityPages, RegionPages
from committees.models import City, Committee, CommitteeCity, Region
from relationships.admin.reviews import CommitteeReview
from relationships.deriving import derive, derive_cities
from relationships.models import Tie
from sistercities.admin.merging import Mergeable, MergedFilter


@admin.register(Region)
class RegionAdmin(RegionPages):
    """A state; no column of a tie holds its name."""


@admin.register(City)
class CityAdmin(Mergeable, CityPages):
    """A place; its ties are named, measured and counted anew when it changes."""

    list_filter = (*CityPages.list_filter, MergedFilter)

    def after_save(self, objects: list, form: ModelForm | None = None) -> None:
        """Recompute the ties of these cities, the cities, and the search."""
        ties = Tie.objects.filter(Q(city_a__in=objects) | Q(city_b__in=objects))
        derive(list(ties.order_by().values_list("pk", flat=True)))
        derive_cities(city.pk for city in objects)
        super().after_save(objects, form)


@admin.register(Committee)
class CommitteeAdmin(Mergeable, CommitteeReview, CommitteePages):
    """A committee; its cities, also those it no longer serves, are listed anew."""

    def save_related(self, request: HttpRequest, form: ModelForm, formsets, change: bool) -> None:
        """Remember the cities of before: a link may be removed."""
        served = CommitteeCity.objects.filter(committee=form.instance)
        before = list(served.values_list("city_id", flat=True))
        super().save_related(request, form, formsets, change)
        derive_cities(before)

    def after_save(self, objects: list, form: ModelForm | None = None) -> None:
        """Recompute the cities and the search."""
        served = CommitteeCity.objects.filter(committee__in=objects)
        derive_cities(served.values_list("city_id", flat=True))
        super().after_save(objects, form)
