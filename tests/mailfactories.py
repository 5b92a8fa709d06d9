"""Rows of the outbox, of the yearly inquiry and of conversations; as tests/factories.py."""

import datetime

import factory

from committees.models import Message, Thread
from relationships.models import Correction, Inquiry, SideContact
from sistercities.models import Mailing, OutgoingMail
from tests.factories import CommitteeFactory, Saved, TieFactory, UserFactory


class OutgoingMailFactory(Saved):
    """A mail that answers an act of its reader; `refusable=True` is one that they may refuse."""

    class Meta:
        model = OutgoingMail

    purpose = "test"
    about = factory.Sequence(lambda n: f"thing-{n}")
    to = factory.Sequence(lambda n: f"reader{n}@example.org")
    person_key = factory.SelfAttribute("to")
    language = "es"
    subject = factory.Sequence(lambda n: f"Asunto {n}")
    text = "Hola.\n"

    class Params:
        refusable = factory.Trait(unsubscribe="campaign")


class MailingFactory(Saved):
    """A letter of the office to one committee."""

    class Meta:
        model = Mailing

    subject_es, text_es = "Convención", "Vengan."
    subject_en, text_en = "Convention", "Please come."
    source = "committees.committee"
    filters = "country=MX"
    rows = mails = 1
    by = factory.SubFactory(UserFactory, staff=True)


class InquiryFactory(Saved):
    """Asked today for the first time, in Spanish, about the first city."""

    class Meta:
        model = Inquiry

    tie = factory.SubFactory(TieFactory)
    side = "a"
    year = factory.LazyFunction(lambda: datetime.date.today().year)
    to = factory.Sequence(lambda n: f"asked{n}@example.org")
    language = "es"
    first_on = factory.LazyFunction(datetime.date.today)
    last_on = factory.SelfAttribute("first_on")


class SideContactFactory(Saved):
    class Meta:
        model = SideContact

    tie = factory.SubFactory(TieFactory)
    side = "b"
    email = factory.Sequence(lambda n: f"city{n}@example.org")
    given_by = "The committee of the other side, 2026"
    decision = SideContact.Decision.APPROVED


class CorrectionFactory(Saved):
    class Meta:
        model = Correction

    tie = factory.SubFactory(TieFactory)
    side = "a"
    kind = Correction.Kind.CHANGED
    text = "El presidente es otro."


class ThreadFactory(Saved):
    """A visitor's conversation without a message yet."""

    class Meta:
        model = Thread

    committee = factory.SubFactory(CommitteeFactory)
    name = factory.Sequence(lambda n: f"Visitante {n}")
    email = factory.Sequence(lambda n: f"visitor{n}@example.org")
    language = "es"


class MessageFactory(Saved):
    class Meta:
        model = Message

    thread = factory.SubFactory(ThreadFactory)
    by_visitor = True
    text = "¿Cuándo se reúnen?"
