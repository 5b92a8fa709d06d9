"""Sums over reports: the same in lists, in the annual report and in the hand-over pack."""

from django.db.models import Count, QuerySet, Sum

from relationships.giving import Total
from relationships.models import Donation, Exchange

PEOPLE = ("travellers", "hosts", "youth", "volunteers")


def people_of(exchanges: QuerySet) -> dict[str, int]:
    """How many took part in the published ones, and how many exchanges they are."""
    rows = exchanges.filter(review=Exchange.Review.PUBLISHED).order_by()
    sums = {name: Sum(name, default=0) for name in PEOPLE}
    return rows.aggregate(exchanges=Count("pk"), **sums)


def aid_of(donations: QuerySet) -> tuple[Total, Total]:
    """What was given and what was received in the published ones; needs `own_side`."""
    given, received = Total(), Total()
    rows = donations.filter(review=Donation.Review.PUBLISHED).order_by()
    groups = rows.values("own_side", "given_by", "kind", "currency")
    for one in groups.annotate(sum=Sum("amount"), n=Count("pk")):
        total = given if one["own_side"] == one["given_by"] else received
        total.add(one["kind"], one["currency"], one["sum"], one["n"])
    return given, received
