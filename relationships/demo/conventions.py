"""Two past conventions, and one to come with its programme and the first who are registered."""

from datetime import date, time

from committees.models import City, Committee, Convention, Person, ProgrammeItem, Registration
from relationships.demo.files import bilingual, partial, rows, tables
from relationships.demo.record import Record


def load_conventions(
    record: Record, cities: dict[str, City], committees: dict[str, Committee]
) -> None:
    """Those that are missing, each with all that belongs to it."""
    people = {row["key"]: row["name"] for row in rows("people")}
    for table in tables("conventions"):
        if Convention.objects.filter(name_es=table["name_es"]).exists():
            continue
        until = table.get("registration_until")
        convention = record.save(
            Convention(
                **bilingual(table, "name", "summary"),
                city=cities.get(table.get("city", "")),
                place=table.get("place", ""),
                begins=partial(table["begins"]),
                ends=partial(table.get("ends")),
                registration_until=date.fromisoformat(until) if until else None,
                source=table.get("source", ""),
                is_demo=table["is_demo"],
                is_public=True,
            )
        )
        for line in table.get("programme", ()):
            record.save(_item(convention, line))
        for line in table.get("registrations", ()):
            person = Person.objects.get(name=people[line["person"]], is_demo=True)
            record.save(
                Registration(
                    convention=convention,
                    committee=committees[line["committee"]],
                    person=person,
                    name=person.name,
                    email=person.email,
                    capacity=line["capacity"],
                )
            )


def _item(convention: Convention, line: dict) -> ProgrammeItem:
    hours = {name: time.fromisoformat(line[name]) for name in ("begins", "ends") if name in line}
    return ProgrammeItem(
        convention=convention,
        day=date.fromisoformat(line["day"]),
        place=line.get("place", ""),
        **hours,
        **bilingual(line, "title", "text"),
    )
