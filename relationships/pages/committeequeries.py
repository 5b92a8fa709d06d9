"""What a committee's page asks of the database beside its ties (`scope`)."""

import datetime

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from committees.models import (
    City,
    Committee,
    CommitteeCity,
    Consent,
    Meeting,
    News,
    OfficeTerm,
    SisterText,
)
from relationships.models import Programme, Tie
from relationships.pages import office
from relationships.pages.scope import ties_of_committee
from sistercities.models import Attachment
from sistercities.prepared import columns, prepared

MOST_ACTIVITIES = 400
MOST_NEWS = 3
MOST_PHOTOS = 6
MOST_DOCUMENTS = 5
MOST_MEETINGS = 3
FILE_COLUMNS = ("id", "key", "file_size", "width", "height", "thumb")


@prepared
def cities(committee: int):
    """The links to the cities that a committee serves today."""
    found = CommitteeCity.objects.filter(committee=committee, until=None)
    names = (*columns(CommitteeCity, "city"), "city__region__id")
    regions = ("city__region__name", "city__region__name_es")
    return found.order_by("city__sort_name", "city").values(*names, *regions)


@prepared
def sisters(committee: int):
    """The cities of its ties, each with what the committee tells of it, once for every committee
    that serves it today (or once without). `portraits` sorts out what is not for everyone."""
    ties = ties_of_committee(committee).order_by()
    told = FilteredRelation("told_by", condition=Q(told_by__committee=committee))
    served = FilteredRelation("committee_links", condition=Q(committee_links__until=None))
    found = City.objects.annotate(told=told, served=served).filter(
        Q(pk__in=ties.values("city_a"))
        | Q(pk__in=ties.values("city_b"))
        | Q(pk__in=SisterText.objects.filter(committee=committee).values("city"))
    )
    texts = ("id", "text_es", "text_en", "population", "population_year", "official_site")
    names = ("id", "name", "slug", "review", "state", "single_tie")
    return found.order_by("served__committee__sort_name", "served__committee").values(
        "pk",
        **{f"told_{name}": F(f"told__{name}") for name in texts},
        **{f"committee_{name}": F(f"served__committee__{name}") for name in names},
    )


@prepared
def terms(committee: int, today: datetime.date):
    """The terms of office on the board that run today; `may_be_named`: the person agreed."""
    agreed = Consent.objects.to_names().filter(
        person=OuterRef("person"), committee=OuterRef("committee")
    )
    found = OfficeTerm.objects.filter(committee=committee, office__on_board=True).current(today)
    found = found.annotate(may_be_named=Exists(agreed))
    names = ("id", "name_es", "name_en")
    return found.order_by("office__rank", "office__code", "begins", "pk").values(
        "pk",
        *(f"office__{name}" for name in names),
        *("person__id", "person__name", "may_be_named"),
    )


@prepared
def around(committee: int):
    """The committees that belong to it, and the offices that a reader may write to."""
    offices = Q(review=Committee.Review.PUBLISHED, level__in=office.LEVELS)
    found = Committee.objects.visible().filter(Q(parent=committee) | offices)
    return found.order_by("sort_name", "pk").values(*office.COLUMNS, "parent_id")


@prepared
def meetings(committee: int, today: datetime.date):
    """The next meetings; one that is called off is said to be."""
    coming = Meeting.objects.filter(committee=committee, date__gte=today)
    return coming.order_by("date", "time", "pk").values(
        "pk", "date", "time", "place", "text_es", "text_en", "is_called_off"
    )[:MOST_MEETINGS]


@prepared
def news(committee: int):
    """The newest news with their photos; one more than the page shows."""
    shown = News.objects.filter(committee=committee, is_public__in=(True,))
    photo = ("id", "is_public", "description_es", "description_en")
    return shown.order_by("-date", "-pk").values(
        *("pk", "date", "title_es", "title_en", "text_es", "text_en"),
        *(f"photo__{name}" for name in photo),
        *(f"photo__file__{name}" for name in FILE_COLUMNS),
    )[: MOST_NEWS + 1]


@prepared
def files(committee: int):
    """The files of its public photos and documents, the newest first; the quota keeps them few."""
    shown = Attachment.objects.filter(owner=committee, is_public__in=(True,))
    shown = shown.filter(Q(photo__is_public=True) | Q(document__is_public=True))
    photo = ("id", "committee_id", "description_es", "description_en")
    document = ("id", "committee_id", "title_es", "title_en", "date")
    return shown.order_by("-pk").values(
        *FILE_COLUMNS,
        *(f"photo__{name}" for name in photo),
        *(f"document__{name}" for name in document),
    )


@prepared
def programmes(committee: int, year: int):
    """Its work programmes up to a year, the newest first, each once for every activity (or once
    without), by month; not those of an unpublished tie."""
    found = Programme.objects.filter(committee=committee, year__lte=year)
    found = found.filter(Q(tie=None) | Q(tie__review=Tie.Review.PUBLISHED))
    month = F("activities__month").asc(nulls_last=True)
    activity = ("id", "title_es", "title_en", "theme", "month", "is_done", "programme_id")
    exchange = ("id", "slug", "review", "tie_id", "tie__id", "tie__review")
    return found.order_by("-year", "pk", month, "activities__pk").values(
        *("pk", "year", "summary_es", "summary_en"),
        *(f"activities__{name}" for name in activity),
        *(f"activities__exchange__{name}" for name in exchange),
    )[:MOST_ACTIVITIES]
