"""Invented memberships of the two associations: a dues table, the dues of a year, payments, letters
of delegates, and a city that asks to join."""

import datetime
from decimal import Decimal

from committees.dues.charging import plan
from committees.models import (
    Affiliation,
    Application,
    Committee,
    Delegation,
    Dues,
    DuesRate,
    Payment,
    Person,
)
from relationships.demo.files import Row, rows
from relationships.demo.record import Record

NOTE = "Inventado para la demostración · Invented for the demo"
TABLE = (
    ("voting", 0, 1500),
    ("voting", 100_000, 3000),
    ("voting", 1_000_000, 5000),
    ("associate", 0, 1000),
    ("corporate", 0, 10_000),
)
"""Class, population from, pesos a year."""
REFERENCE = "SPEI (demo)"


def load_memberships(
    record: Record, committees: dict[str, Committee], today: datetime.date
) -> None:
    """All of it once: what is there stays, and no later year is charged."""
    if Affiliation.objects.exists():
        return
    for kind, population, amount in TABLE:
        record.save(
            DuesRate(
                kind=kind,
                population_from=population,
                amount=amount,
                currency="MXN",
                valid_from=today.year - 1,
            )
        )
    told: dict[int, Row] = {}
    for row in rows("memberships"):
        committee = committees[row["committee"]]
        since = datetime.date.fromisoformat(row["since"])
        told[committee.pk] = row
        record.save(
            Affiliation(
                committee=committee,
                association=committees[row["association"]],
                kind=row["kind"],
                since=since,
                accredited_on=since,
                note=NOTE,
            )
        )
        if row["delegate"]:
            record.save(_letter(committee, row["delegate"], today))
    for association in (committees["mexico"], committees["united-states"]):
        for charge in plan(association, today.year).charges:
            row = told[charge.affiliation.committee_id]
            _pay(record, charge, row["paid"], today.year)
    record.save(
        Application(
            city_name="Parral, Chihuahua",
            country="MX",
            name="Lorena Chávez (demo)",
            email="lorena@ciudades.example",
            why="La preparatoria intercambia cartas con una escuela de Texas desde hace tres años.",
            language="es",
            wording_version="demo",
        )
    )


def _letter(committee: Committee, key: str, today: datetime.date) -> Delegation:
    person = next(row for row in rows("people") if row["key"] == key)
    return Delegation(
        committee=committee,
        person=Person.objects.get(name=person["name"], is_demo=True),
        since=datetime.date(today.year, 1, 15),
    )


def _pay(record: Record, charge, paid: str, year: int) -> None:
    """The dues of a year, and what arrived of them."""
    dues = Dues(
        affiliation=charge.affiliation,
        year=year,
        amount=charge.rate.amount,
        currency=charge.rate.currency,
        due_on=charge.due_on,
        last_day=charge.last_day,
    )
    if paid == "waived":
        dues.waived_on, dues.waived_because = datetime.date(year, 1, 20), NOTE
    record.save(dues)
    if paid in ("all", "half"):
        amount = charge.rate.amount / (1 if paid == "all" else 2)
        record.save(
            Payment(
                dues=dues,
                amount=Decimal(amount),
                currency=charge.rate.currency,
                day=datetime.date(year, 1, 18),
                reference=REFERENCE,
            )
        )
