"""One row of every kind, valid and plain; a test names only what it is about.

Ties have their derived columns (slug, status, since …) after `derive`: call it once the events,
confirmations and exchanges of a test are there.
"""

import datetime
import hashlib

import factory
from factory.django import DjangoModelFactory, Password

from committees.models import (
    City,
    CityName,
    Committee,
    CommitteeCity,
    Consent,
    JoinRequest,
    Membership,
    Office,
    OfficeTerm,
    Person,
    Region,
)
from relationships.models import (
    Activity,
    Confirmation,
    Donation,
    ErrorReport,
    Evidence,
    Exchange,
    ImportBatch,
    ImportRow,
    Objection,
    Programme,
    Proposal,
    Statement,
    Tie,
    TieCommittee,
    TieEdit,
    TieEvent,
)
from sistercities.models import User
from sistercities.partialdates import PartialDate


class Saved(DjangoModelFactory):
    """Saved once; nothing is saved again after the related rows."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True


class UserFactory(Saved):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"user{n}@example.org")
    name = factory.Sequence(lambda n: f"User {n}")
    password = Password("long enough a password")

    class Params:
        staff = factory.Trait(is_staff=True, is_superuser=True)


class RegionFactory(Saved):
    class Meta:
        model = Region

    country = "MX"
    code = factory.Sequence(lambda n: f"MX-{n}")
    name = factory.Sequence(lambda n: f"State {n}")
    abbreviation = factory.Sequence(lambda n: f"S{n}")


class CityFactory(Saved):
    """A city of Mexico without a state; `american=True` puts it in the United States."""

    class Meta:
        model = City

    name = factory.Sequence(lambda n: f"Ciudad {n}")
    country = "MX"
    latitude = factory.Sequence(lambda n: round(16 + n * 0.37 % 14, 4))
    longitude = factory.Sequence(lambda n: round(-110 + n * 0.73 % 20, 4))
    is_listed = True

    class Params:
        american = factory.Trait(
            name=factory.Sequence(lambda n: f"Town {n}"),
            country="US",
            latitude=factory.Sequence(lambda n: round(30 + n * 0.31 % 15, 4)),
        )


class CityNameFactory(Saved):
    class Meta:
        model = CityName

    city = factory.SubFactory(CityFactory)
    name = factory.Sequence(lambda n: f"Alias {n}")


class CommitteeFactory(Saved):
    class Meta:
        model = Committee

    name = factory.Sequence(lambda n: f"Comité número {n}")
    country = "MX"
    review = Committee.Review.PUBLISHED

    @factory.post_generation
    def cities(self, create, cities, **kwargs):
        """`CommitteeFactory(cities=[one, two])` serves both."""
        for city in cities or []:
            CommitteeCityFactory(committee=self, city=city)


class CommitteeCityFactory(Saved):
    class Meta:
        model = CommitteeCity

    committee = factory.SubFactory(CommitteeFactory)
    city = factory.SubFactory(CityFactory)


class PersonFactory(Saved):
    """A private person; see ConsentFactory for one who agreed to be named."""

    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Persona Privada {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")


class MembershipFactory(Saved):
    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    committee = factory.SubFactory(CommitteeFactory)
    since = datetime.date(2020, 1, 1)


class ConsentFactory(Saved):
    """To be named on the board, in force."""

    class Meta:
        model = Consent

    person = factory.SubFactory(PersonFactory)
    committee = factory.SubFactory(CommitteeFactory)
    what = Consent.What.NAME
    wording_version = "2026-1"
    wording = "I agree."
    language = "en"
    given_on = datetime.date(2024, 1, 15)


class JoinRequestFactory(Saved):
    class Meta:
        model = JoinRequest

    committee = factory.SubFactory(CommitteeFactory)
    name = factory.Sequence(lambda n: f"Persona Interesada {n}")
    email = factory.Sequence(lambda n: f"wants{n}@example.org")
    why = "Quiero ayudar."
    language = "es"
    wording_version = "2026-1"


class OfficeFactory(Saved):
    class Meta:
        model = Office

    code = factory.Sequence(lambda n: f"office-{n}")
    name_es = factory.Sequence(lambda n: f"Cargo {n}")
    name_en = factory.Sequence(lambda n: f"Office {n}")


class OfficeTermFactory(Saved):
    """A term that began long ago and still runs."""

    class Meta:
        model = OfficeTerm

    office = factory.SubFactory(OfficeFactory)
    committee = factory.SubFactory(CommitteeFactory)
    person = factory.SubFactory(PersonFactory)
    begins = datetime.date(2020, 1, 1)


class TieFactory(Saved):
    """A published tie of a Mexican and an American city, without events."""

    class Meta:
        model = Tie

    city_a = factory.SubFactory(CityFactory)
    city_b = factory.SubFactory(CityFactory, american=True)
    review = Tie.Review.PUBLISHED


class TieCommitteeFactory(Saved):
    class Meta:
        model = TieCommittee

    committee = factory.SubFactory(CommitteeFactory)
    tie = factory.SubFactory(TieFactory)


class ProposalFactory(Saved):
    class Meta:
        model = Proposal

    tie = factory.SubFactory(TieFactory)
    committee = factory.SubFactory(CommitteeFactory)


class TieEditFactory(Saved):
    """A committee proposes that its tie is of another kind."""

    class Meta:
        model = TieEdit

    tie = factory.SubFactory(TieFactory)
    committee = factory.SubFactory(CommitteeFactory)
    side = "a"
    why = "El convenio dice otra cosa."
    before = factory.LazyFunction(lambda: {"kind": "sister_city"})
    proposed = factory.LazyFunction(lambda: {"kind": "friendship_city"})
    review = TieEdit.Review.SUBMITTED


class ErrorReportFactory(Saved):
    class Meta:
        model = ErrorReport

    tie = factory.SubFactory(TieFactory)
    wrong = "Firmaron en 1970, no en 1969."
    language = "es"


class TieEventFactory(Saved):
    class Meta:
        model = TieEvent

    tie = factory.SubFactory(TieFactory)
    kind = TieEvent.Kind.SIGNED
    date = PartialDate(1969, 5, 14)


class EvidenceFactory(Saved):
    class Meta:
        model = Evidence

    tie = factory.SubFactory(TieFactory)
    kind = Evidence.Kind.PRESS
    title = factory.Sequence(lambda n: f"Nota de prensa {n}")


class StatementFactory(Saved):
    class Meta:
        model = Statement

    tie = factory.SubFactory(TieFactory)
    source = factory.Sequence(lambda n: f"List {n}")
    fingerprint = factory.Sequence(lambda n: hashlib.sha256(f"row {n}".encode()).hexdigest())


class ConfirmationFactory(Saved):
    """`today` unless a test says when: a tie is alive by what was answered lately."""

    class Meta:
        model = Confirmation

    tie = factory.SubFactory(TieFactory)
    side = "a"
    answer = Confirmation.Answer.ALIVE
    answered_on = factory.LazyFunction(datetime.date.today)


class ExchangeFactory(Saved):
    class Meta:
        model = Exchange

    tie = factory.SubFactory(TieFactory)
    title_es = factory.Sequence(lambda n: f"Visita estudiantil {n}")
    title_en = factory.Sequence(lambda n: f"Student visit {n}")
    theme = Exchange.Theme.YOUTH_EDUCATION
    begins = PartialDate(2019, 6)
    review = Exchange.Review.PUBLISHED


class DonationFactory(Saved):
    """A hundred dollars from the first city to the second."""

    class Meta:
        model = Donation

    tie = factory.SubFactory(TieFactory)
    kind = Donation.Kind.MONEY
    given_by = "a"
    date = PartialDate(1992, 4)
    amount = 100
    currency = "USD"
    review = Donation.Review.PUBLISHED

    class Params:
        in_kind = factory.Trait(
            kind=Donation.Kind.VEHICLE,
            amount=None,
            currency="",
            description_es="Una ambulancia",
            description_en="An ambulance",
        )


class ObjectionFactory(Saved):
    class Meta:
        model = Objection

    exchange = factory.SubFactory(ExchangeFactory)
    side = "b"
    text = "We were ten, not twenty."


class ProgrammeFactory(Saved):
    class Meta:
        model = Programme

    committee = factory.SubFactory(CommitteeFactory)
    year = factory.LazyFunction(lambda: datetime.date.today().year)


class ActivityFactory(Saved):
    class Meta:
        model = Activity

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Actividad {n}")
    theme = Exchange.Theme.ARTS_CULTURE


class ImportBatchFactory(Saved):
    class Meta:
        model = ImportBatch

    source = "A list"
    file_name = factory.Sequence(lambda n: f"ties-{n}.csv")
    sha256 = factory.Sequence(lambda n: hashlib.sha256(f"file {n}".encode()).hexdigest())
    format = "csv"
    mapping = {"city": "city", "sister": "sister"}
    counts = {"created": 1}


class ImportRowFactory(Saved):
    class Meta:
        model = ImportRow

    batch = factory.SubFactory(ImportBatchFactory)
    number = factory.Sequence(lambda n: n + 1)
    verdict = ImportRow.Verdict.CREATED
    raw = {"city": "Gómez Palacio", "sister": "South El Monte"}
    plan = {"statement": True}
