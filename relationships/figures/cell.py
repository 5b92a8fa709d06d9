"""One number of a table, and the rows that it is made of: as text for an address and back."""

import re
from dataclasses import dataclass, field

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from relationships.figures.scope import Scope
from relationships.figures.words import MEASURES, scope_words, years_words
from relationships.listing.exchanges import public_exchanges
from relationships.models import Donation, Exchange, Tie
from sistercities.choicewords import choice_words

TIES = ("new", "ended", "in_force")
EXCHANGES = ("exchanges", "out", "in", "participants", "youth", "volunteers")
GIFTS = ("donations", "given", "received")
AID = (*GIFTS, "value", "value_given", "value_received")
NO_DATE = "no_date"
MODELS: dict[str, type[Model]] = (
    dict.fromkeys((*TIES, NO_DATE), Tie)
    | dict.fromkeys(EXCHANGES, Exchange)
    | dict.fromkeys(AID, Donation)
)
SEPARATOR = "."
_PARTS = re.compile(
    r"(?P<measure>[a-z_]{2,20})\.(?P<first>[0-9]{4})\.(?P<last>[0-9]{4})"
    r"(?:\.(?P<country>[A-Z]{2})?)?(?:\.(?P<state>[A-Z]{2}-[0-9A-Z]{1,8})?)?"
    r"(?:\.(?P<committee>[0-9]{1,15})?)?(?:\.(?P<kind>[a-z]{1,12})?)?(?:\.(?P<currency>[A-Z]{3})?)?",
    re.ASCII,
)


@dataclass(frozen=True)
class Cell:
    """A measure over some years (both counted), for a scope; of aid, of one kind and currency."""

    measure: str
    first: int
    last: int
    scope: Scope = field(default_factory=Scope)
    kind: str = ""
    currency: str = ""

    @property
    def model(self) -> type[Model]:
        """Of which objects it is made."""
        return MODELS[self.measure]

    def written(self) -> str:
        """As text for an address: "out.2019.2023.MX.MX-DUR"."""
        scope = self.scope
        parts = [self.measure, f"{self.first:04}", f"{self.last:04}", scope.country, scope.state]
        parts += [str(scope.committee or ""), self.kind, self.currency]
        return SEPARATOR.join(parts).rstrip(SEPARATOR)

    @classmethod
    def read(cls, text: str) -> "Cell | None":
        """The cell in a text from an address; None when it is none."""
        found = _PARTS.fullmatch(text)
        if found is None or found["measure"] not in MODELS:
            return None
        number = int(found["committee"]) if found["committee"] else None
        return cls(
            found["measure"],
            int(found["first"]),
            int(found["last"]),
            Scope(found["country"] or "", found["state"] or "", number),
            found["kind"] or "",
            found["currency"] or "",
        )

    def rows(self) -> QuerySet:
        """The rows that the number counts or sums up."""
        if self.model is Tie:
            return self._ties()
        return self._exchanges() if self.model is Exchange else self._donations()

    def _ties(self) -> QuerySet:
        a, b = self.scope.sides()
        ties = Tie.objects.public().filter(a | b)
        match self.measure:
            case "new":
                return ties.filter(in_years("since", self.first, self.last))
            case "ended":
                return ties.filter(in_years("ended", self.first, self.last))
            case "in_force":
                lasts = Q(ended=None) & ~Q(status=Tie.Status.ENDED)
                begun = Q(since__lt=_after(self.last))
                return ties.filter(begun, lasts | Q(ended__gte=_after(self.last)))
        return ties.in_force().filter(since=None)

    def _exchanges(self) -> QuerySet:
        a, b = self.scope.sides("tie__")
        rows = public_exchanges().filter(in_years("begins", self.first, self.last))
        way = Exchange.Direction
        there, back = (
            Q(direction__in=(way.A_TO_B, way.BOTH)),
            Q(direction__in=(way.B_TO_A, way.BOTH)),
        )
        match self.measure:
            case "out":
                return rows.filter((a & there) | (b & back))
            case "in":
                return rows.filter((a & back) | (b & there))
            case "participants":
                rows = rows.filter(Q(travellers__gt=0) | Q(hosts__gt=0))
            case "youth" | "volunteers":
                rows = rows.filter(**{f"{self.measure}__gt": 0})
        return rows.filter(a | b)

    def _donations(self) -> QuerySet:
        a, b = self.scope.sides("tie__")
        rows = public_donations().filter(in_years("date", self.first, self.last))
        if self.kind:
            rows = rows.filter(kind=self.kind, currency=self.currency)
        if self.measure.startswith("value"):
            rows = rows.exclude(amount=None)
        by_a, by_b = Q(given_by="a"), Q(given_by="b")
        if self.measure.endswith("given"):
            return rows.filter((a & by_a) | (b & by_b))
        if self.measure.endswith("received"):
            return rows.filter((a & by_b) | (b & by_a))
        return rows.filter(a | b)

    def in_words(self) -> str:
        """ "Exchanges out, 2019–2023, Durango"."""
        parts = [str(MEASURES[self.measure])]
        if self.kind:
            parts.append(str(choice_words(Donation.Kind).get(self.kind, self.kind)))
        if self.currency:
            parts.append(self.currency)
        if self.measure != NO_DATE:
            parts.append(years_words(self.first, self.last))
        return ", ".join([*parts, scope_words(self.scope) or _("whole registry")])


def public_donations() -> QuerySet:
    """Donations that everyone may see: published, of a published tie."""
    return Donation.objects.public().filter(tie__review=Tie.Review.PUBLISHED)


def in_years(column: str, first: int, last: int) -> Q:
    """That a partial date lies in these years, both counted."""
    return Q(**{f"{column}__gte": f"{first:04}", f"{column}__lt": _after(last)})


def _after(year: int) -> str:
    """The text that sorts after every date of a year and before all of the next."""
    return f"{min(year, 9998) + 1:04}"
