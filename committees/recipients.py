"""To whom mail for a committee goes: its coordinators of today, or else its public address."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from committees.models import Committee, Office, OfficeTerm
from committees.rights import NO_DESK, role_of
from sistercities.mail import queue

SPANISH = frozenset("AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE".split())


@dataclass(frozen=True)
class Recipient:
    """One reader. `person_key` names the person, whatever the address."""

    address: str
    language: str
    person_key: str

    def write(self, letter: tuple[str, str], *, purpose: str, about: str, **more) -> bool:
        """Put a letter (subject, text) for this reader into the outbox; whether it is new there.
        As `sistercities.mail.queue`."""
        subject, text = letter
        mail = queue(
            purpose=purpose,
            about=about,
            to=self.address,
            language=self.language,
            subject=subject,
            text=text,
            person_key=self.person_key,
            **more,
        )
        return mail is not None


def language_of(country: str) -> str:
    """The language in which we write to a country."""
    return "es" if country in SPANISH else "en"


def recipients_of(
    committees: Iterable[Committee], on: datetime.date | None = None
) -> dict[int, list[Recipient]]:
    """By committee; nobody for one that has neither a coordinator nor a public address."""
    committees = {one.pk: one for one in committees}
    on = on or timezone.localdate()
    terms = (
        OfficeTerm.objects.current(on)
        .filter(committee__in=committees, office__role=Office.Role.COORDINATOR)
        .select_related("person__user")
        .order_by("committee", "office__rank", "pk")
    )
    found: dict[int, dict[str, Recipient]] = defaultdict(dict)
    for term in terms:
        if address := address_of_person(term.person):
            language = language_of(committees[term.committee_id].country)
            reader = Recipient(address, language, f"person-{term.person_id}")
            found[term.committee_id].setdefault(address, reader)
    for pk, one in committees.items():
        address = one.public_email.strip().lower()
        if pk not in found and address:
            found[pk][address] = Recipient(address, language_of(one.country), address)
    return {pk: list(found[pk].values()) for pk in committees}


def readers_at_desk(
    committee: Committee, *, also=None, on: datetime.date | None = None, also_closed: bool = False
) -> list[Recipient]:
    """The coordinators who may log in at the desk of a committee today; and the user `also`, as
    long as that desk is open to them. Nobody at a public address, and nobody of a committee
    without a desk, unless `also_closed`."""
    if committee.review in NO_DESK and not also_closed:
        return []
    terms = OfficeTerm.objects.current(on or timezone.localdate()).filter(
        committee=committee, office__role=Office.Role.COORDINATOR, person__user__is_active=True
    )
    language = language_of(committee.country)
    found: dict[str, Recipient] = {}
    for term in terms.select_related("person__user").order_by("office__rank", "pk"):
        address = address_of_person(term.person)
        found.setdefault(address, Recipient(address, language, f"person-{term.person_id}"))
    if also is not None and role_of(also, committee, on):
        address = also.email.strip().lower()
        found.setdefault(address, Recipient(address, language, address))
    return list(found.values())


def address_of_person(person) -> str:
    """Where somebody in office reads mail: the address of their login, or else their own."""
    user = person.user
    address = user.email if user is not None and user.is_active else person.email
    return address.strip().lower()
