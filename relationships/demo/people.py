"""Committees at every level and the invented people on their boards."""

from datetime import date

from django.utils.translation import override

from committees.models import (
    City,
    Committee,
    CommitteeCity,
    Consent,
    Membership,
    Office,
    OfficeTerm,
    Person,
)
from committees.people.consents import give
from committees.recipients import language_of
from relationships.demo.files import bilingual, partial, rows, tables
from relationships.demo.record import Record

TEXTS = ("about", "mission", "meetings", "contact_role")
PLAIN = ("name", "short_name", "level", "state", "country", "public_email", "public_phone")


def load_committees(record: Record, cities: dict[str, City]) -> dict[str, Committee]:
    """All committees of the demo by key; a parent stands in the file before its members."""
    committees: dict[str, Committee] = {}
    for table in tables("committees"):
        committee = Committee.objects.filter(name=table["name"], level=table["level"]).first()
        if committee is None:
            committee = record.save(
                Committee(
                    **{name: table[name] for name in PLAIN if name in table},
                    **bilingual(table, *TEXTS),
                    colour=table["colour"],
                    founded=partial(table.get("founded")),
                    parent=committees.get(table.get("parent", "")),
                    is_demo=table["is_demo"],
                    review=Committee.Review.PUBLISHED,
                )
            )
            for city in table.get("cities", ()):
                record.save(
                    CommitteeCity(committee=committee, city=cities[city], since=committee.founded)
                )
        committees[table["key"]] = committee
    return committees


def load_people(record: Record, committees: dict[str, Committee]) -> None:
    """Invented people, the offices, who holds which, and their memberships."""
    people = {row["key"]: person_of(record, row) for row in rows("people")}
    shown = {row["key"] for row in rows("people") if row["public_name"] == "yes"}
    offices = load_offices(record)
    held = OfficeTerm.objects.filter(committee__in=committees.values())
    known = set(held.values_list("office_id", "committee_id", "person_id", "begins"))
    members = Membership.objects.filter(committee__in=committees.values())
    joined = set(members.values_list("person_id", "committee_id"))
    for row in rows("terms"):
        office, committee = offices[row["office"]], committees[row["committee"]]
        person, begins = people[row["person"]], date.fromisoformat(row["begins"])
        if (office.pk, committee.pk, person.pk, begins) not in known:
            ends = date.fromisoformat(row["ends"]) if row["ends"] else None
            term = OfficeTerm(office=office, committee=committee, person=person, begins=begins)
            term.ends = ends
            record.save(term)
        if (person.pk, committee.pk) not in joined:
            joined.add((person.pk, committee.pk))
            record.save(Membership(person=person, committee=committee, since=begins))
            if row["person"] in shown:
                with override(language_of(committee.country)):
                    give(person, committee, Consent.What.NAME, by=None, on=date(2025, 1, 15))


def person_of(record: Record, row: dict[str, str]) -> Person:
    """An invented person: marked as demo, and by the name itself."""
    known = Person.objects.standing().filter(name=row["name"], is_demo=True).order_by("pk").first()
    return known or record.save(Person(name=row["name"], email=row["email"], is_demo=True))


def load_offices(record: Record) -> dict[str, Office]:
    """The offices of a board, by code."""
    offices = {office.code: office for office in Office.objects.all()}
    for row in rows("offices"):
        if row["code"] not in offices:
            offices[row["code"]] = record.save(
                Office(
                    code=row["code"],
                    role=row["role"],
                    is_exclusive=row["exclusive"] == "yes",
                    rank=int(row["rank"]),
                    **bilingual(row, "name"),
                )
            )
    return offices
