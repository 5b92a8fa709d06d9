"""Everything that a tie's page says, in nine queries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import PurePath

from django.urls import reverse
from django.utils.translation import gettext as _

from committees.models import City, Committee
from relationships.addresses import page_of, short_tie, tie_page, tie_report
from relationships.freshness import freshness, latest_answers, month_of, reciprocity_in_words
from relationships.giving import MOST_ROWS, Gift, gift_of, totals_by_side
from relationships.models import (
    Confirmation,
    Evidence,
    Tie,
)
from relationships.pages import tiequeries as queries
from relationships.pages.birthday import Birthday, birthday_of
from relationships.pages.facts import Fact, city_page_of, facts_of, host_of, web_address
from relationships.pages.maps import map_of
from relationships.pages.office import office_for
from relationships.pages.timeline import Entry, told
from sistercities.choicewords import choice_words
from sistercities.maps.picture import ArcMap
from sistercities.qr import QRCode, qr_code

MOST_OTHERS = 12
YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


@dataclass(frozen=True)
class Check:
    """One line of the evidence block: what is asked, and what is on record."""

    question: str
    answer: str = ""


@dataclass(frozen=True)
class Proof:
    """A source."""

    kind: str
    title: str
    url: str
    host: str
    date: str
    file_url: str = ""
    file_type: str = ""
    file_size: int = 0
    sha256: str = ""


@dataclass(frozen=True)
class Saying:
    """What one source or side says."""

    source: str
    url: str
    where: str
    by: str
    kind: str
    date: str
    taken_in: date


@dataclass(frozen=True)
class Other:
    """Another tie of one of the two cities."""

    name: str
    url: str
    status: str
    status_label: str


@dataclass
class SideOfTie:
    """One of the two cities with what belongs to it."""

    city: City
    url: str
    facts: list[Fact]
    committees: list[Committee] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)

    @property
    def more_others(self) -> int:
        """How many other ties are not listed here."""
        return max(0, len(self.others) - MOST_OTHERS)

    @property
    def first_others(self) -> list[Other]:
        """The other ties that are listed here."""
        return self.others[:MOST_OTHERS]


class TiePage:
    """Needs the tie with its cities and their regions; `language` is the reader's."""

    def __init__(self, tie: Tie, *, language: str, today: date) -> None:
        self.tie, self.language, self.today = tie, language, today
        self.first, self.second = tie.first, tie.second
        self.names = (tie.city_a.name, tie.city_b.name)
        self.events = queries.events.objects(tie=tie.pk)
        self.evidence = queries.evidence.objects(tie=tie.pk)
        self.answers = queries.answers.objects(tie=tie.pk)
        self.statements = queries.statements.objects(tie=tie.pk)
        self.exchanges = queries.exchanges.objects(tie=tie.pk)
        self.donations = queries.donations.objects(tie=tie.pk)
        self.office = office_for([self.first.country, self.second.country])
        self.sides = self._sides()

    @property
    def title(self) -> str:
        """ "Gómez Palacio and South El Monte"."""
        return _("%(first)s and %(second)s") % {
            "first": self.first.name,
            "second": self.second.name,
        }

    @property
    def has_demo(self) -> bool:
        """Whether some of its news is invented for the demo registry."""
        return any(one.is_demo for one in (*self.answers, *self.exchanges, *self.donations))

    @property
    def freshness(self) -> str:
        """Who confirmed it, and when."""
        return freshness(self.tie, self.answers, self.today)

    @property
    def reciprocity(self) -> str:
        """Which of the two cities says that it exists."""
        return reciprocity_in_words(self.tie, self.answers)

    @property
    def fields(self) -> list[str]:
        """Fields of cooperation, one by one."""
        return [name.strip() for name in self.tie.fields.split(",") if name.strip()]

    @property
    def birthday(self) -> Birthday | None:
        """The next one, while the tie is in force."""
        return birthday_of(self.tie, self.today)

    @cached_property
    def checks(self) -> list[Check]:
        """What a careful reader asks first."""
        return [
            Check(_("Signed agreement"), self._on_record("agreement", "signed")),
            Check(_("Approved by the council"), self._on_record("council_act", "council_approval")),
            Check(
                _("Registered at the ministry"), self._on_record("ministry_register", "registered")
            ),
            Check(_("Confirmed by both sides"), self._both_confirmed()),
        ]

    def _on_record(self, proof: str, event: str) -> str:
        """What there is: the date of the event and whether a document proves it."""
        steps = [one for one in self.events if one.kind == event]
        proofs = [one for one in self.evidence if one.kind == proof]
        if not steps and not proofs:
            return ""
        dated = next((one.date for one in [*steps, *proofs] if one.date), None)
        words = [dated.in_words()] if dated else []
        words.append(_("document on record") if proofs else _("by the word of its source"))
        return ", ".join(words)

    def _both_confirmed(self) -> str:
        latest = latest_answers(self.answers)
        alive = [one for one in latest.values() if one.answer == Confirmation.Answer.ALIVE]
        if len(alive) < 2:
            return ""
        words = [
            _("%(city)s, %(when)s")
            % {"city": city.name, "when": month_of(latest[side].answered_on)}
            for side, city in (("a", self.tie.city_a), ("b", self.tie.city_b))
        ]
        return "; ".join(words)

    @property
    def replies(self) -> list[tuple[str, str, date]]:
        """The last answer of each city: name, answer, day."""
        latest = latest_answers(self.answers)
        return [
            (city.name, latest[side].get_answer_display(), latest[side].answered_on)
            for side, city in (("a", self.tie.city_a), ("b", self.tie.city_b))
            if side in latest
        ]

    @property
    def proofs(self) -> Iterator[Proof]:
        """The sources, the strongest first."""
        order = [kind.value for kind in Evidence.Kind]
        for one in sorted(self.evidence, key=lambda one: (order.index(one.kind), one.pk)):
            url = web_address(one.url)
            yield Proof(
                kind=choice_words(Evidence.Kind)[one.kind],
                title=one.title,
                url=url,
                host=host_of(url) if url else "",
                date=one.date.in_words() if one.date else "",
                **_public_file(one),
            )

    @property
    def sayings(self) -> Iterator[Saying]:
        """What the lists and the two sides say, word for word where it matters."""
        for one in self.statements:
            url = web_address(one.source_ref)
            yield Saying(
                source=one.source,
                url=url,
                where="" if url else one.source_ref,
                by=dict(zip("ab", self.names, strict=True)).get(one.said_by, ""),
                kind=one.kind_text,
                date=one.date_text,
                taken_in=one.stated_at,
            )

    @cached_property
    def disagreeing_years(self) -> list[str]:
        """The years that the sources give, when they give different ones."""
        years = {found[0] for one in self.statements if (found := YEAR.findall(one.date_text))}
        return sorted(years) if len(years) > 1 else []

    @property
    def story(self) -> list[Entry]:
        """Events and exchanges as they came."""
        return told(self.events, self.exchanges[: queries.MOST_EXCHANGES])

    @property
    def has_older_exchanges(self) -> bool:
        """Whether the story leaves out the oldest exchanges."""
        return len(self.exchanges) > queries.MOST_EXCHANGES

    @property
    def giving(self) -> list[tuple[str, str]]:
        """ "From Gómez Palacio to South El Monte" and what went that way."""
        totals = totals_by_side(self.donations)
        ways = [("a", *self.names), ("b", *self.names[::-1])]
        return [
            (
                _("From %(giver)s to %(taker)s") % {"giver": giver, "taker": taker},
                totals[side].in_words,
            )
            for side, giver, taker in ways
            if totals[side]
        ]

    @property
    def gifts(self) -> list[Gift]:
        """The newest donations, one by one."""
        return [gift_of(one, self.names) for one in self.donations[:MOST_ROWS]]

    @property
    def older_gifts(self) -> int:
        """How many donations are in the totals only."""
        return max(0, len(self.donations) - MOST_ROWS)

    @property
    def map(self) -> ArcMap | None:
        """The one line between the two cities."""
        a, b = self.first, self.second
        line = (a.name, a.latitude, a.longitude, b.name, b.latitude, b.longitude, True)
        return map_of([line], self.language)

    @property
    def report_url(self) -> str:
        """Where visitors say what is wrong here."""
        return tie_report(self.tie.slug)

    @property
    def short_address(self) -> str:
        """Permanent, for print."""
        return short_tie(self.tie.pk)

    @property
    def qr(self) -> QRCode:
        """The short address as a code, for print."""
        return qr_code(self.short_address)

    def _sides(self) -> list[SideOfTie]:
        """Both cities in the order of the tie's name, in two queries."""
        sides = {
            city.pk: SideOfTie(city, city_page_of(city), facts_of(city))
            for city in (self.first, self.second)
        }
        self._add_committees(sides)
        self._add_others(sides)
        return list(sides.values())

    def _add_committees(self, sides: dict[int, SideOfTie]) -> None:
        """Those of the two cities but for those made for another single tie; and this tie's own,
        on the side of their city or else on both."""
        homes: dict[int, set[int]] = {}
        committees: dict[int, Committee] = {}
        one, two = sides
        for link in queries.committees.objects(tie=self.tie.pk, one=one, two=two):
            committee = link.committee
            if link.only_tie in (None, self.tie.pk):
                committees[committee.pk] = committee
                homes.setdefault(committee.pk, set()).update({link.city_id} & sides.keys())
        for pk, committee in committees.items():
            committee.url = page_of("public:committee", committee.slug, self.language)
            for city in homes[pk] or sides:
                sides[city].committees.append(committee)

    def _add_others(self, sides: dict[int, SideOfTie]) -> None:
        """The other published ties of each city, in force first, then by name."""
        labels = {value: str(label) for value, label in Tie.Status.choices}
        order = {
            status: number
            for number, status in enumerate(
                ("active", "unconfirmed", "proposed", "dormant", "ended")
            )
        }
        found: dict[int, list] = {pk: [] for pk in sides}
        one, two = sides
        for tie in queries.others.dicts(one=one, two=two):
            for own, other in (("a", "b"), ("b", "a")):
                if tie["pk"] != self.tie.pk and (pk := tie[f"city_{own}_id"]) in sides:
                    partner = f"city_{other}__"
                    key = (order[tie["status"]], tie[f"{partner}sort_name"], tie["pk"])
                    found[pk].append((key, tie[f"{partner}name"], tie["slug"], tie["status"]))
        for pk, ties in found.items():
            sides[pk].others = [
                Other(name, tie_page(slug, self.language), status, labels[status])
                for _key, name, slug, status in sorted(ties)
            ]


def _public_file(proof: Evidence) -> dict:
    """Where everyone may fetch the file, its kind, size and fingerprint; {} of a private one."""
    if not (proof.file and proof.is_public):
        return {}
    return {
        "file_url": reverse("public:evidence-file", args=[proof.pk]),
        "file_type": PurePath(proof.file.name).suffix.removeprefix(".").upper(),
        "file_size": proof.file_size,
        "sha256": proof.sha256,
    }
