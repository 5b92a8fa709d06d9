"""The charts of the figures page, from plain numbers."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from relationships.listing import words
from relationships.statistics import findings
from relationships.statistics.asking import Asked
from relationships.statistics.counting import Counted, counted
from relationships.statistics.tables import Chart, Row
from sistercities.folding import fold
from sistercities.templatetags.ui import decimal, money, number

MOST_DECADES = 11
"""Decades with a column of their own; what is older stands together."""
MOST_PLACES = 15
UNKNOWN = "unknown"


class Statistics:
    """The figures of everybody, of a country or of a state, on a day. `whole`: all rows are
    wanted, also those that the page leaves out."""

    def __init__(self, asked: Asked, today: datetime.date, *, whole: bool = False) -> None:
        self.asked, self.today, self.whole = asked, today, whole

    @cached_property
    def numbers(self) -> Counted:
        """All that is counted."""
        return counted(self.asked, self.today)

    @cached_property
    def charts(self) -> list[Chart]:
        """In the order of the page."""
        charts = [*self._of_ties(), *self._of_exchanges(), *self._of_aid(), *self._of_freshness()]
        address = reverse("public:statistics-csv")
        for chart in charts:
            query = urlencode({"chart": chart.key, **self.asked.chosen})
            chart.csv_url = f"{address}?{query}"
        return charts

    def chart(self, key: str) -> Chart | None:
        """One by its key."""
        return next((one for one in self.charts if one.key == key), None)

    @cached_property
    def countries(self) -> list[tuple[str, str]]:
        """Code and name of the countries that have ties, by name."""
        named = [(code, words.country_words(code)) for code in self.numbers["countries"]]
        return sorted(named, key=lambda pair: fold(pair[1]))

    # Addresses of lists

    @cached_property
    def _ties(self) -> str:
        return reverse("public:tie-list")

    @cached_property
    def _exchanges(self) -> str:
        return reverse("public:exchange-list")

    def ties(self, **narrower: str) -> str:
        """The list of ties, of whom the figures are and narrowed further."""
        return f"{self._ties}?{urlencode({**self.asked.chosen, **narrower})}"

    def exchanges(self, **narrower: str | int) -> str:
        """The list of exchanges; it knows no states."""
        if self.asked.state:
            return ""
        return f"{self._exchanges}?{urlencode({**self.asked.chosen, **narrower})}"

    # Ties

    def _of_ties(self) -> list[Chart]:
        return [
            self._by_decade(),
            self._in_force(),
            *([] if self.asked.state else [self._by_state()]),
            self._by_country(),
            self._by_kind(),
        ]

    def _by_decade(self) -> Chart:
        found = self.numbers["decade"]
        return Chart(
            "decade",
            _("Ties by the decade in which they began"),
            findings.decades(found, self.today.year),
            self._decades(found),
            _("Decade"),
            _("Ties"),
            ("decade", "ties"),
            kind="columns",
            links_to=_("A number leads to its ties."),
        )

    def _decades(self, found: Mapping[str, int]) -> list[Row]:
        known = sorted(int(decade) for decade in found if decade != UNKNOWN)
        this = self.today.year // 10 * 10
        first = max(min(known, default=this), this - 10 * (MOST_DECADES - 1))
        rows = []
        if older := sum(found[str(decade)] for decade in known if decade < first):
            label = _("Before %(year)s") % {"year": first}
            rows.append(
                Row(f"before_{first}", label, older, "", "", f"…{first - 1}", first // 10 - 1)
            )
        for decade in range(first, max(this, *known, first) + 10, 10):
            n, url = found.get(str(decade), 0), self.ties(since=str(decade))
            label, tick = f"{decade}–{decade + 9}", str(decade)
            rows.append(Row(str(decade), label, n, url, "", tick, decade // 10))
        if unknown := found.get(UNKNOWN):
            url = self.ties(since=UNKNOWN)
            rows.append(Row(UNKNOWN, str(words.decade_words(UNKNOWN)), unknown, url, drawn=False))
        return rows

    def _in_force(self) -> Chart:
        rows = self._years(self.numbers["in_force"])
        unknown = self.numbers["unknown_in_force"]
        note = _("Ties in force of which nobody knows the year, and which are not drawn: %(n)s.")
        return Chart(
            "in-force",
            _("Ties in force at the end of each year"),
            findings.in_force([row.value for row in rows], unknown),
            rows,
            _("Year"),
            _("Ties in force"),
            ("year", "ties_in_force"),
            kind="line",
            note=note % {"n": number(unknown)} if unknown else "",
        )

    def _years(
        self, found: Mapping[str, int], url: Callable[[str], str] = lambda year: ""
    ) -> list[Row]:
        """Every year from the first that has something to this one."""
        first = min((int(year) for year, n in found.items() if n), default=self.today.year)
        return [
            Row(str(year), str(year), found.get(str(year), 0), url(str(year)), "", "", year)
            for year in range(first, self.today.year + 1)
        ]

    def _by_state(self) -> Chart:
        found = self.numbers["state"]
        codes = _largest_first(found)
        names = words.state_words(codes if self.whole else codes[:MOST_PLACES])
        page = reverse("public:state-of-ties", args=["-code-"])
        return Chart(
            "state",
            _("Ties by state"),
            findings.places(
                found, names, self.numbers["ties"], _("No tie has a city in a known state yet")
            ),
            [
                Row(
                    code,
                    names.get(code, code),
                    found[code],
                    f"{self._ties}?state={code}",
                    page.replace("-code-", code),
                )
                for code in codes
            ],
            _("State"),
            _("Ties"),
            ("code", "state", "ties"),
            shown=MOST_PLACES,
            note=_("A tie between two states counts for both."),
            links_to=_("A number leads to its ties, a name to the state's year."),
        )

    def _by_country(self) -> Chart:
        found, total = self.numbers["country"], self.numbers["ties"]
        names = {code: words.country_words(code) for code in found}
        own = self.asked.country or self.asked.state[:2]
        if own:
            rows = {code: n for code, n in found.items() if code != own}
            finding = findings.partners(found, names, total, own)
            subject, key = _("Ties by the country of the sister city"), "with"
        else:
            rows, finding = found, findings.places(found, names, total, findings.no_ties())
            subject, key = _("Ties by country"), "country"
        if self.asked.state:
            key = "country"
        return Chart(
            "country",
            subject,
            finding,
            [
                Row(code, names[code], rows[code], self.ties(**{key: code}))
                for code in _largest_first(rows, names)
            ],
            _("Country"),
            _("Ties"),
            ("code", "country", "ties"),
            shown=MOST_PLACES,
            note="" if own else _("A tie between two countries counts for both."),
            links_to=_("A number leads to its ties."),
        )

    def _by_kind(self) -> Chart:
        found = self.numbers["kind"]
        return Chart(
            "kind",
            _("Ties by kind"),
            findings.kinds(found, words.KINDS, self.numbers["ties"]),
            _coded(found, words.KINDS, lambda code: self.ties(kind=code)),
            _("Kind"),
            _("Ties"),
            ("code", "kind", "ties"),
            links_to=_("A number leads to its ties."),
        )

    # Exchanges

    def _of_exchanges(self) -> list[Chart]:
        held, people = self.numbers["exchanges"], self.numbers["participants"]
        by_theme, by_people = self.numbers["theme"], self.numbers["theme_people"]

        def of_year(year: str) -> str:
            return self.exchanges(year=year)

        def of_theme(theme: str) -> str:
            return self.exchanges(theme=theme)

        leads = "" if self.asked.state else _("A number leads to its exchanges.")
        return [
            Chart(
                "exchanges",
                _("Exchanges by year"),
                findings.exchanges(held),
                self._years(held, of_year),
                _("Year"),
                _("Exchanges"),
                ("year", "exchanges"),
                kind="columns",
                links_to=leads,
            ),
            Chart(
                "participants",
                _("Participants of exchanges by year"),
                findings.participants(people),
                self._years(people, of_year),
                _("Year"),
                _("Participants"),
                ("year", "participants"),
                kind="columns",
                links_to=leads,
            ),
            Chart(
                "theme",
                _("Exchanges by theme"),
                findings.themes(by_theme, words.THEMES),
                _coded(by_theme, words.THEMES, of_theme),
                _("Theme"),
                _("Exchanges"),
                ("code", "theme", "exchanges"),
                links_to=leads,
            ),
            Chart(
                "theme-participants",
                _("Participants of exchanges by theme"),
                findings.theme_people(by_people, words.THEMES),
                _coded(by_people, words.THEMES, of_theme),
                _("Theme"),
                _("Participants"),
                ("code", "theme", "participants"),
                links_to=leads,
            ),
        ]

    # Aid: one chart for each currency

    def _of_aid(self) -> list[Chart]:
        found, unvalued = self.numbers["aid"], self.numbers["unvalued"]
        if not found:
            finding = findings.no_aid(unvalued)
            subject, unit = _("Aid by year"), _("Value")
            return [Chart("aid", subject, finding, [], _("Year"), unit, ("year", "value"))]
        note = _("Donations whose value nobody knows, and which are not drawn: %(n)s.")
        note = note % {"n": number(unvalued)} if unvalued else ""
        return [
            self._aid_in(currency, found[currency], note if last else "")
            for currency in sorted(found)
            for last in [currency == max(found)]
        ]

    def _aid_in(self, currency: str, years: Mapping[str, Any], note: str) -> Chart:
        values = {year: Decimal(value) for year, (_n, value) in years.items()}

        def say(value: Decimal | int) -> str:
            return money(value, currency)

        first = min(map(int, values))
        return Chart(
            f"aid-{currency.lower()}",
            _("Aid by year in %(currency)s") % {"currency": currency},
            findings.aid(
                values,
                sum(n for n, _value in years.values()),
                say(sum(values.values())),
                say(max(values.values())),
            ),
            [
                Row(str(year), str(year), values.get(str(year), Decimal(0)), place=year)
                for year in range(first, self.today.year + 1)
            ],
            _("Year"),
            _("Money and the value of things"),
            ("year", f"value_{currency.lower()}"),
            kind="columns",
            say=_amount,
            note=note,
        )

    # Who says so, and when they last did

    def _of_freshness(self) -> list[Chart]:
        ages, voices = self.numbers["ages"], self.numbers["voice"]
        codes = ("12_months", "24_months", "36_months", "older", "never")
        labels = (
            _("Within 12 months"),
            _("12 to 24 months ago"),
            _("24 to 36 months ago"),
            _("More than 36 months ago"),
            _("Never"),
        )
        return [
            Chart(
                "confirmed",
                _("Ties in force by their last confirmation"),
                findings.ages(ages),
                [Row(*one) for one in zip(codes, labels, ages, strict=True)],
                _("Last confirmed"),
                _("Ties in force"),
                ("code", "last_confirmed", "ties_in_force"),
                whole=sum(ages) or None,
            ),
            Chart(
                "voice",
                _("Ties by who says that they exist"),
                findings.voices(voices, self.numbers["ties"]),
                [
                    Row(code, str(label), voices.get(code, 0), self.ties(voice=code))
                    for code, label in words.VOICES.items()
                ],
                _("Who says so"),
                _("Ties"),
                ("code", "who_says_so", "ties"),
                whole=self.numbers["ties"] or None,
                links_to=_("A number leads to its ties."),
            ),
        ]


def _amount(value: Decimal | int) -> str:
    """An amount without its currency, which the title says; with cents where there are some."""
    return decimal(value, 0 if value == int(value) else 2)


def _coded(
    found: Mapping[str, int], names: Mapping[str, Any], url: Callable[[str], str]
) -> list[Row]:
    """Rows of what is there, the largest first."""
    said = words.said(names)
    return [
        Row(code, said.get(code, code), found[code], url(code))
        for code in _largest_first(found, said)
    ]


def _largest_first(found: Mapping[str, int], names: Mapping[str, str] | None = None) -> list[str]:
    """Codes by their number; of equal ones by name, else by code."""
    named = names or {}
    codes: Iterable[str] = (code for code, n in found.items() if n)
    return sorted(codes, key=lambda code: (-found[code], fold(named.get(code, "")), code))
