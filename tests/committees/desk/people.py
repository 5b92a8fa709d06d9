"""People of the desk's tests: somebody logged in, with a role, at a committee."""

import datetime

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sistercities.editing.once import new_nonce
from tests.factories import (
    CommitteeFactory,
    OfficeFactory,
    OfficeTermFactory,
    PersonFactory,
    UserFactory,
)


class Desk:
    """A committee, and somebody with a role who visits its desk."""

    def __init__(self, role: str = "coordinator", committee=None) -> None:
        self.committee = committee or CommitteeFactory()
        self.person = PersonFactory(user=UserFactory())
        self.user = self.person.user
        self.term = OfficeTermFactory(
            office=OfficeFactory(role=role),
            person=self.person,
            committee=self.committee,
            begins=timezone.localdate() - datetime.timedelta(days=300),
        )
        self.client = Client()
        self.client.force_login(self.user)

    def url(self, name: str, *numbers) -> str:
        return reverse(f"desk:{name}", args=[self.committee.slug, *numbers])

    def get(self, name: str, /, *numbers, **query):
        return self.client.get(self.url(name, *numbers), query)

    def post(self, name: str, /, *numbers, **data):
        """A form sent as the page made it: with its nonce, and its version where it has one."""
        url = self.url(name, *numbers)
        shown = self.client.get(url)
        version = (shown.context or {}).get("version") if shown.status_code == 200 else None
        sent = {"_nonce": new_nonce()} | ({"_version": version} if version else {}) | data
        return self.client.post(url, sent)


def errors_of(response) -> str:
    """What a refused form says."""
    assert response.status_code == 200, response.status_code
    form = response.context["form"]
    return " ".join(str(text) for texts in form.errors.values() for text in texts)
