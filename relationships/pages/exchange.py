"""Everything that an exchange's page says, in three queries."""

from datetime import date

from django.utils.translation import gettext as _

from relationships.addresses import page_of, short_exchange, tie_page
from relationships.giving import gift_of
from relationships.models import Donation, Exchange
from relationships.pages.office import office_for
from relationships.pages.scope import GIFT_COLUMNS
from sistercities.bilingual import Text, text_of
from sistercities.prepared import prepared
from sistercities.qr import QRCode, qr_code
from sistercities.templatetags.ui import money


@prepared
def _donations(exchange: int):
    found = Donation.objects.visible().filter(exchange=exchange)
    return found.order_by("date", "pk").values(*GIFT_COLUMNS)


@prepared
def _exchanges(tie: int):
    found = Exchange.objects.visible().filter(tie=tie).order_by("begins", "pk")
    return found.values("pk", "title_es", "title_en", "slug")


class ExchangePage:
    """Needs the exchange with its tie, both cities and their regions."""

    def __init__(self, exchange: Exchange, *, language: str, today: date) -> None:
        self.exchange, self.language, self.today = exchange, language, today
        self.tie = exchange.tie
        self.names = (self.tie.city_a.name, self.tie.city_b.name)
        self.tie_url = tie_page(self.tie.slug, language)
        self.gifts = [gift_of(one, self.names) for one in _donations.objects(exchange=exchange.pk)]
        self.earlier, self.later = self._neighbours()
        self.office = office_for([self.tie.first.country, self.tie.second.country])

    def _neighbours(self) -> tuple[tuple[Text, str] | None, tuple[Text, str] | None]:
        """Title and address of the exchanges of the same tie before and after this one."""
        found = _exchanges.objects(tie=self.tie.pk)
        here = next((n for n, one in enumerate(found) if one.pk == self.exchange.pk), None)
        if here is None:  # a preview of what nobody sees yet
            return None, None
        earlier = found[here - 1] if here else None
        later = found[here + 1] if here + 1 < len(found) else None
        return self._link(earlier), self._link(later)

    def _link(self, one: Exchange | None) -> tuple[Text, str] | None:
        if one is None:
            return None
        title = text_of(one, "title", self.language)
        return title, page_of("public:exchange", one.slug, self.language)

    @property
    def title(self) -> Text:
        """In the reader's language if there is one."""
        return text_of(self.exchange, "title", self.language)

    @property
    def short_address(self) -> str:
        """Permanent, for print."""
        return short_exchange(self.exchange.pk)

    @property
    def qr(self) -> QRCode:
        """The short address as a code, for print."""
        return qr_code(self.short_address)

    @property
    def when(self) -> str:
        """ "June 2019", "June 3–10, 2019"."""
        return self.exchange.begins.in_words_until(self.exchange.ends)

    @property
    def is_coming(self) -> bool:
        """Whether it is not over, and so worth a place in a calendar; its first day is known."""
        begins = self.exchange.begins
        last = (self.exchange.ends or begins).latest
        return bool(begins.anniversary) and last >= self.today

    @property
    def direction(self) -> str:
        """Who travelled, by name."""
        a, b = self.names
        match self.exchange.direction:
            case Exchange.Direction.A_TO_B:
                return _("From %(giver)s to %(taker)s") % {"giver": a, "taker": b}
            case Exchange.Direction.B_TO_A:
                return _("From %(giver)s to %(taker)s") % {"giver": b, "taker": a}
            case _other:
                return self.exchange.get_direction_display()

    @property
    def cost(self) -> str:
        """With its currency."""
        return money(self.exchange.cost, self.exchange.currency)

    @property
    def entered_by(self) -> str:
        """The city whose committee wrote it down."""
        return dict(zip("ab", self.names, strict=True)).get(self.exchange.entered_by, "")
