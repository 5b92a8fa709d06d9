"""Committees of the invented world and the people in them, all marked as invented."""

from datetime import date, timedelta
from random import Random

from django.db import transaction

from committees.models import (
    Committee,
    CommitteeCity,
    Consent,
    Membership,
    Office,
    OfficeTerm,
    Person,
)
from relationships.world.places import REASON, Land
from sistercities.folding import fold
from sistercities.models import Address
from sistercities.models.address import slug_of
from sistercities.pouring import new_keys, pour, pour_with_history

AT_ONCE = 1000
CITIES_PER_COMMITTEE = 40
GIVEN = "Alma Bruno Clara Darío Elena Fabio Gala Hugo Inés Julio Karla Luis Marta Noé Olga".split()
FAMILY = "Arce Bravo Cano Duarte Estrada Fuentes Godoy Huerta Islas Juárez Lara Mena Nava".split()
OFFICES = (
    ("president", "Presidencia", "President", Office.Role.COORDINATOR, 10),
    ("secretary", "Secretaría", "Secretary", Office.Role.EDITOR, 30),
    ("treasurer", "Tesorería", "Treasurer", Office.Role.VIEWER, 40),
)


def make_bodies(lands: list[Land], random: Random, today: date) -> list[int]:
    """National associations, a local committee for one city in forty, their people; the keys."""
    bodies = _Bodies(random, today)
    cities = sum(len(land.keys) for land in lands)
    wanted = max(2, cities // CITIES_PER_COMMITTEE)
    offices = _offices()
    home = [land for land in lands if land.country.code in ("MX", "US")] or lands
    heads, local = [], []
    for land in home:
        code = land.country.code
        name = f"Asociación Inventada de Ciudades Hermanas ({code})"
        heads.append((name, "national", code, None, []))
    for at in range(wanted):
        land = home[at % len(home)]
        rank = int(len(land.keys) * random.random() ** 2)
        if land.country.style == "en":
            name = f"{land.names[rank]} Sister Cities Committee"
        else:
            name = f"Comité de Ciudades Hermanas de {land.names[rank]}"
        cities_of = {land.keys[rank], *([land.keys[-1]] if random.random() < 0.03 else [])}
        local.append((name, "local", land.country.code, at % len(home), sorted(cities_of)))
    with transaction.atomic():
        keys = bodies.make(heads, [], offices)
    for at in range(0, len(local), AT_ONCE):
        with transaction.atomic():
            keys += bodies.make(local[at : at + AT_ONCE], keys[: len(heads)], offices)
    return keys


def _offices() -> list[Office]:
    """The three offices of every board; those that the registry has already stay as they are."""
    found = []
    for code, es, en, role, rank in OFFICES:
        names = {"name_es": es, "name_en": en, "role": role, "rank": rank}
        found.append(Office.objects.get_or_create(code=code, defaults=names)[0])
    return found


class _Bodies:
    """Writes committees with their cities, people, memberships and terms."""

    def __init__(self, random: Random, today: date) -> None:
        self.random, self.today = random, today
        taken = Address.objects.filter(subject="committee").values_list("slug", flat=True)
        self.taken = set(taken)

    def make(self, wanted: list[tuple], heads: list[int], offices: list[Office]) -> list[int]:
        """`wanted`: name, level, country, index of the association above, keys of cities."""
        keys = list(new_keys(Committee, len(wanted)))
        rows, addresses, links = [], [], []
        for key, (name, level, country, head, cities) in zip(keys, wanted, strict=True):
            slug = self._slug(slug_of(name) or "committee")
            parent = heads[head] if head is not None else None
            founded = str(self.random.randint(1956, self.today.year - 1))
            rows.append(
                (
                    *(key, name, slug, level, country, parent, founded, fold(name)[:200]),
                    *(self.random.choice(Committee.Colour.values), "published", True),
                )
            )
            addresses.append(("committee", slug, key))
            links += [(key, city) for city in cities]
        columns = ("id", "name", "slug", "level", "country", "parent_id", "founded", "sort_name")
        columns += ("colour", "review", "is_demo")
        pour_with_history(Committee, columns, rows, reason=REASON)
        pour(Address, ("subject", "slug", "object_id"), addresses)
        self._pour(CommitteeCity, ("committee_id", "city_id"), links)
        self._people(keys, offices)
        return keys

    def _slug(self, wanted: str) -> str:
        slug, number = wanted[:150], 1
        while slug in self.taken:
            number += 1
            slug = f"{wanted[:150]}-{number}"
        self.taken.add(slug)
        return slug

    def _people(self, committees: list[int], offices: list[Office]) -> None:
        people = list(new_keys(Person, len(committees) * len(offices)))
        agreed = self.today - timedelta(days=400)
        rows, members, terms, named = [], [], [], []
        for at, person in enumerate(people):
            committee, office = committees[at // len(offices)], offices[at % len(offices)]
            name = " ".join(
                (self.random.choice(GIVEN), self.random.choice(FAMILY), self.random.choice(FAMILY))
            )
            public = self.random.random() < 0.5
            rows.append((person, name, fold(name), True))
            if public:
                named.append((person, committee, agreed))
            since = self.today - timedelta(days=self.random.randint(30, 3000))
            members.append((person, committee, since))
            terms.append((office.pk, committee, person, since, office.is_exclusive))
        columns = ("id", "name", "sort_name", "is_demo")
        pour_with_history(Person, columns, rows, reason=REASON)
        self._pour(Membership, ("person_id", "committee_id", "since"), members)
        columns = ("office_id", "committee_id", "person_id", "begins", "is_exclusive")
        self._pour(OfficeTerm, columns, terms)
        self._consents(named)

    def _consents(self, named: list[tuple]) -> None:
        Consent.objects.bulk_create(
            [
                Consent(
                    person_id=person,
                    committee_id=committee,
                    what=Consent.What.NAME,
                    wording_version="invented",
                    wording="Invented",
                    language="en",
                    given_on=agreed,
                )
                for person, committee, agreed in named
            ],
            batch_size=1000,
        )

    def _pour(self, model, columns: tuple[str, ...], rows: list[tuple]) -> None:
        keys = new_keys(model, len(rows))
        keyed = [(key, *row) for key, row in zip(keys, rows, strict=True)]
        pour_with_history(model, ("id", *columns), keyed, reason=REASON)
