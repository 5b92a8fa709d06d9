"""What the cities of some ties did together: exchanges by year, and donations both ways."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import ngettext

from relationships.addresses import page_of
from relationships.giving import Gift, Total, gift_of, given_and_received
from relationships.models import Donation, Exchange
from relationships.pages.scope import MOST_EXCHANGES
from relationships.pages.tierows import TieRow
from sistercities.bilingual import Text, text_of
from sistercities.choicewords import choice_words
from sistercities.partialdates import PartialDate


@dataclass(frozen=True)
class ExchangeRow:
    """One exchange, with the name of the city it was with."""

    date: PartialDate
    title: Text
    url: str
    theme: str
    partner: str
    people: int

    @property
    def people_in_words(self) -> str:
        """ "25 people"; empty when nobody counted them."""
        if not self.people:
            return ""
        words = ngettext("%(count)s person", "%(count)s people", self.people)
        return words % {"count": self.people}


@dataclass
class Year:
    """The exchanges of one year."""

    year: int
    exchanges: list[ExchangeRow] = field(default_factory=list)


@dataclass(frozen=True)
class Exchanges:
    """The newest exchanges, grouped, and whether there are older ones."""

    years: list[Year]
    has_older: bool

    def __bool__(self) -> bool:
        return bool(self.years)


@dataclass(frozen=True)
class Donations:
    """Totals both ways, and the newest one by one."""

    given: Total
    received: Total
    gifts: list[Gift]

    def __bool__(self) -> bool:
        return bool(self.gifts)

    @property
    def older(self) -> int:
        """How many are in the totals only."""
        return max(0, self.given.count + self.received.count - len(self.gifts))


def exchanges_of(found: Sequence[Exchange], ties: Sequence[TieRow], language: str) -> Exchanges:
    """The answer to a scope's `exchanges`, grouped by year."""
    partners = {row.pk: row.partner.name for row in ties}
    themes = choice_words(Exchange.Theme)
    years: list[Year] = []
    for one in found[:MOST_EXCHANGES]:
        if not years or years[-1].year != one.begins.year:
            years.append(Year(one.begins.year))
        years[-1].exchanges.append(
            ExchangeRow(
                date=one.begins,
                title=text_of(one, "title", language),
                url=page_of("public:exchange", one.slug, language),
                theme=themes[one.theme],
                partner=partners[one.tie_id],
                people=one.people,
            )
        )
    return Exchanges(years, len(found) > MOST_EXCHANGES)


def donations_of(
    sums: Iterable[dict], newest: Iterable[Donation], ties: Sequence[TieRow]
) -> Donations:
    """The answers to a scope's `totals` and `gifts`."""
    rows = {row.pk: row for row in ties}
    given, received = given_and_received(sums, {pk: row.side for pk, row in rows.items()})
    return Donations(given, received, [gift_of(one, rows[one.tie_id].names) for one in newest])
