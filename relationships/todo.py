"""Lines of the to-do list that follow from the committee's ties and exchanges."""

import datetime
from collections.abc import Callable, Iterator

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.desk import section_url
from committees.models import Committee, CommitteeCity
from committees.todo import Todo, register
from relationships.deciding import decisions_on
from relationships.models import Confirmation, Donation, Evidence, Exchange, Tie, TieEdit
from relationships.models.tie import Side
from relationships.reporting.acknowledging import disputed, ours, reports, waiting
from relationships.reporting.lines import lines_of

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

    def last(side: str) -> Subquery:
        answers = Confirmation.objects.filter(tie=OuterRef("pk"), side=side)
        found = answers.order_by().values("tie").annotate(last=Max("answered_on"))
        return Subquery(found.values("last"))

    ties = Tie.objects.visible().for_committee(committee).in_force()
    return with_sides(ties, committee).annotate(last_a=last(Side.A), last_b=last(Side.B))


def with_sides(ties: QuerySet[Tie], committee: Committee) -> QuerySet[Tie]:
    """Ties with their cities' names and `is_a`, `is_b`: which of them are ours."""
    ours = our_cities(committee)
    return ties.select_related("city_a", "city_b").annotate(
        is_a=Q(city_a__in=ours), is_b=Q(city_b__in=ours)
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
        page = "desk:tie-confirm" if stale[0][0].is_a or stale[0][0].is_b else "desk:tie"
        url = reverse(page, args=[committee.slug, stale[0][0].pk])
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
    """Signed ties, also proposed ones, whose agreement nobody has given yet."""
    given = Evidence.objects.filter(kind=Evidence.Kind.AGREEMENT).exclude(file="", url="")
    signed = (Tie.Stage.SIGNED, Tie.Stage.REGISTERED)
    ties = with_sides(Tie.objects.for_committee(committee).in_force(), committee)
    missing = list(ties.filter(stage__in=signed).exclude(pk__in=given.values("tie")))
    if len(missing) > MOST_LINES:
        text = _("Upload the signed agreements of %(number)s ties") % {"number": len(missing)}
        yield Todo(text, section_url("ties", committee))
        return
    for tie in missing:
        url = reverse("desk:tie-add-evidence", args=[committee.slug, tie.pk])
        text = _("Upload the agreement signed with %(city)s") % {"city": sister(tie)}
        yield Todo(text, f"{url}?kind=agreement")


@register
def proposals_to_change(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Proposals that the office sent back, each with its reason."""
    asked = Tie.objects.for_committee(committee).filter(
        review=Tie.Review.CHANGES_REQUESTED, proposal__committee=committee
    )
    ties = list(with_sides(asked, committee))
    decisions = decisions_on(tie.pk for tie in ties) if ties else {}
    for tie in ties:
        url = reverse("desk:tie", args=[committee.slug, tie.pk])
        reason = decisions[tie.pk].reason if tie.pk in decisions else ""
        text = _("Change the proposal of a tie with %(city)s, as the association asks")
        if reason:
            text = _(
                "Change the proposal of a tie with %(city)s, as the association asks: “%(reason)s”"
            )
        yield Todo(text % {"city": sister(tie), "reason": reason}, url, due=today)


@register
def edits_to_change(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Edits of ties that the office sent back."""
    asked = TieEdit.objects.filter(
        committee=committee, review=TieEdit.Review.CHANGES_REQUESTED
    ).select_related("tie__city_a", "tie__city_b")
    for edit in asked:
        url = reverse("desk:tie-edit", args=[committee.slug, edit.tie_id, edit.pk])
        text = _("Correct the change that you proposed for %(tie)s, as the association asks")
        yield Todo(text % {"tie": edit.tie}, url, due=today)


@register
def reports_to_change(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Reports of ours that the office sent back."""
    for model in (Exchange, Donation):
        asked = ours(reports(model, committee)).filter(review=model.Review.CHANGES_REQUESTED)
        for line in lines_of(asked.order_by("pk"), committee):
            text = _("Correct “%(title)s”, as the association asks")
            yield Todo(text % {"title": line.title}, line.url, due=today)


@register
def reports_to_write(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Exchanges that are over and of which nobody has told what happened or what came of it."""
    since = datetime.date(today.year - REPORT_YEARS, 1, 1)
    what = Q(summary_es__gt="") | Q(summary_en__gt="")
    told = what & (Q(results_es__gt="") | Q(results_en__gt=""))
    rows = ours(Exchange.objects.for_committee(committee).annotate(teller=F("entered_by")))
    found = rows.filter(begins__gte=str(since.year)).exclude(told).order_by("begins", "pk")
    over = [(one, (one.ends or one.begins).latest) for one in found]
    over = [(one, last) for one, last in over if since <= last < today]
    if len(over) > MOST_LINES:
        yield Todo(
            _("Write the reports of %(number)s exchanges") % {"number": len(over)},
            section_url("exchanges", committee),
            due=min(last for _one, last in over) + REPORT_WITHIN,
        )
        return
    for one, last in over:
        yield Todo(
            _("Write the report of “%(title)s”") % {"title": one},
            reverse("desk:exchange-edit", args=[committee.slug, one.pk]),
            due=last + REPORT_WITHIN,
        )


@register
def reports_to_acknowledge(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """What the other side of a tie reported and nobody here has looked at."""
    yield from _exchanges_and_donations(
        committee,
        waiting,
        _("Acknowledge “%(title)s” of %(city)s"),
        lambda n: ngettext(
            "Acknowledge %(number)s report of the other side",
            "Acknowledge %(number)s reports of the other side",
            n,
        ),
    )


@register
def reports_to_look_at_again(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Own reports of which the other side says that they are not right."""
    yield from _exchanges_and_donations(
        committee,
        disputed,
        _("Look at “%(title)s” again: %(city)s says that it is not right"),
        lambda n: ngettext(
            "Look at %(number)s report again: the other side says that it is not right",
            "Look at %(number)s reports again: the other side says that they are not right",
            n,
        ),
    )


def _exchanges_and_donations(
    committee: Committee, which: Callable, one_text: str, many_text: Callable[[int], str]
) -> Iterator[Todo]:
    """Up to a few lines of each kind; more become one line with their number."""
    for model, section in ((Exchange, "exchanges"), (Donation, "donations")):
        found = list(which(reports(model, committee)).order_by("pk"))
        if len(found) > MOST_LINES:
            text = many_text(len(found)) % {"number": len(found)}
            yield Todo(text, section_url(section, committee))
            continue
        for line in lines_of(found, committee):
            yield Todo(one_text % {"title": line.title, "city": line.sister}, line.url)
