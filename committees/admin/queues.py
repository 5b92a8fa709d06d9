"""What waits for the office of committees, their terms of office and their texts."""

import datetime

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator

from committees.models import City, Committee, News, OfficeTerm
from committees.rights import Role
from sistercities.admin import queues
from sistercities.admin.queues import AHEAD, Queue
from sistercities.models import Reviewed

TERMS_END_IN_DAYS = 90


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


def in_one_language(model: type[Model]) -> Q:
    """Objects with a text that exists in one language only."""
    one_only = Q()
    for field in translator.get_options_for_model(model).get_field_names():
        spanish, english = Q(**{f"{field}_es": ""}), Q(**{f"{field}_en": ""})
        spanish |= Q(**{f"{field}_es": None})
        english |= Q(**{f"{field}_en": None})
        one_only |= (spanish & ~english) | (~spanish & english)
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
    Queue("committees-sent", 11, _("Committees to review"), Committee, submitted),
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
    Queue(
        "texts-committee",
        80,
        _("Committees with texts in one language"),
        Committee,
        untranslated(Committee),
    ),
    Queue("texts-city", 81, _("Cities with texts in one language"), City, untranslated(City)),
    Queue("texts-news", 84, _("News in one language"), News, untranslated(News)),
)
