"""Recording what people agreed to have shown, in which words, and taking it back."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from committees.models import Committee, Consent, Person

VERSION = "2026-1"
"""Of the texts below: a changed text needs a new number."""
What = Consent.What


def wording(what: str, committee: Committee) -> str:
    """What the person agrees to, in the language of the page."""
    texts = {
        What.NAME: _(
            "I agree that the public page of %(committee)s shows my name beside my office, for as "
            "long as I hold it. I may withdraw this at any time; the name then disappears at once."
        ),
        What.PHOTO: _(
            "I agree that the public page of %(committee)s shows photos on which I can be "
            "recognised. I may withdraw this at any time; the photos are then taken down."
        ),
        What.EMAIL: _(
            "I agree that the public page of %(committee)s shows my e-mail address, for as long as "
            "I hold my office. I may withdraw this at any time."
        ),
        What.PHONE: _(
            "I agree that the public page of %(committee)s shows my telephone number, for as long "
            "as I hold my office. I may withdraw this at any time."
        ),
    }
    return texts[what] % {"committee": committee.name}


def give(
    person: Person, committee: Committee, what: str, *, by, on: datetime.date | None = None
) -> Consent:
    """Record a consent in the words shown now; the one in force where there is one already."""
    with transaction.atomic():
        Person.objects.select_for_update(of=("self",)).get(pk=person.pk)  # two record one by one
        known = Consent.objects.for_committee(committee).in_force().filter(person=person, what=what)
        return known.first() or Consent.objects.create(
            person=person,
            committee=committee,
            what=what,
            wording_version=VERSION,
            wording=wording(what, committee),
            language=(get_language() or "es")[:2],
            given_on=on or timezone.localdate(),
            recorded_by=by,
        )


def withdraw(consent: Consent, *, by, on: datetime.date | None = None) -> Consent:
    """Take a consent back. Saving it moves the registry's version on: no page shows it again."""
    with transaction.atomic():
        consent = Consent.objects.select_for_update().get(pk=consent.pk)
        if consent.withdrawn_on is None:
            consent.withdrawn_on = max(on or timezone.localdate(), consent.given_on)
            consent.withdrawn_by = by
            consent.save(update_fields=["withdrawn_on", "withdrawn_by"])
    return consent
