"""Anniversaries, exchanges and meetings as occasions of a calendar.

Only what happens on a known day is in a calendar: "June 2019" is no date that anybody could keep
free. Anniversaries come again every year by one rule; they begin in 1970 at the earliest, since
calendars of today know no days before. What began on 29 February is kept on the last day of that
month, which is where the pages show it.
"""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import F, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from committees.models import Meeting
from relationships.addresses import here, page_of, tie_page
from relationships.anniversaries import falls_on
from relationships.listing import words
from relationships.models import Exchange, Tie
from relationships.pages.scope import single_tie_of, ties_of_city, ties_of_committee
from sistercities.bilingual import Text, choose
from sistercities.calendars import EVERY_YEAR, LAST_OF_FEBRUARY, Occasion
from sistercities.listing.columns import columns
from sistercities.plaintext import shortened

FIRST_YEAR = 1970
WHOLE_DAY = len("1969-05-14")
LONGEST = 500
MOST_MEETINGS = 50
CHUNK = 1000

TIE = ("pk", "slug", "kind", "since", "anniversary", "changed_at")
TIE += ("city_a__sort_name", "city_a_id", "city_a__name")
TIE += ("city_b__sort_name", "city_b_id", "city_b__name")
EXCHANGE = ("pk", "slug", "title_es", "title_en", "begins", "ends", "place", "theme")
EXCHANGE += ("changed_at", "summary_es", "summary_en", "tie__city_a__sort_name")
EXCHANGE += ("tie__city_a__name", "tie__city_b__sort_name", "tie__city_b__name")


def of_tie(tie: int) -> Iterator[Occasion]:
    """The anniversary of a tie, and its exchanges."""
    yield from _around(Tie.objects.visible().filter(pk=tie))


def of_city(city: int) -> Iterator[Occasion]:
    """The anniversaries and exchanges of a city."""
    yield from _around(ties_of_city(city))


def of_exchange(exchange: int) -> Iterator[Occasion]:
    """An exchange, where its first day is known."""
    yield from exchanges(Exchange.objects.visible().filter(pk=exchange))


def of_committee(committee: int, only_tie: int | None, today: datetime.date) -> Iterator[Occasion]:
    """A committee's next meetings, and the anniversaries and exchanges of its ties."""
    yield from meetings(committee, today)
    yield from _around(single_tie_of(committee) if only_tie else ties_of_committee(committee))


def _around(ties: QuerySet) -> Iterator[Occasion]:
    yield from anniversaries(ties.in_force().order_by("anniversary", "pk"))
    done = Exchange.objects.visible().filter(tie__in=ties.order_by().values("pk"))
    yield from exchanges(done.order_by("-begins", "-pk"))


def anniversaries(ties: QuerySet) -> Iterator[Occasion]:
    """One occasion a year for each tie whose exact day is known."""
    language, kinds = here(), words.said(words.KINDS)
    dated = columns(ties.exclude(anniversary=""), *TIE)
    for pk, slug, kind, since, anniversary, changed, *cities in dated.iterator(CHUNK):
        (*_a, first), (*_b, second) = sorted((cities[:3], cities[3:]))
        facts = {"first": first, "second": second, "year": since.year}
        facts |= {"kind": kinds[kind], "day": since.in_words(language)}
        yield Occasion(
            key=f"tie-{pk}-anniversary",
            title=Text(_("Anniversary: %(first)s – %(second)s (%(year)s)") % facts),
            begins=falls_on(anniversary, max(since.year + 1, FIRST_YEAR)),
            rule=LAST_OF_FEBRUARY if anniversary == "02-29" else EVERY_YEAR,
            changed=changed,
            url=tie_page(slug, language),
            text=Text(_("%(kind)s since %(day)s") % facts),
        )


def exchanges(found: QuerySet) -> Iterator[Occasion]:
    """One occasion for each exchange whose first day is known."""
    language, themes = here(), words.said(words.THEMES)
    dated = columns(found.annotate(known=Length("begins")).filter(known=WHOLE_DAY), *EXCHANGE)
    for row in dated.iterator(CHUNK):
        pk, slug, title_es, title_en, begins, ends, place, theme, changed, es, en, *cities = row
        (_a, first), (_b, second) = sorted((cities[:2], cities[2:]))
        told = choose(language, es=es, en=en)
        facts = f"{first} – {second} · {themes[theme]}"
        if told and not told.lang:
            facts += f"\n\n{shortened(told.text, LONGEST)}"
        yield Occasion(
            key=f"exchange-{pk}",
            title=choose(language, es=title_es, en=title_en) or Text(slug),
            begins=begins.earliest,
            last=ends.latest if ends and ends.anniversary else None,
            changed=changed,
            url=page_of("public:exchange", slug, language),
            place=place,
            text=Text(facts),
        )


def meetings(committee: int, today: datetime.date) -> Iterable[Occasion]:
    """The next meetings, those called off as such. Their hour is that of the place."""
    language = here()
    coming = Meeting.objects.filter(committee=committee, date__gte=today)
    coming = coming.order_by("date", "time", "pk").values(
        *("pk", "date", "time", "place", "is_called_off", "changed_at"),
        *("text_es", "text_en"),
        slug=F("committee__slug"),
        name=F("committee__name"),
    )
    for one in coming[:MOST_MEETINGS]:
        day, hour = one["date"], one["time"]
        yield Occasion(
            key=f"meeting-{one['pk']}",
            title=Text(_("Meeting: %(committee)s") % {"committee": one["name"]}),
            begins=datetime.datetime.combine(day, hour) if hour else day,
            changed=one["changed_at"],
            url=page_of("public:committee", one["slug"], language),
            place=one["place"],
            text=choose(language, es=one["text_es"], en=one["text_en"]),
            is_called_off=one["is_called_off"],
        )


def has_dates(ties: Iterable) -> bool:
    """Whether any of these rows of ties has a day to keep."""
    return any(row.since and row.since.anniversary and not row.has_ended for row in ties)
