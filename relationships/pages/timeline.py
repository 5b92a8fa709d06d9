"""The story of a tie: its events, its exchanges, and the years without news."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relationships.addresses import page_of
from relationships.models import Exchange, TieEvent
from sistercities.bilingual import Text, text_of
from sistercities.choicewords import choice_words
from sistercities.partialdates import PartialDate

NO_TEXT = Text()
NBSP = "\N{NO-BREAK SPACE}"
SILENCE = 5
"""Years without an entry that are told as a gap."""


@dataclass(frozen=True)
class Entry:
    """One thing that happened, or a gap."""

    date: PartialDate | None = None
    title: str = ""
    lang: str = ""
    url: str = ""
    details: tuple[str, ...] = ()
    note: Text = NO_TEXT
    is_turn: bool = False
    is_gap: bool = False

    @property
    def year(self) -> str:
        """What stands in the margin."""
        if self.date is None:
            return ""
        return f"c.{NBSP}{self.date.year}" if self.date.about else str(self.date.year)

    @property
    def when(self) -> str:
        """The date in words where more than the year is known."""
        if self.date is None or self.date.month is None:
            return ""
        return self.date.in_words()


TURNS = {
    TieEvent.Kind.SIGNED,
    TieEvent.Kind.REGISTERED,
    TieEvent.Kind.UPGRADED,
    TieEvent.Kind.RENEWED,
    TieEvent.Kind.SUSPENDED,
    TieEvent.Kind.ENDED,
}


def event_entry(event: TieEvent) -> Entry:
    """An event of a tie; a date that cannot be is shown as its source wrote it."""
    details = [event.place] if event.place else []
    if event.date is None and event.date_text:
        details.append(_("Date as written: %(text)s") % {"text": event.date_text})
    return Entry(
        date=event.date,
        title=choice_words(TieEvent.Kind)[event.kind],
        details=tuple(details),
        note=text_of(event, "note"),
        is_turn=event.kind in TURNS,
    )


def exchange_entry(exchange: Exchange) -> Entry:
    """An exchange: its title leads to its page."""
    title = text_of(exchange, "title")
    details = [choice_words(Exchange.Theme)[exchange.theme]]
    if exchange.people:
        details.append(
            ngettext("%(count)s person", "%(count)s people", exchange.people)
            % {"count": exchange.people}
        )
    return Entry(
        date=exchange.begins,
        title=title.text,
        lang=title.lang,
        url=page_of("public:exchange", exchange.slug),
        details=tuple(details),
    )


def told(events: Iterable[TieEvent], exchanges: Iterable[Exchange]) -> list[Entry]:
    """From the first to the last; what has no date stands first; long silences are said."""
    entries = [*map(event_entry, events), *map(exchange_entry, exchanges)]
    undated = [entry for entry in entries if entry.date is None]
    dated = sorted((entry for entry in entries if entry.date), key=lambda entry: str(entry.date))
    story = []
    for entry in dated:
        silence = entry.date.year - story[-1].date.year if story else 0
        if silence > SILENCE:
            words = ngettext(
                "%(count)s year without news on record",
                "%(count)s years without news on record",
                silence,
            )
            story.append(Entry(title=words % {"count": silence}, is_gap=True))
        story.append(entry)
    return undated + story
