"""Committees as data: who they are and whom they serve. People write to them through their pages,
so no e-mail address or telephone is here."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from committees.models import Committee, CommitteeCity
from relationships.addresses import short_committee
from relationships.exporting.shared import CHANGED, ID, INVENTED, pages_of
from relationships.pages.facts import web_address
from sistercities.exporting.columns import (
    ADDRESS,
    COUNTRY,
    NUMBERS,
    TEXT,
    WEBSITE,
    WHEN,
    WORDS,
    Column,
    Table,
    code_of,
)

Cities = list[tuple[int, str]]


def cities_of(committees: Sequence[int]) -> dict[int, Cities]:
    """The cities that committees serve now: number and slug."""
    found: dict[int, Cities] = defaultdict(list)
    links = CommitteeCity.objects.filter(committee__in=committees, until=None)
    for committee, city, slug in links.order_by("city__sort_name", "city_id").values_list(
        "committee_id", "city_id", "city__slug"
    ):
        found[committee].append((city, slug))
    return found


def numbers(cities: Cities | None) -> list[int]:
    """Their numbers."""
    return [number for number, _slug in cities or ()]


def slugs(cities: Cities | None) -> list[str]:
    """Their names in addresses."""
    return [slug for _number, slug in cities or ()]


COMMITTEES = Table(
    "committee",
    _("Committees"),
    (
        ID,
        Column(
            "url",
            ADDRESS,
            _("Permanent address. It leads to the page, whatever that is called later."),
            ("slug",),
            short_committee,
            always=True,
        ),
        Column(
            "slug", TEXT, _("Its name in addresses. Never given to another."), ("slug",), None, True
        ),
        *pages_of("public:committee"),
        Column("name", TEXT, _("Name."), ("name",), always=True),
        Column("short_name", TEXT, _("Short name."), ("short_name",)),
        Column(
            "level",
            code_of(Committee.Level),
            _("Whom it speaks for."),
            ("level",),
            always=True,
        ),
        Column("status", code_of(Committee.State), _("How it lives."), ("state",), always=True),
        Column("country", COUNTRY, _("Country."), ("country",)),
        Column(
            "city_ids",
            NUMBERS,
            _("Permanent numbers of the cities that it serves."),
            ("cities",),
            numbers,
            always=True,
        ),
        Column(
            "city_slugs",
            WORDS,
            _("The same cities by their names in addresses."),
            ("cities",),
            slugs,
            always=True,
        ),
        Column("founded", WHEN, _("When it was founded."), ("founded",)),
        Column("dissolved", WHEN, _("When it was dissolved."), ("dissolved",)),
        Column("website", WEBSITE, _("Its own web site."), ("website",), web_address),
        INVENTED,
        CHANGED,
    ),
    beside={"cities": cities_of},
)
