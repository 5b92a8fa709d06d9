"""Reports as lines of the desk's lists, in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from committees.models import Committee
from relationships.models import Donation
from relationships.models.tie import Side
from relationships.reporting.acknowledging import Report
from sistercities.bilingual import Text, text_of
from sistercities.templatetags.ui import long_date, money

ACKNOWLEDGED, WAITING, DISPUTED, OURS_TO_SAY, DRAFT = "done", "waiting", "disputed", "ours", "draft"


@dataclass
class Line:
    """One report."""

    report: Report
    url: str
    title: Text
    when: str
    own: str
    sister: str
    state: str
    state_words: str

    @property
    def is_given(self) -> bool:
        """Whether a donation went from us to them."""
        return self.report.given_by == (self.report.own_side or Side.A)

    @property
    def stamp(self) -> str:
        """When it was last changed: who acknowledges says what they saw."""
        return self.report.changed_at.isoformat()

    @property
    def is_ours(self) -> bool:
        """Whether the desk may change it."""
        return is_ours(self.report)


def is_ours(report: Report) -> bool:
    """Entered by the side of this desk, or by nobody yet."""
    return bool(report.own_side) and report.teller in ("", report.own_side)


def when_of(report: Report) -> str:
    """ "June 2019", "June 3–10, 2019"."""
    if isinstance(report, Donation):
        return report.date.in_words()
    return report.begins.in_words_until(report.ends)


def title_of(report: Report) -> Text:
    """The title of an exchange; the sum, or the thing, of a donation."""
    if not isinstance(report, Donation):
        return text_of(report, "title") or Text(report.slug)
    if report.kind == Donation.Kind.MONEY:
        return Text(money(report.amount, report.currency))
    return text_of(report, "description") or Text(report.get_kind_display())


def names_of(report: Report) -> tuple[str, str]:
    """Our city and theirs; both in their order when nobody knows which is ours."""
    a, b = report.tie.city_a.name, report.tie.city_b.name
    return (b, a) if report.own_side == Side.B else (a, b)


def line_of(report: Report, committee: Committee) -> Line:
    """The line of a report with what `acknowledging.reports` adds to it."""
    own, sister = names_of(report)
    state, words = _state(report, sister)
    return Line(
        report=report,
        url=reverse(f"desk:{report._meta.model_name}", args=[committee.slug, report.pk]),
        title=title_of(report),
        when=when_of(report),
        own=own,
        sister=sister,
        state=state,
        state_words=words,
    )


def lines_of(rows: Iterable[Report], committee: Committee) -> list[Line]:
    """Many of them."""
    return [line_of(one, committee) for one in rows]


def _state(report: Report, sister: str) -> tuple[str, str]:
    if not report.is_public:
        return DRAFT, _("Not published yet")
    if report.acknowledged_on:
        day = long_date(report.acknowledged_on)
        return ACKNOWLEDGED, _("Acknowledged on %(day)s") % {"day": day}
    if report.is_disputed:
        return DISPUTED, _("Somebody says that it is not right")
    if is_ours(report) or not report.own_side:
        return WAITING, _("Not yet acknowledged by %(city)s") % {"city": sister}
    return OURS_TO_SAY, _("Waits for your acknowledgement")
