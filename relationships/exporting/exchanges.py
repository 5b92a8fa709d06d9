"""Exchanges as data: numbers of people, never names."""

from django.utils.translation import gettext_lazy as _

from relationships.addresses import short_exchange, short_tie
from relationships.exporting.shared import CHANGED, ID, INVENTED, known_number, pages_of
from relationships.models import Exchange
from sistercities.exporting.columns import (
    ADDRESS,
    AMOUNT,
    DAY,
    TEXT,
    WHEN,
    WHOLE,
    Column,
    Table,
    code_of,
)

EXCHANGES = Table(
    "exchange",
    _("Exchanges"),
    (
        ID,
        Column(
            "url",
            ADDRESS,
            _("Permanent address. It leads to the page, whatever that is called later."),
            ("pk",),
            short_exchange,
            always=True,
        ),
        Column(
            "slug", TEXT, _("Its name in addresses. Never given to another."), ("slug",), None, True
        ),
        *pages_of("public:exchange"),
        Column("title_es", TEXT, _("Title in Spanish."), ("title_es",)),
        Column("title_en", TEXT, _("Title in English."), ("title_en",)),
        Column("tie_id", WHOLE, _("Permanent number of the tie."), ("tie_id",), always=True),
        Column(
            "tie_url",
            ADDRESS,
            _("Permanent address of the tie."),
            ("tie_id",),
            short_tie,
            always=True,
        ),
        Column("city_a", TEXT, _("Name of the first city."), ("tie__city_a__name",), always=True),
        Column("city_b", TEXT, _("Name of the second city."), ("tie__city_b__name",), always=True),
        Column("theme", code_of(Exchange.Theme), _("Field."), ("theme",), always=True),
        Column(
            "direction",
            code_of(Exchange.Direction),
            _("Who travelled."),
            ("direction",),
            None,
            True,
        ),
        Column("begins", WHEN, _("First day."), ("begins",), always=True),
        Column("ends", WHEN, _("Last day."), ("ends",)),
        Column("place", TEXT, _("Where it took place."), ("place",)),
        Column("travellers", WHOLE, _("How many people travelled."), ("travellers",), known_number),
        Column("hosts", WHOLE, _("How many people received them."), ("hosts",), known_number),
        Column("youth", WHOLE, _("How many of them were young."), ("youth",), known_number),
        Column(
            "volunteers", WHOLE, _("How many volunteers helped."), ("volunteers",), known_number
        ),
        Column("cost", AMOUNT, _("What it cost. Currencies are never added up."), ("cost",)),
        Column("currency", TEXT, _("ISO 4217 code of that amount."), ("currency",)),
        Column(
            "acknowledged",
            DAY,
            _("When the other side said that it took place."),
            ("acknowledged_on",),
        ),
        INVENTED,
        CHANGED,
    ),
)
