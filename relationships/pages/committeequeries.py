"""What a committee's page asks of the database beside its ties (`scope`)."""

import datetime

from django.db.models import Exists, F, OuterRef, Q

from committees.models import Committee, CommitteeCity, Consent, OfficeTerm
from relationships.models import Activity, Programme, Tie
from relationships.pages.scope import ties_of_committee
from sistercities.prepared import columns, prepared

MOST_PROGRAMMES = 60
MOST_ACTIVITIES = 400


@prepared
def cities(committee: int):
    """The links to the cities that a committee serves today."""
    found = CommitteeCity.objects.filter(committee=committee, until=None)
    names = (*columns(CommitteeCity, "city"), "city__region__id")
    regions = ("city__region__name", "city__region__name_es")
    return found.order_by("city__sort_name", "city").values(*names, *regions)


@prepared
def sisters_committees(committee: int):
    """The living committees of the cities that are tied to its own; it is not among them."""
    ties = ties_of_committee(committee).order_by()
    found = CommitteeCity.objects.filter(
        Q(city__in=ties.values("city_a")) | Q(city__in=ties.values("city_b")), until=None
    )
    return (
        found.exclude(committee=committee)
        .exclude(committee__review__in=Committee.Review.hidden())
        .exclude(committee__state=Committee.State.DISSOLVED)
        .filter(committee__single_tie=None)
        .order_by("committee__sort_name", "committee")
        .values("city_id", "committee__name", "committee__slug")
    )


@prepared
def terms(committee: int, today: datetime.date):
    """The terms of office on the board that run today; `may_be_named`: the person agreed."""
    agreed = Consent.objects.to_names().filter(
        person=OuterRef("person"), committee=OuterRef("committee")
    )
    found = OfficeTerm.objects.filter(committee=committee, office__on_board=True).current(today)
    found = found.annotate(may_be_named=Exists(agreed))
    names = ("id", "name_es", "name_en")
    return found.order_by("office__rank", "office__code", "begins", "pk").values(
        "pk",
        *(f"office__{name}" for name in names),
        *("person__id", "person__name", "may_be_named"),
    )


@prepared
def members(committee: int):
    """The committees that belong to it."""
    found = Committee.objects.visible().filter(parent=committee)
    return found.order_by("sort_name", "pk").values("pk", "name", "slug", "state", "level")


@prepared
def programmes(committee: int, year: int):
    """Its work programmes up to a year, the newest first; not those of an unpublished tie."""
    found = Programme.objects.filter(committee=committee, year__lte=year)
    found = found.filter(Q(tie=None) | Q(tie__review=Tie.Review.PUBLISHED))
    newest = found.order_by("-year", "pk")[:MOST_PROGRAMMES]
    return newest.values("pk", "year", "summary_es", "summary_en")


@prepared
def activities(committee: int, year: int):
    """Their lines; those of the newest year first, by month."""
    found = Activity.objects.filter(programme__committee=committee, programme__year__lte=year)
    newest = found.order_by("-programme__year", F("month").asc(nulls_last=True), "pk")
    exchange = ("id", "slug", "review", "tie_id", "tie__id", "tie__review")
    return newest.values(
        *("pk", "title_es", "title_en", "theme", "month", "is_done", "programme_id"),
        *(f"exchange__{name}" for name in exchange),
    )[:MOST_ACTIVITIES]
