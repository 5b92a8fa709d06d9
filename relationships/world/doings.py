"""Exchanges and donations of the invented world."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

from relationships.models import Donation, Exchange
from relationships.world.places import REASON
from sistercities.folding import fold
from sistercities.models import Address
from sistercities.models.address import slug_of
from sistercities.pouring import new_keys, pour, pour_with_history

TITLES = {
    "youth_education": ("Visita estudiantil", "Student visit"),
    "arts_culture": ("Concierto de las bandas municipales", "Concert of the city bands"),
    "sports": ("Torneo juvenil de futbol", "Youth football tournament"),
    "crafts": ("Muestra de artesanías", "Crafts show"),
    "tourism": ("Viaje de ciudadanos", "Citizens' tour"),
    "commerce": ("Misión comercial", "Trade mission"),
    "professional": ("Capacitación de bomberos", "Training of firefighters"),
    "municipal": ("Visita de los cabildos", "Visit of the councils"),
    "health": ("Jornada médica", "Medical mission"),
    "environment": ("Reforestación conjunta", "Tree planting together"),
    "humanitarian": ("Acopio de ayuda", "Collection of aid"),
}
GIFTS = (
    ("vehicle", "Una ambulancia", "An ambulance"),
    ("vehicle", "Un camión de bomberos", "A fire engine"),
    ("equipment", "Equipo médico", "Medical equipment"),
    ("goods", "Libros y ropa", "Books and clothes"),
    ("service", "Curso de rescate", "Rescue course"),
    ("scholarship", "Dos becas", "Two scholarships"),
)
CURRENCIES = {"USD": 60, "MXN": 30, "EUR": 10}


class Doings:
    """What the cities of a batch of ties did together; as much for each tie in any world."""

    def __init__(self, random: Random, today: date) -> None:
        self.random, self.today = random, today

    def make(self, ties: Sequence[tuple[int, int]]) -> int:
        """Write exchanges and donations for (tie, year of signature); how many exchanges."""
        held = [
            (tie, signed)
            for tie, signed in ties
            for _ in range(self._one({0: 80, 1: 10, 2: 5, 4: 4, 12: 1}))
        ]
        given = [
            (tie, signed)
            for tie, signed in ties
            for _ in range(self._one({0: 90, 1: 6, 2: 3, 5: 1}))
        ]
        self._exchanges(held)
        self._donations(given)
        return len(held)

    def _one(self, weighted: dict):
        return self.random.choices(list(weighted), list(weighted.values()))[0]

    def _day(self, signed: int) -> str:
        year = self.random.randint(min(signed, self.today.year - 1), self.today.year - 1)
        month, day = self.random.randint(1, 12), self.random.randint(1, 27)
        chance = self.random.random()
        return f"{year}" if chance < 0.2 else f"{year}-{month:02}-{day:02}"

    def _exchanges(self, held: list[tuple[int, int]]) -> None:
        rows, addresses = [], []
        for key, (tie, signed) in zip(new_keys(Exchange, len(held)), held, strict=True):
            theme = self.random.choice(list(TITLES))
            es, en = TITLES[theme]
            begins = self._day(signed)
            slug = f"{begins[:4]}-{slug_of(es)}-{key}"
            cost = currency = None
            if self.random.random() < 0.3:
                cost, currency = Decimal(self.random.randint(5, 400) * 100), self._one(CURRENCIES)
            review = self._one({"published": 95, "submitted": 3, "draft": 2})
            rows.append(
                (
                    *(key, tie, es, es, en, slug, theme, fold(es)),
                    self._one({"both": 40, "a_to_b": 25, "b_to_a": 25, "online": 10}),
                    *(begins, self.random.randint(2, 40), self.random.randint(2, 60)),
                    *(cost, currency or "", review, True),
                )
            )
            addresses.append(("exchange", slug, key))
        columns = ("id", "tie_id", "title", "title_es", "title_en", "slug", "theme", "sort_name")
        columns += ("direction", "begins", "travellers", "hosts")
        columns += ("cost", "currency", "review", "is_demo")
        pour_with_history(Exchange, columns, rows, reason=REASON)
        pour(Address, ("subject", "slug", "object_id"), addresses)

    def _donations(self, given: list[tuple[int, int]]) -> None:
        rows = []
        for key, (tie, signed) in zip(new_keys(Donation, len(given)), given, strict=True):
            amount, currency = Decimal(self.random.randint(2, 300) * 50), self._one(CURRENCIES)
            if self.random.random() < 0.4:
                kind, es, en = "money", "", ""
            else:
                kind, es, en = self.random.choice(GIFTS)
                if self.random.random() < 0.7:
                    amount, currency = None, ""
            day = date(self.today.year, 1, 1) if self.random.random() < 0.6 else None
            rows.append(
                (
                    *(key, tie, kind, self.random.choice("ab"), self._day(signed)),
                    *(amount, currency, es, es, en, day, "published", True),
                )
            )
        columns = ("id", "tie_id", "kind", "given_by", "date", "amount", "currency")
        columns += ("description", "description_es", "description_en")
        columns += ("acknowledged_on", "review", "is_demo")
        pour_with_history(Donation, columns, rows, reason=REASON)
