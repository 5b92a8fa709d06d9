"""Somebody invented who was entered twice: something for the queue of probable duplicates."""

from datetime import date

from committees.models import Committee, Membership, Person
from relationships.demo.record import Record
from sistercities.merging import kinds
from sistercities.merging.suspecting import suspect

NAME = "Pete Placeholder (demo)"
ADDRESS = "pete.placeholder@demo.example"


def load_doubles(record: Record, committees: dict[str, Committee]) -> None:
    """Once: whoever was merged stays merged."""
    if Person.objects.filter(email=ADDRESS).exists():
        return
    person = record.save(Person(name=NAME, email=ADDRESS, phone="+1 626 555 0100", is_demo=True))
    committee = committees["south-el-monte"]
    record.save(Membership(person=person, committee=committee, since=date(2024, 3, 1)))
    for kind in kinds.everything():
        suspect(kind)
