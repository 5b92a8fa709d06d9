"""Queues: what waits for the national office, how many rows, and for how long.

Every floor names its own in `admin/queues.py`. A queue is a set of rows of one model: the list of
that model, narrowed by `?queue=…` and `?age=…`, is the queue itself, the longest waiting first.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.db.models import (
    Count,
    DateTimeField,
    Expression,
    Min,
    Model,
    Q,
    QuerySet,
    Subquery,
)
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SINCE = "waiting_since"
QUEUE, AGE = "queue", "age"
EVERY = 10_000_000
"""More rows than any table has: a slice that leaves none out is asked for first, and once."""


@dataclass(frozen=True)
class Age:
    """Rows that have waited between `least` and `most` days, both counted; None is open.

    Negative days lie ahead: what must be done before a day comes. `or_never` takes in the rows
    that nobody knows a day of.
    """

    key: str
    label: Any
    least: int | None = None
    most: int | None = None
    or_never: bool = False

    def condition(self, edge: Callable[[int], Any]) -> Q:
        """As a filter on `waiting_since`; `edge` gives the beginning of the day N days ago."""
        waited = Q()
        if self.most is not None:
            waited &= Q(**{f"{SINCE}__gte": edge(self.most)})
        if self.least is not None:
            waited &= Q(**{f"{SINCE}__lt": edge(self.least - 1)})
        return waited | Q(**{SINCE: None}) if self.or_never else waited


DAYS = (
    Age("new", _("0 to 5 days"), most=5),
    Age("week", _("6 or 7 days"), least=6, most=7),
    Age("late", _("more than 7 days"), least=8),
)
YEARS = (
    Age("two", _("2 to 3 years"), most=3 * 365),
    Age("three", _("3 to 5 years"), least=3 * 365 + 1, most=5 * 365),
    Age("five", _("more than 5 years, or never"), least=5 * 365 + 1, or_never=True),
)
AHEAD = (
    Age("15", _("within 15 days"), least=-15),
    Age("30", _("within 30 days"), least=-30, most=-16),
    Age("90", _("within 90 days"), most=-31),
)


@dataclass(frozen=True)
class Queue:
    """Rows of one model that wait for the office.

    `rows` narrows a queryset of the model and says since when each row waits, in an annotation
    `waiting_since` (a day or a moment). `rank` is its place on the index. The rows of a queue to
    `review` lead to their review pages.
    """

    key: str
    rank: int
    title: Any
    model: type[Model]
    rows: Callable[[QuerySet], QuerySet]
    ages: tuple[Age, ...] = DAYS
    review: bool = False

    def narrowed(self, queryset: QuerySet, age: str = "") -> QuerySet:
        """Its rows among these; with `age`, those of one age. An unknown age is none."""
        rows = self.rows(queryset)
        chosen = next((one for one in self.ages if one.key == age), None)
        return rows.filter(chosen.condition(_edges(rows))) if chosen else rows

    def url(self, age: str = "") -> str:
        """The list of its rows in the admin."""
        meta = self.model._meta
        page = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        return f"{page}?{QUEUE}={self.key}" + (f"&{AGE}={age}" if age else "")

    def waiting(self) -> "Waiting":
        """What the index says of it, in one query."""
        rows = self.rows(self.model._default_manager.all()).order_by()
        edge = _edges(rows)
        asked = {f"age_{age.key}": Count("pk", filter=age.condition(edge)) for age in self.ages}
        if _is_reckoned_for_each(rows.query.annotations[SINCE]):
            rows = rows.values("pk", SINCE)[:EVERY]  # or each count would reckon it anew
        found = rows.aggregate(count=Count("pk"), oldest=Min(SINCE), **asked)
        ages = [(age.label, found[f"age_{age.key}"], self.url(age.key)) for age in self.ages]
        return Waiting(self, found["count"], found["oldest"], ages)


@dataclass(frozen=True)
class Waiting:
    """One line of the index: a queue, its rows, and the ages as (label, rows, address)."""

    queue: Queue
    count: int
    oldest: datetime.date | datetime.datetime | None
    ages: list[tuple[Any, int, str]]


_queues: dict[str, Queue] = {}


def add(*queues: Queue) -> None:
    """Put queues on the index. Keys are unique, since they stand in addresses."""
    for queue in queues:
        if queue.key in _queues:
            raise ValueError(f"There are two queues named {queue.key}.")
        _queues[queue.key] = queue


def everything() -> list[Queue]:
    """All queues in their order on the index."""
    return sorted(_queues.values(), key=lambda queue: queue.rank)


def seen_by(user: Any) -> Iterator[Queue]:
    """The queues whose rows somebody of the office may see, also while no page is asked for."""
    asking = HttpRequest()
    asking.user = user
    for queue in everything():
        if admin.site._registry[queue.model].has_view_permission(asking):
            yield queue


def chosen(request: HttpRequest, model: type[Model]) -> Queue | None:
    """The queue that an address asks a list for."""
    queue = _queues.get(request.GET.get(QUEUE, ""))
    return queue if queue and queue.model is model else None


def _is_reckoned_for_each(since: Expression) -> bool:
    """Whether the day since when a row waits is a question of its own to the database."""
    return any(isinstance(part, Subquery) for part in since.flatten())


def _edges(rows: QuerySet) -> Callable[[int], datetime.date | datetime.datetime]:
    """How `waiting_since` is compared with the beginning of a day: as a day or as a moment."""
    today = timezone.localdate()
    moment = isinstance(rows.query.annotations[SINCE].output_field, DateTimeField)

    def edge(days: int) -> datetime.date | datetime.datetime:
        day = today - datetime.timedelta(days=days)
        if not moment:
            return day
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))

    return edge


@admin.display(description=_("waits since"), ordering=SINCE)
def waiting_since(row: Model) -> datetime.date | datetime.datetime | None:
    """The column that a list has while it shows a queue."""
    return getattr(row, SINCE)


class QueueFilter(admin.SimpleListFilter):
    """The queues of a model beside its list."""

    title = _("what waits")
    parameter_name = QUEUE

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        """Those of this model."""
        model = model_admin.model
        return [(queue.key, queue.title) for queue in everything() if queue.model is model]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The rows that wait."""
        queue = chosen(request, queryset.model)
        return queue.narrowed(queryset, request.GET.get(AGE, "")) if queue else queryset


class AgeFilter(admin.SimpleListFilter):
    """How long the rows of the chosen queue have waited; QueueFilter narrows by it."""

    title = _("for how long")
    parameter_name = AGE

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        """Those of the chosen queue."""
        queue = chosen(request, model_admin.model)
        return [(age.key, age.label) for age in queue.ages] if queue else []

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """As it is: the days are a matter of the queue."""
        return queryset


class QueueList(ChangeList):
    """A list; of a queue, the longest waiting first, unless a column was chosen."""

    def __init__(self, request: HttpRequest, *args, **kwargs) -> None:
        self.request = request
        super().__init__(request, *args, **kwargs)

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list[str]:
        """As Django's, but for a queue."""
        if ORDER_VAR not in self.params and chosen(request, self.model):
            return [SINCE, "pk"]
        return super().get_ordering(request, queryset)

    def url_for_result(self, result: Model) -> str:
        """Where a row leads: in a queue to review, to its review page, for those who may decide."""
        queue = chosen(self.request, self.model)
        if queue is None or not queue.review:
            return super().url_for_result(result)
        if not self.model_admin.has_review_permission(self.request, result):
            return super().url_for_result(result)
        return self.model_admin.review_url(result.pk, queue)


class Queued(admin.ModelAdmin):
    """A list that can show the queues of its model."""

    def get_list_filter(self, request: HttpRequest):
        """The queues first, where there are some."""
        filters = super().get_list_filter(request)
        if not any(queue.model is self.model for queue in everything()):
            return filters
        return (QueueFilter, AgeFilter, *filters)

    def get_list_display(self, request: HttpRequest):
        """With the day since when a row waits."""
        columns = super().get_list_display(request)
        return (*columns, waiting_since) if chosen(request, self.model) else columns

    def get_changelist(self, request: HttpRequest, **kwargs) -> type[ChangeList]:
        """A list that knows where a queue begins."""
        return QueueList
