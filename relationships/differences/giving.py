"""What the registry knows better than Wikidata, as statements to be given back.

Which ties are good enough is decided in docs/decisions/0016.
"""

import datetime
from collections.abc import Iterator
from itertools import islice

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from relationships.addresses import short_tie
from relationships.differences.comparing import IN_FORCE
from relationships.differences.quickstatements import is_item, statement
from relationships.models import Comparison, Confirmation, Evidence, Tie
from relationships.models.tie import Side

AT_ONCE = 500
"""Lines of one batch: what the tool takes without complaint."""
KINDS = (Tie.Kind.SISTER_CITY, Tie.Kind.SISTER_STATE, Tie.Kind.SISTER_COUNTY)
PROOFS = (
    *(Evidence.Kind.AGREEMENT, Evidence.Kind.COUNCIL_ACT),
    *(Evidence.Kind.MINISTRY_REGISTER, Evidence.Kind.PRESS),
)


def good_enough() -> QuerySet[Tie]:
    """Ties that somebody vouches for: published, signed and in force, disputed by nobody, and
    proved by a document or confirmed by both sides themselves."""
    ties = Tie.objects.public().filter(
        merged_into=None,
        kind__in=KINDS,
        stage__in=(Tie.Stage.SIGNED, Tie.Stage.REGISTERED),
        status__in=IN_FORCE,
    )
    proof = Evidence.objects.filter(tie=OuterRef("pk"), kind__in=PROOFS)
    alive = Confirmation.objects.filter(tie=OuterRef("pk"), answer=Confirmation.Answer.ALIVE)
    confirmed = Q(Exists(alive.filter(side=Side.A))) & Q(Exists(alive.filter(side=Side.B)))
    return ties.exclude(reciprocity=Tie.Reciprocity.DISPUTED).filter(Q(Exists(proof)) | confirmed)


def to_give(comparison: Comparison) -> QuerySet:
    """Pairs of which a statement is missing there, both cities having a number: missing ones and
    missing halves. None for a list that is not Wikidata's."""
    rows = comparison.differences.exclude(silent="")
    if not comparison.is_of_wikidata:
        return rows.none()
    numbered = rows.filter(city_a__wikidata_id__isnull=False, city_b__wikidata_id__isnull=False)
    tie = good_enough().filter(city_a=OuterRef("city_a"), city_b=OuterRef("city_b"))
    return numbered.filter(Exists(tie)).order_by("pk")


def count(comparison: Comparison) -> int:
    """How many lines there are."""
    twice = Count("pk", filter=Q(silent="ab"))
    found = to_give(comparison).order_by().aggregate(n=Count("pk"), twice=twice)
    return found["n"] + found["twice"]


def statements(
    comparison: Comparison, today: datetime.date, batch: int | None = None
) -> Iterator[str]:
    """All of them one by one, or those of one batch of at most 500, counted from 1."""
    every = _statements(comparison, today)
    return every if batch is None else islice(every, (batch - 1) * AT_ONCE, batch * AT_ONCE)


def _statements(comparison: Comparison, today: datetime.date) -> Iterator[str]:
    tie = Tie.objects.filter(city_a=OuterRef("city_a"), city_b=OuterRef("city_b"))
    rows = to_give(comparison).annotate(
        tie=Subquery(tie.values("pk")), tie_since=Subquery(tie.values("since"))
    )
    columns = ("silent", "city_a__wikidata_id", "city_b__wikidata_id", "tie", "tie_since")
    for silent, a, b, number, since in rows.values_list(*columns).iterator(AT_ONCE):
        if not (is_item(a) and is_item(b)):
            continue
        for side in silent:
            subject, twin = (a, b) if side == Side.A else (b, a)
            yield statement(subject, twin, since, short_tie(number), today)
