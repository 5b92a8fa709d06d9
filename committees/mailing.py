"""Who reads mail for committees and people, for a letter of the office to many."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils import timezone

from committees.models import Committee, Membership, OfficeTerm, Person
from committees.recipients import Recipient, address_of_person, language_of, recipients_of
from sistercities.bulk import batches
from sistercities.mailing import Row

AT_ONCE = 2000


def readers_of_committees(committees: QuerySet[Committee]) -> Iterator[Row]:
    """The coordinators of today, or else the public address."""
    for batch in batches(committees.iterator(AT_ONCE), AT_ONCE):
        readers = recipients_of(batch)
        for committee in batch:
            yield Row(committee.name, readers[committee.pk])


def readers_of_people(people: QuerySet[Person]) -> Iterator[Row]:
    """Everybody themselves, at their login's address or their own; nobody who was erased."""
    for batch in batches(people.select_related("user").iterator(AT_ONCE), AT_ONCE):
        countries = _countries([person.pk for person in batch])
        for person in batch:
            address = "" if person.erased_at else address_of_person(person)
            language = language_of(countries.get(person.pk, "MX"))
            reader = Recipient(address, language, f"person-{person.pk}")
            yield Row(person.name, [reader] if address else [])


def _countries(people: list[int]) -> dict[int, str]:
    """The country of a committee in which each of them holds an office or is a member."""
    today = timezone.localdate()
    found: dict[int, str] = {}
    for rows in (
        Membership.objects.current(today),
        OfficeTerm.objects.filter(Q(ends=None) | Q(ends__gte=today)),
    ):
        rows = rows.filter(person__in=people).order_by("pk")
        found |= dict(rows.values_list("person", "committee__country"))
    return found
