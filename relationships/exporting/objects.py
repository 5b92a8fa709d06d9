"""One city, tie, committee or exchange as JSON: its list's columns, and what only its page has."""

from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from committees.models import City, CityName, Committee, CommitteeCity
from relationships.exporting.cities import CITIES
from relationships.exporting.committees import COMMITTEES
from relationships.exporting.exchanges import EXCHANGES
from relationships.exporting.ties import TIES
from relationships.listing.exchanges import public_exchanges
from relationships.models import Confirmation, Evidence, Exchange, Statement, Tie, TieEvent
from relationships.models.tie import Side
from relationships.pages.facts import web_address
from sistercities.exporting.columns import (
    DAY,
    MOMENT,
    TEXT,
    WEBSITE,
    WHEN,
    Column,
    Table,
    code_of,
)

NAMES = Table(
    "city_name",
    _("Names of a city"),
    (
        Column("name", TEXT, _("A name."), ("name",), always=True),
        Column("language", TEXT, _("Language of the name, ISO 639-1."), ("language",)),
        Column("kind", code_of(CityName.Kind), _("What kind of name."), ("kind",), always=True),
    ),
)
EVENTS = Table(
    "event",
    _("Events of a tie"),
    (
        Column("kind", code_of(TieEvent.Kind), _("What happened."), ("kind",), always=True),
        Column("date", WHEN, _("When."), ("date",)),
        Column("date_as_written", TEXT, _("The date, where it is none."), ("date_text",)),
        Column("place", TEXT, _("Where."), ("place",)),
    ),
)
EVIDENCE = Table(
    "evidence",
    _("Evidence for a tie"),
    (
        Column("kind", code_of(Evidence.Kind), _("What proves it."), ("kind",), always=True),
        Column("title", TEXT, _("Title."), ("title",)),
        Column("url", WEBSITE, _("Where it is on the web."), ("url",), web_address),
        Column("date", WHEN, _("Its date."), ("date",)),
    ),
)
STATEMENTS = Table(
    "statement",
    _("What lists say of a tie"),
    (
        Column("source", TEXT, _("The list, or who says it."), ("source",), always=True),
        Column("where", TEXT, _("Where in it."), ("source_ref",)),
        Column("kind_as_written", TEXT, _("The kind, in its words."), ("kind_text",)),
        Column("date_as_written", TEXT, _("The date, in its words."), ("date_text",)),
        Column("taken_in", MOMENT, _("When it was read."), ("stated_at",), always=True),
    ),
)
CONFIRMATIONS = Table(
    "confirmation",
    _("Answers of the two sides"),
    (
        Column("side", code_of(Side), _("Which side answered."), ("side",), always=True),
        Column("answer", code_of(Confirmation.Answer), _("Its answer."), ("answer",), always=True),
        Column("on", DAY, _("When."), ("answered_on",), always=True),
    ),
)


def texts(*names: str) -> tuple[Column, ...]:
    """The longer texts of a page, in both languages; null where nobody wrote them."""
    return tuple(
        Column(f"{name}_{language}", TEXT, about, (f"{name}_{language}",))
        for name in names
        for language, about in (
            ("es", _("Text in Spanish. Only in the JSON of one.")),
            ("en", _("Text in English. Only in the JSON of one.")),
        )
    )


TEXTS = {
    "city": texts("about"),
    "tie": texts("fields", "signatories", "term", "summary"),
    "committee": texts("mission", "about"),
    "exchange": texts("summary", "results"),
}
"""Columns of an object that its list leaves out."""

PARTS: dict[str, dict[str, Table]] = {
    "city": {"names": NAMES, "ties": TIES, "committees": COMMITTEES},
    "tie": {
        "events": EVENTS,
        "evidence": EVIDENCE,
        "statements": STATEMENTS,
        "confirmations": CONFIRMATIONS,
        "exchanges": EXCHANGES,
    },
    "committee": {"cities": CITIES},
    "exchange": {},
}
"""Lists that an object holds."""

TABLES: dict[type[Model], Table] = {
    City: CITIES,
    Tie: TIES,
    Committee: COMMITTEES,
    Exchange: EXCHANGES,
}


def whole(subject: Table) -> Table:
    """The columns of an object: those of its list, then its texts."""
    columns = (*subject.columns, *TEXTS[subject.name])
    return Table(subject.name, subject.title, columns, subject.beside)


def as_data(thing: Model) -> dict[str, Any]:
    """A published object."""
    subject = TABLES[type(thing)]
    [row] = whole(subject).rows(type(thing).objects.filter(pk=thing.pk).order_by("pk"))
    found = {name: _rows_of(thing, name) for name in PARTS[subject.name]}
    return row | {name: list(PARTS[subject.name][name].rows(rows)) for name, rows in found.items()}


def _rows_of(thing: Model, part: str) -> QuerySet:
    """What stands in a list of an object: what its page may show."""
    match part:
        case "names":
            return CityName.objects.filter(city=thing).order_by("kind", "name", "pk")
        case "ties":
            return Tie.objects.visible().filter(Q(city_a=thing) | Q(city_b=thing)).order_by("pk")
        case "committees":
            links = CommitteeCity.objects.filter(city=thing, until=None)
            found = Committee.objects.visible().filter(pk__in=links.values("committee"))
            return found.order_by("sort_name", "pk")
        case "events":
            return TieEvent.objects.filter(tie=thing).order_by("date", "pk")
        case "evidence":
            return Evidence.objects.filter(tie=thing).order_by("kind", "pk")
        case "statements":
            return Statement.objects.filter(tie=thing).order_by("source", "pk")
        case "confirmations":
            return Confirmation.objects.filter(tie=thing).order_by("answered_on", "pk")
        case "exchanges":
            return public_exchanges().filter(tie=thing).order_by("-begins", "-pk")
        case "cities":
            links = CommitteeCity.objects.filter(committee=thing, until=None)
            listed = City.objects.listed().filter(pk__in=links.values("city"))
            return listed.order_by("sort_name", "pk")
    raise LookupError(part)
