"""Exchanges, donations and work programmes."""

from datetime import date
from decimal import Decimal

from committees.models import City, Committee
from relationships.demo.bonds import Bonds, side_of
from relationships.demo.files import bilingual, partial, rows, tables
from relationships.demo.record import Record
from relationships.models import Activity, Donation, Exchange, Programme

PEOPLE = ("travellers", "hosts", "youth", "volunteers")


def load_exchanges(record: Record, bonds: Bonds, cities: dict[str, City]) -> dict[str, Exchange]:
    """All exchanges of the demo by their Spanish title."""
    exchanges = {}
    for table in tables("exchanges"):
        tie, title = bonds[table["tie"]], table["title_es"]
        exchanges[title] = Exchange.objects.filter(tie=tie, title_es=title).first() or record.save(
            Exchange(
                tie=tie,
                theme=table["theme"],
                direction=_direction(table["direction"], tie, cities),
                begins=partial(table["begins"]),
                ends=partial(table.get("ends")),
                place=table.get("place", ""),
                **{name: table.get(name, 0) for name in PEOPLE},
                cost=Decimal(table["cost"]) if "cost" in table else None,
                currency=table.get("currency", ""),
                **bilingual(table, "title", "summary", "results"),
                entered_by=side_of(tie, cities[table["entered_by"]]),
                acknowledged_on=_day(table.get("acknowledged")),
                is_demo=table.get("is_demo", True),
                review=Exchange.Review.PUBLISHED,
            )
        )
    return exchanges


def _direction(text: str, tie, cities: dict[str, City]) -> str:
    """ "both", "online", or which side travelled to which from "city > city"."""
    if " > " not in text:
        return text
    traveller = side_of(tie, cities[text.partition(" > ")[0]])
    return Exchange.Direction.A_TO_B if traveller == "a" else Exchange.Direction.B_TO_A


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def load_donations(record: Record, bonds: Bonds, cities: dict[str, City]) -> None:
    """Help in money and in kind."""
    for row in rows("donations"):
        tie, given = bonds[row["tie"]], partial(row["date"])
        same = {"tie": tie, "kind": row["kind"], "description_es": row["description_es"]}
        if Donation.objects.filter(date=given, **same).exists():
            continue
        record.save(
            Donation(
                tie=tie,
                kind=row["kind"],
                given_by=side_of(tie, cities[row["given_by"]]),
                date=given,
                amount=Decimal(row["amount"]) if row["amount"] else None,
                currency=row["currency"],
                amount_is_estimate=bool(row["estimated_by"]),
                estimated_by=row["estimated_by"],
                quantity=row["quantity"],
                **bilingual(row, "description", "emergency"),
                acknowledged_on=_day(row["acknowledged"]),
                is_demo=row["demo"] == "yes",
                review=Donation.Review.PUBLISHED,
            )
        )


def load_programmes(
    record: Record,
    bonds: Bonds,
    committees: dict[str, Committee],
    exchanges: dict[str, Exchange],
) -> None:
    """Work programmes with their activities."""
    for table in tables("programmes"):
        tie = bonds[table["tie"]] if "tie" in table else None
        same = {"committee": committees[table["committee"]], "tie": tie, "year": table["year"]}
        if Programme.objects.filter(**same).exists():
            continue
        programme = record.save(Programme(**same, **bilingual(table, "summary"), is_demo=True))
        record.save_all(
            [
                Activity(
                    programme=programme,
                    **bilingual(line, "title"),
                    theme=line["theme"],
                    month=line["month"],
                    exchange=exchanges.get(line.get("exchange", "")),
                    is_done=line["done"],
                )
                for line in table["activities"]
            ]
        )
