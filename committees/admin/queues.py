"""What waits for the office of committees, their terms of office and their texts."""

import datetime

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator

from committees.models import (
    AdviceRequest,
    Application,
    City,
    Committee,
    Dues,
    Guide,
    News,
    OfficeTerm,
)
from committees.rights import Role
from sistercities.admin import queues
from sistercities.admin.queues import AHEAD, Age, Queue
from sistercities.models import Reviewed

TERMS_END_IN_DAYS = 90
MONTHS = (
    Age("month", _("0 to 30 days"), most=30),
    Age("quarter", _("31 to 90 days"), least=31, most=90),
    Age("longer", _("more than 90 days"), least=91),
)


def submitted(rows: QuerySet) -> QuerySet:
    """What a desk sent for review."""
    return rows.filter(review=Committee.Review.SUBMITTED).annotate(waiting_since=F("changed_at"))


def without_coordinator(rows: QuerySet) -> QuerySet:
    """Committees that nobody coordinates, since the last coordinator's last day."""
    ended = OfficeTerm.objects.filter(committee=OuterRef("pk"), office__role=Role.COORDINATOR)
    last_day = ended.filter(ends__lt=timezone.localdate()).order_by("-ends").values("ends")[:1]
    return rows.without_coordinator().annotate(
        waiting_since=Coalesce(Subquery(last_day), TruncDate("created_at"))
    )


def without_successor(rows: QuerySet) -> QuerySet:
    """Coordinators' terms that end soon, in committees that nobody will coordinate then."""
    today = timezone.localdate()
    soon = today + datetime.timedelta(days=TERMS_END_IN_DAYS)
    next_day = OuterRef("ends") + datetime.timedelta(days=1)
    others = OfficeTerm.objects.filter(
        Q(ends=None) | Q(ends__gte=next_day),
        committee=OuterRef("committee"),
        office__role=Role.COORDINATOR,
        begins__lte=next_day,
    )
    coordinating = rows.filter(office__role=Role.COORDINATOR, ends__range=(today, soon))
    return coordinating.filter(~Exists(others)).annotate(waiting_since=F("ends"))


def without_answer(rows: QuerySet) -> QuerySet:
    """What committees asked, since the desk's last message."""
    return rows.open().annotate(waiting_since=F("waits_since"))


def to_accredit(rows: QuerySet) -> QuerySet:
    """Applications to join the association that the board has not decided on."""
    return rows.waiting().annotate(waiting_since=F("asked_at"))


def dues_due(rows: QuerySet) -> QuerySet:
    """Dues whose day has come, while they can be paid in time."""
    today = timezone.localdate()
    due = rows.filter(due_on__lte=today, last_day__gte=today)
    return due.open(today).annotate(waiting_since=F("due_on"))


def dues_overdue(rows: QuerySet) -> QuerySet:
    """Dues of delinquent committees, since the last day to pay."""
    return rows.overdue().annotate(waiting_since=F("last_day"))


def in_one_language(model: type[Model]) -> Q:
    """Objects with a text that exists in one language only."""
    one_only = Q()
    for field in translator.get_options_for_model(model).get_field_names():
        one_only |= Q(**{f"{field}_es__gt": ""}) ^ Q(**{f"{field}_en__gt": ""})
    return one_only


def untranslated(model: type[Model]):
    """Objects of a model, as far as everyone may see them, that some readers cannot read whole."""

    def rows(objects: QuerySet) -> QuerySet:
        shown = objects
        if issubclass(model, Reviewed):
            shown = objects.visible()
        elif hasattr(objects, "shown"):
            shown = objects.shown()
        return shown.filter(in_one_language(model)).annotate(waiting_since=F("changed_at"))

    return rows


queues.add(
    Queue("committees-sent", 11, _("Committees to review"), Committee, submitted, review=True),
    Queue(
        "no-coordinator", 50, _("Committees without a coordinator"), Committee, without_coordinator
    ),
    Queue(
        "terms-ending",
        51,
        _("Last coordinators whose term ends"),
        OfficeTerm,
        without_successor,
        AHEAD,
    ),
    Queue("applications", 12, _("Applications to accredit"), Application, to_accredit),
    Queue("dues-due", 55, _("Dues due"), Dues, dues_due, MONTHS),
    Queue("dues-overdue", 56, _("Dues of delinquent committees"), Dues, dues_overdue, MONTHS),
    Queue(
        "texts-committee",
        80,
        _("Committees with texts in one language"),
        Committee,
        untranslated(Committee),
    ),
    Queue("texts-city", 81, _("Cities with texts in one language"), City, untranslated(City)),
    Queue("guides-sent", 17, _("Guides to review"), Guide, submitted, review=True),
    Queue("advice", 8, _("Advice requests without an answer"), AdviceRequest, without_answer),
    Queue("texts-guide", 85, _("Guides in one language"), Guide, untranslated(Guide)),
    Queue("texts-news", 84, _("News in one language"), News, untranslated(News)),
)
