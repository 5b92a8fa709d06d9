"""The other side's word about a report: acknowledged, or not right."""

import datetime

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Committee
from relationships.deriving import derive
from relationships.models import Donation, Exchange, Objection, Tie
from relationships.models.tie import served_by
from relationships.reporting.telling import tell_other_side, tell_side

Report = Exchange | Donation

NUMBERS = {
    Exchange: (
        *("theme", "direction", "begins", "ends", "travellers", "hosts", "youth", "volunteers"),
        *("cost", "currency"),
    ),
    Donation: (
        *("kind", "given_by", "date", "amount", "currency", "amount_is_estimate", "quantity"),
    ),
}
"""What the other side acknowledged; when it changes, they are asked again. Texts are not in it."""


def objections_to(model: type[Report]) -> QuerySet[Objection]:
    """The open objections to the outer query's report."""
    return Objection.objects.open().filter(**{model._meta.model_name: OuterRef("pk")})


def reports(model: type[Report], committee: Committee) -> QuerySet:
    """The reports that a committee's desk sees, each with its tie, `own_side`, `teller` (the side
    that reported, as far as known) and `is_disputed`."""
    rows = model.objects.for_committee(committee)
    if model is Donation:
        teller = Case(
            When(entered_by="", then=F("given_by")),
            default=F("entered_by"),
            output_field=CharField(),
        )
        rows = rows.annotate(teller=teller)
    else:
        rows = rows.annotate(teller=F("entered_by"))
    rows = rows.annotate(is_disputed=Exists(objections_to(model)))
    return rows.select_related("tie__city_a__region", "tie__city_b__region")


def ours(rows: QuerySet) -> QuerySet:
    """Those that the desk may change: entered by its own side, or by nobody yet."""
    return rows.exclude(own_side="").filter(Q(teller="") | Q(teller=F("own_side")))


def theirs(rows: QuerySet) -> QuerySet:
    """Those that the other side entered."""
    return rows.exclude(own_side="").exclude(Q(teller="") | Q(teller=F("own_side")))


def waiting(rows: QuerySet) -> QuerySet:
    """Those of the other side that wait for this desk's word."""
    return theirs(rows).filter(acknowledged_on=None, is_disputed=False)


def disputed(rows: QuerySet) -> QuerySet:
    """Own ones of which the other side said that they are not right."""
    return ours(rows).filter(is_disputed=True)


def serves_both(committee: Committee, tie: Tie) -> bool:
    """Whether a committee speaks for both cities of a tie: then nobody else is to acknowledge."""
    cities = served_by(committee)
    return Tie.objects.filter(pk=tie.pk, city_a__in=cities, city_b__in=cities).exists()


def acknowledge(report: Report, committee: Committee, today: datetime.date | None = None) -> bool:
    """Say for the other side that a report is right; False when somebody did before."""
    if report.acknowledged_on is not None:
        return False
    report.acknowledged_on = today or timezone.localdate()
    report._change_reason = _("Acknowledged by %(committee)s") % {"committee": committee.name[:150]}
    report.save()
    settle(report, report._change_reason)
    derive([report.tie_id])
    if teller := teller_of(report):
        tell_side(report.tie, teller)
    return True


def object_to(report: Report, side: str, text: str, user) -> Objection:
    """Tell the desk that reported what is not right. The report stays until they answer."""
    objection = Objection(side=side, text=text, told_by=user)
    setattr(objection, report._meta.model_name, report)
    objection.save()
    tell_other_side(report.tie, side)
    return objection


def settle(report: Report, how: str) -> int:
    """Close the open objections to a report; how many."""
    found = report.objections.open()
    return found.update(settled_at=timezone.now(), settled_as=how[:200])


def numbers_of(report: Report) -> tuple:
    """What is acknowledged of a report."""
    return tuple(getattr(report, name) for name in NUMBERS[type(report)])


def teller_of(report: Report) -> str:
    """The side that reported, as far as known: of a gift, else the one that gave."""
    return report.entered_by or getattr(report, "given_by", "")


def stand_by(report: Report, side: str, before: tuple | None = None) -> None:
    """What follows for a report, not saved yet, that a desk writes: it is theirs, it is public (or
    waits again where the office reviews it), and other numbers than `before` are to be
    acknowledged again."""
    report.entered_by = report.entered_by or side
    held = (report.Review.SUBMITTED, report.Review.CHANGES_REQUESTED)
    report.review = report.Review.SUBMITTED if report.review in held else report.Review.PUBLISHED
    changed = before is not None and numbers_of(report) != before
    if changed:
        report.acknowledged_on = None
    if changed or report.pk is None:
        tell_other_side(report.tie, side)


def withdraw(report: Report, reason: str) -> None:
    """Take a report back: it is not shown and not counted any more, and stays in the record."""
    report.review = report.Review.REJECTED
    report._change_reason = reason[:200]
    report.save()
    settle(report, _("Withdrawn"))
    derive([report.tie_id])
