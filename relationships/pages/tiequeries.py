"""What a tie's page asks of the database, and no more columns than it shows."""

from django.db.models import F, Q

from committees.models import Committee, CommitteeCity
from relationships.models import (
    Confirmation,
    Donation,
    Evidence,
    Exchange,
    Statement,
    Tie,
    TieCommittee,
    TieEvent,
)
from relationships.pages.scope import EXCHANGE_COLUMNS, GIFT_COLUMNS
from sistercities.prepared import prepared

MOST_EXCHANGES = 60
MOST_STATEMENTS = 40


@prepared
def events(tie: int):
    """Every step of a tie's life."""
    names = ("pk", "kind", "date", "date_text", "place", "note_es", "note_en")
    return TieEvent.objects.filter(tie=tie).order_by("date", "pk").values(*names)


@prepared
def evidence(tie: int):
    """Every source of a tie."""
    names = ("pk", "kind", "title", "url", "date", "file", "file_size", "sha256", "is_public")
    return Evidence.objects.filter(tie=tie).order_by("pk").values(*names)


@prepared
def answers(tie: int):
    """Every answer of the two sides; not their notes."""
    names = ("pk", "side", "answer", "answered_on", "is_demo")
    return Confirmation.objects.filter(tie=tie).order_by("answered_on", "pk").values(*names)


@prepared
def statements(tie: int):
    """What is said of a tie; not the row as it was written."""
    names = ("pk", "source", "source_ref", "said_by", "kind_text", "date_text", "stated_at")
    found = Statement.objects.filter(tie=tie).order_by("source", "pk")
    return found.values(*names)[:MOST_STATEMENTS]


@prepared
def exchanges(tie: int):
    """The newest exchanges, one more than are shown."""
    found = Exchange.objects.visible().filter(tie=tie).order_by("-begins", "-pk")
    return found.values(*EXCHANGE_COLUMNS)[: MOST_EXCHANGES + 1]


@prepared
def donations(tie: int):
    """All donations, the newest first."""
    found = Donation.objects.visible().filter(tie=tie).order_by("-date", "-pk")
    return found.values(*GIFT_COLUMNS)


@prepared
def committees(tie: int, one: int, two: int):
    """Links from the two cities to their committees; `only_tie` where one serves a single tie.

    A committee of this very tie counts with all the cities that it serves.
    """
    served = (
        Q(city=one)
        | Q(city=two)
        | Q(committee__in=TieCommittee.objects.filter(tie=tie).values("committee"))
    )
    names = ("pk", "name", "slug", "state")
    return (
        CommitteeCity.objects.filter(served, until=None)
        .exclude(committee__review__in=Committee.Review.hidden())
        .annotate(only_tie=F("committee__single_tie__tie"))
        .order_by("committee__sort_name", "committee")
        .values("pk", "city_id", "only_tie", *(f"committee__{name}" for name in names))
    )


@prepared
def others(one: int, two: int):
    """The published ties of the two cities."""
    names = ("name", "sort_name")
    sides = (f"city_{side}__{name}" for side in "ab" for name in names)
    found = Tie.objects.visible().filter(
        Q(city_a=one) | Q(city_b=one) | Q(city_a=two) | Q(city_b=two)
    )
    return found.order_by().values("pk", "slug", "status", "city_a_id", "city_b_id", *sides)
