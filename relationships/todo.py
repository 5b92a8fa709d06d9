"""Lines of the to-do list that follow from the committee's ties and exchanges."""

import datetime
from collections.abc import Iterator

from django.db.models import Max, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.desk import section_url
from committees.models import Committee, CommitteeCity
from committees.todo import Todo, register
from relationships.models import Confirmation, Evidence, Exchange, Tie
from relationships.models.tie import Side

CONFIRMED_FOR = datetime.timedelta(days=365)
REPORT_WITHIN = datetime.timedelta(days=30)
REPORT_YEARS = 3
"""Nobody writes the report of an older exchange any more."""
MOST_LINES = 3
"""More of a kind become one line with their number."""


def our_cities(committee: Committee):
    """The cities in whose name a committee answers."""
    return CommitteeCity.objects.filter(committee=committee, until=None).order_by().values("city")


def our_ties(committee: Committee):
    """Published ties in force, each with the cities' names; `last_a`, `last_b`: when our own side,
    where it is ours, last answered."""
    ours = our_cities(committee)

    def last(side: str) -> Subquery:
        answers = Confirmation.objects.filter(tie=OuterRef("pk"), side=side)
        found = answers.order_by().values("tie").annotate(last=Max("answered_on"))
        return Subquery(found.values("last"))

    ties = Tie.objects.visible().for_committee(committee).in_force()
    return ties.select_related("city_a", "city_b").annotate(
        is_a=Q(city_a__in=ours), is_b=Q(city_b__in=ours), last_a=last(Side.A), last_b=last(Side.B)
    )


def sister(tie: Tie) -> str:
    """The name of the city on the other side; both where both are ours."""
    if tie.is_a == tie.is_b:
        return str(tie)
    return tie.city_b.name if tie.is_a else tie.city_a.name


@register
def ties_to_confirm(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Those of which no side of ours said anything within a year; the committee's first duty."""
    ties = list(our_ties(committee))
    url = section_url("ties", committee)
    stale: list[tuple[Tie, datetime.date | None]] = []
    for tie in ties:
        answers = [tie.last_a] * tie.is_a + [tie.last_b] * tie.is_b or [tie.last_a or tie.last_b]
        last = min(answers) if all(answers) else None
        if last is None or last + CONFIRMED_FOR < today:
            stale.append((tie, last))
    if not ties:
        return
    if not stale:
        yield Todo(_("All ties are confirmed"), url, done=True)
        return
    answered = [last for _tie, last in stale if last]
    due = min(answered) + CONFIRMED_FOR if answered else None
    if len(stale) == 1:
        text = _("Confirm that the tie with %(city)s is still alive") % {
            "city": sister(stale[0][0])
        }
    else:
        text = ngettext(
            "Confirm that %(number)s tie is still alive",
            "Confirm that %(number)s ties are still alive",
            len(stale),
        ) % {"number": len(stale)}
    yield Todo(text, url, due=due)


@register
def agreements_to_upload(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Signed ties that show their visitors no agreement."""
    shown = Evidence.objects.filter(kind=Evidence.Kind.AGREEMENT).filter(
        Q(is_public=True) & ~Q(file="") | ~Q(url="")
    )
    signed = (Tie.Stage.SIGNED, Tie.Stage.REGISTERED)
    ties = our_ties(committee).filter(stage__in=signed)
    missing = list(ties.exclude(pk__in=shown.values("tie")))
    url = section_url("ties", committee)
    if len(missing) > MOST_LINES:
        yield Todo(
            _("Upload the signed agreements of %(number)s ties") % {"number": len(missing)}, url
        )
        return
    for tie in missing:
        yield Todo(_("Upload the agreement signed with %(city)s") % {"city": sister(tie)}, url)


@register
def reports_to_write(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Exchanges that are over and of which nobody has told what happened or what came of it."""
    ours = our_cities(committee)
    since = datetime.date(today.year - REPORT_YEARS, 1, 1)
    told = (~Q(summary_es="") | ~Q(summary_en="")) & (~Q(results_es="") | ~Q(results_en=""))
    hidden = (Exchange.Review.REJECTED, Exchange.Review.MERGED)
    found = (
        Exchange.objects.filter(tie__in=Tie.objects.for_committee(committee))
        .filter(begins__gte=str(since.year))
        .exclude(review__in=hidden)
        .filter(
            Q(entered_by="")
            | Q(entered_by=Side.A, tie__city_a__in=ours)
            | Q(entered_by=Side.B, tie__city_b__in=ours)
        )
        .exclude(told)
    )
    over = [(one, (one.ends or one.begins).latest) for one in found]
    over = [(one, last) for one, last in over if since <= last < today]
    url = section_url("exchanges", committee)
    if len(over) > MOST_LINES:
        yield Todo(
            _("Write the reports of %(number)s exchanges") % {"number": len(over)},
            url,
            due=min(last for _one, last in over) + REPORT_WITHIN,
        )
        return
    for one, last in over:
        yield Todo(
            _("Write the report of “%(title)s”") % {"title": one}, url, due=last + REPORT_WITHIN
        )
