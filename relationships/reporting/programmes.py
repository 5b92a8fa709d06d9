"""A year's work programme: begun, copied, done."""

from committees.models import Committee
from relationships.models import Activity, Exchange, Programme, Tie


def is_begun(committee: Committee, year: int, tie: Tie | int | None, besides: int = 0) -> bool:
    """Whether a year has a programme for a tie, or for all of them."""
    found = Programme.objects.for_committee(committee).filter(year=year).exclude(pk=besides)
    return found.filter(tie=tie).exists() if tie else found.filter(tie=None).exists()


def copy_to(programme: Programme, year: int) -> Programme:
    """The same activities for another year, none of them done. IntegrityError when that year's
    programme exists already."""
    copied = Programme.objects.create(
        committee=programme.committee,
        tie=programme.tie,
        year=year,
        summary_es=programme.summary_es,
        summary_en=programme.summary_en,
    )
    for one in programme.activities.order_by("pk"):
        Activity.objects.create(
            programme=copied,
            title_es=one.title_es,
            title_en=one.title_en,
            theme=one.theme,
            month=one.month,
        )
    return copied


def mark(activity: Activity, *, done: bool) -> None:
    """Done, or not done after all; an activity that became an exchange is done by that."""
    activity.is_done = done
    if not done:
        activity.exchange = None
    activity.save()


def exchanges_of_year(committee: Committee, programme: Programme):
    """Exchanges that an activity of a programme may have become: of its tie and its year, or of
    the year before and after it."""
    rows = Exchange.objects.for_committee(committee)
    rows = rows.filter(
        begins__gte=str(programme.year - 1), begins__lt=str(programme.year + 2)
    ).order_by("-begins", "-pk")
    return rows.filter(tie=programme.tie_id) if programme.tie_id else rows
