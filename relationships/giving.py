"""What one side gave the other: published donations, each counted once, no currency mixed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relationships.models import Donation
from sistercities.bilingual import Text, text_of
from sistercities.choicewords import choice_words
from sistercities.partialdates import PartialDate
from sistercities.templatetags.ui import money

MOST_ROWS = 20


@dataclass
class Total:
    """All that went one way: money by currency, the value of things by currency, how many."""

    money: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    in_kind: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    count: int = 0

    def add(self, kind: str, currency: str, amount: Decimal | None, count: int = 1) -> None:
        """Count donations in; without an amount they are counted and not summed."""
        self.count += count
        if amount is not None:
            purse = self.money if kind == Donation.Kind.MONEY else self.in_kind
            purse[currency] += amount

    def __bool__(self) -> bool:
        return self.count > 0

    @property
    def in_words(self) -> str:
        """ "3 donations: 1,200 USD and 500 MXN in money; things and services worth 800 USD"."""
        parts = []
        if self.money:
            parts.append(_("%(amounts)s in money") % {"amounts": _amounts(self.money)})
        if self.in_kind:
            parts.append(
                _("things and services worth %(amounts)s") % {"amounts": _amounts(self.in_kind)}
            )
        count = ngettext("%(count)s donation", "%(count)s donations", self.count) % {
            "count": self.count
        }
        return f"{count}: {'; '.join(parts)}" if parts else count


def _amounts(purse: dict[str, Decimal]) -> str:
    """Each currency by itself, in the order of their codes."""
    texts = [money(amount, currency) for currency, amount in sorted(purse.items())]
    if len(texts) < 2:
        return "".join(texts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(texts[:-1]), "last": texts[-1]}


@dataclass(frozen=True)
class Gift:
    """One donation as a line of a table."""

    date: PartialDate
    kind: str
    what: Text
    emergency: Text
    quantity: str
    amount: str
    estimated_by: str
    giver: str
    taker: str
    is_acknowledged: bool

    @property
    def year(self) -> int:
        """For grouping."""
        return self.date.year


def gift_of(donation: Donation, names: tuple[str, str]) -> Gift:
    """A line for a donation of a tie whose first and second city have these names."""
    giver, taker = names if donation.given_by == "a" else names[::-1]
    return Gift(
        date=donation.date,
        kind=choice_words(Donation.Kind)[donation.kind],
        what=text_of(donation, "description"),
        emergency=text_of(donation, "emergency"),
        quantity=donation.quantity,
        amount=money(donation.amount, donation.currency),
        estimated_by=donation.estimated_by if donation.amount_is_estimate else "",
        giver=giver,
        taker=taker,
        is_acknowledged=donation.acknowledged_on is not None,
    )


def totals_by_side(donations: Iterable[Donation]) -> dict[str, Total]:
    """What each side of one tie gave: {"a": …, "b": …}."""
    totals = {"a": Total(), "b": Total()}
    for donation in donations:
        totals[donation.given_by].add(donation.kind, donation.currency, donation.amount)
    return totals


def given_and_received(sums: Iterable[dict], own_side: dict[int, str]) -> tuple[Total, Total]:
    """What was given and got by the city that is `own_side` ("a" or "b") of each tie.

    `sums`: dictionaries of tie_id, given_by, kind, currency, total (or None) and n.
    """
    given, received = Total(), Total()
    for one in sums:
        total = given if own_side[one["tie_id"]] == one["given_by"] else received
        total.add(one["kind"], one["currency"], one["total"], one["n"])
    return given, received
