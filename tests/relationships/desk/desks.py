"""A desk for the tests: a committee, its sister's, and people with roles at them."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from relationships.deriving import derive
from relationships.models import Tie
from tests import factories as make

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def pdf(name: str = "acuerdo.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def login(role: str, committee, name: str = "Ana") -> Client:
    """A browser of somebody in office."""
    person = make.PersonFactory(name=name, user=make.UserFactory(name=name))
    make.OfficeTermFactory(
        office=make.OfficeFactory(role=role),
        person=person,
        committee=committee,
        begins=timezone.localdate() - datetime.timedelta(days=300),
    )
    client = Client()
    client.force_login(person.user)
    client.user = person.user
    return client


def signed_tie(ours, theirs, **more) -> Tie:
    tie = make.TieFactory(city_a=ours, city_b=theirs, **more)
    make.TieEventFactory(tie=tie, kind="signed", date="1969-05-14")
    derive([tie.pk])
    return Tie.objects.with_cities().get(pk=tie.pk)


def at(name: str, committee, *args, language: str = "en") -> str:
    """The address of a page of the desk."""
    with override(language):
        return reverse(f"desk:{name}", args=[committee.slug, *args])
