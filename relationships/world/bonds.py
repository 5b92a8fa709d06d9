"""The ties of the invented world and what proves them: events, statements, evidence, answers."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from json import dumps
from random import Random

from relationships.models import Confirmation, Evidence, Statement, Tie, TieEvent
from relationships.world.places import REASON
from sistercities.pouring import new_keys, pour_with_history

Kind = TieEvent.Kind
SOURCES = (
    ("Invented list A", "a"),
    ("Invented list B", "b"),
    ("Invented register", ""),
)
FIELDS = (
    ("", ""),
    ("", ""),
    ("juventud, arte", "youth, arts"),
    ("comercio, turismo", "commerce, tourism"),
    ("educación, salud, deporte", "education, health, sports"),
)
SUMMARIES = (
    ("Nació del intercambio de dos escuelas.", "It grew out of an exchange of two schools."),
    ("Une a dos puertos con historia común.", "It joins two ports with a shared past."),
    ("Empezó con una visita de bomberos.", "It began with a visit of firefighters."),
)
DATE_TEXTS = ("circa {}", "{}", "{} (?)", "unknown")


class Bonds:
    """Rows of one batch of ties."""

    def __init__(self, random: Random, seed: int, today: date) -> None:
        self.random, self.seed, self.today = random, seed, today

    def make(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Write ties with all that hangs on them; (key, year of signature) of the public ones."""
        keys = new_keys(Tie, len(pairs))
        ties, events, said, proofs, answers, public = [], [], [], [], [], []
        for key, (a, b) in zip(keys, pairs, strict=True):
            row, review = self._tie(key, a, b)
            ties.append(row)
            signed = self._year()
            events += self._events(key, signed)
            said += self._statements(key, signed)
            proofs += self._evidence(key, signed)
            answers += self._answers(key, signed)
            if review == Tie.Review.PUBLISHED.value:
                public.append((key, signed))
        columns = ("id", "city_a_id", "city_b_id", "kind", "review", "fields_es", "fields_en")
        columns += ("summary_es", "summary_en", "vitality_override", "override_reason")
        pour_with_history(Tie, columns, ties, reason=REASON)
        self._pour(TieEvent, ("tie_id", "kind", "date", "place"), events)
        columns = ("tie_id", "source", "said_by", "kind_text", "date_text", "verbatim")
        self._pour(Statement, (*columns, "fingerprint"), said)
        self._pour(Evidence, ("tie_id", "kind", "title", "url", "date", "is_public"), proofs)
        self._pour(Confirmation, ("tie_id", "side", "answer", "answered_on", "is_demo"), answers)
        return public

    def _pour(self, model, columns: tuple[str, ...], rows: list[tuple]) -> None:
        keys = new_keys(model, len(rows))
        keyed = [(key, *row) for key, row in zip(keys, rows, strict=True)]
        pour_with_history(model, ("id", *columns), keyed, reason=REASON)

    def _one(self, weighted: dict):
        return self.random.choices(list(weighted), list(weighted.values()))[0]

    def _tie(self, key: int, a: int, b: int) -> tuple[tuple, str]:
        kind = self._one(
            {"sister_city": 84, "friendship_city": 9, "project": 3, "contact": 2, "other": 2}
        )
        review = self._one({"published": 970, "draft": 15, "submitted": 10, "rejected": 5})
        es, en = self.random.choice(SUMMARIES) if self.random.random() < 0.25 else ("", "")
        override = ("emeritus", "One of the oldest") if self.random.random() < 0.01 else ("", "")
        fields = self.random.choice(FIELDS)
        return (key, a, b, kind, review, *fields, es, en, *override), review

    def _year(self) -> int:
        return int(self.random.triangular(1950, self.today.year + 0.9, 1998))

    def _date(self, year: int) -> str:
        """A date of that year as exact as lists give them."""
        chance = self.random.random()
        if year >= self.today.year or chance < 0.45:
            return f"{min(year, self.today.year)}"
        month = self.random.randint(1, 12)
        if chance < 0.6:
            return f"{year}-{month:02}"
        if chance < 0.65:
            return f"{year}~"
        return f"{year}-{month:02}-{self.random.randint(1, 28):02}"

    def _later(self, year: int, most: int) -> int | None:
        """A later year, or None when that is still to come."""
        later = year + self.random.randint(1, most)
        return later if later < self.today.year else None

    def _events(self, key: int, signed: int) -> list[tuple]:
        chance = self.random.random
        if chance() < 0.03:
            return [(key, Kind.CONTACT.value, self._date(signed), "")]
        events = []
        if chance() < 0.2:
            events.append((key, Kind.CONTACT.value, self._date(signed - 2), ""))
        if chance() < 0.2:
            events.append((key, Kind.COUNCIL_APPROVAL.value, self._date(signed - 1), ""))
        when = None if chance() < 0.12 else self._date(signed)
        place = "Palacio Municipal" if chance() < 0.2 else ""
        events.append((key, Kind.SIGNED.value, when, place))
        if chance() < 0.1 and (year := self._later(signed, 3)):
            events.append((key, Kind.REGISTERED.value, self._date(year), ""))
        if chance() < 0.12 and (year := self._later(signed, 30)):
            events.append((key, Kind.RENEWED.value, self._date(year), ""))
        if chance() < 0.06 and (year := self._later(signed, 40)):
            last = Kind.ENDED if chance() < 0.8 else Kind.SUSPENDED
            events.append((key, last.value, self._date(year), ""))
        return events

    def _statements(self, key: int, signed: int) -> list[tuple]:
        rows = []
        for source, side in self.random.sample(SOURCES, self._one({1: 55, 2: 35, 3: 10})):
            text = self.random.choice(DATE_TEXTS).format(signed)
            verbatim = {"row": key, "since": text}
            mark = dumps([REASON, self.seed, source, key])
            fingerprint = sha256(mark.encode()).hexdigest()
            rows.append((key, source, side, "Sister City", text, verbatim, fingerprint))
        return rows

    def _evidence(self, key: int, signed: int) -> list[tuple]:
        rows = []
        for _ in range(self._one({0: 55, 1: 35, 2: 10})):
            kind = self._one({"dataset": 50, "press": 25, "council_act": 15, "agreement": 10})
            url = f"https://example.org/{kind}/{key}" if kind in ("dataset", "press") else ""
            rows.append((key, kind, f"Invented source {key}", url, self._date(signed), True))
        return rows

    def _answers(self, key: int, signed: int) -> list[tuple]:
        rows = []
        for side in self._one({"": 70, "a": 10, "b": 8, "ab": 12}):
            day = self.today - timedelta(days=self.random.randint(0, 5 * 365))
            answer = self._one({"alive": 88, "dormant": 8, "ended": 2, "unknown_to_us": 2})
            rows.append((key, side, answer, day, True))
        return rows
