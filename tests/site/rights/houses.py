"""Two committees that have nothing to do with each other, each with one row of everything, and
everybody who may knock at their doors."""

import datetime
from dataclasses import dataclass, field
from itertools import count

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.utils import timezone

from committees.invitations import PURPOSE as INVITATION
from committees.messaging import VISITOR
from committees.models import Committee, Invitation, MemberImport
from committees.rights import Role
from relationships.campaign import PURPOSE as CONFIRM
from relationships.deriving import derive
from relationships.models import Objection, Tie
from relationships.pages.desktie import PROPOSAL
from sistercities import links
from sistercities.mail import UNSUBSCRIBE
from sistercities.models import Draft, User
from tests import duesfactories as dues
from tests import factories as make
from tests import page_factories as page
from tests.advicefactories import AdviceMessageFactory, AdviceRequestFactory, GuideFileFactory
from tests.mailfactories import InquiryFactory, MessageFactory, SideContactFactory, ThreadFactory

DAY = datetime.timedelta(days=1)
_serial = count(1)


def in_office(committee: Committee, role: str, *, name: str, **term) -> User:
    """A login with a term at a committee that began last year, unless said otherwise."""
    user = make.UserFactory(name=name, email=f"{name}-{next(_serial)}@example.org".lower())
    term.setdefault("begins", timezone.localdate() - 300 * DAY)
    office = make.OfficeFactory(role=role, is_exclusive=False)
    person = make.PersonFactory(name=f"{name} {committee.name}", user=user, email=user.email)
    make.OfficeTermFactory(office=office, person=person, committee=committee, **term)
    return user


@dataclass
class House:
    """A committee with one row of everything; `numbers` are the primary keys by URL name."""

    name: str
    country: str = "MX"
    committee: Committee = field(init=False)
    numbers: dict[str, dict[str, int | str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        away = "US" if self.country == "MX" else "MX"
        self.state = make.RegionFactory(country=self.country)
        self.city = make.CityFactory(
            name=f"City of {self.name}", country=self.country, region=self.state
        )
        self.sisters = [
            make.CityFactory(name=f"Sister {n} of {self.name}", country=away) for n in range(5)
        ]
        self.committee = make.CommitteeFactory(
            name=f"Committee {self.name}", country=self.country, cities=[self.city]
        )
        self.coordinator = in_office(self.committee, Role.COORDINATOR, name="CA")
        self._people()
        self._membership()
        self._page()
        self._conventions()
        self._messages()
        self._ties()
        self._reports()
        derive()
        self.tie.refresh_from_db()

    def has(self, *names: str, **numbers) -> None:
        """Say what the addresses with these names are about."""
        for name in names:
            self.numbers[name] = numbers

    def _people(self) -> None:
        ours = {"committee": self.committee}
        person = make.PersonFactory(name=f"Member of {self.name}")
        membership = make.MembershipFactory(person=person, **ours)
        office = make.OfficeFactory(is_exclusive=False)
        term = make.OfficeTermFactory(person=person, office=office, **ours)
        consent = make.ConsentFactory(person=person, **ours)
        request = make.JoinRequestFactory(**ours)
        plan = MemberImport.objects.create(seen="x", by=self.coordinator, **ours)
        self.has("desk:member", "desk:member-edit", "desk:member-end", pk=membership.pk)
        people = ("desk:term-add", "desk:access-add", "desk:access-invite", "desk:consent-add")
        self.has(*people, pk=person.pk)
        self.has("desk:term-end", pk=term.pk)
        self.has("desk:consent-withdraw", pk=consent.pk)
        self.has("desk:join-approve", "desk:join-decline", pk=request.pk)
        self.has("desk:member-list", pk=plan.pk)
        own = make.ConsentFactory(person=self.coordinator.person, **ours)
        self.has("desk:my-consent-withdraw", pk=own.pk)
        invited = make.PersonFactory()
        invitation = Invitation.objects.create(
            email=invited.email, person=invited, invited_by=self.coordinator, **ours
        )
        token = links.make(INVITATION, str(invitation.pk), invitation.email)
        self.has("desk:invitation", token=token)

    def _membership(self) -> None:
        ours = {"committee": self.committee}
        row = dues.AffiliationFactory(**ours)
        payment = dues.PaymentFactory(dues=dues.DuesFactory(affiliation=row), amount=500)
        self.has("desk:receipt", pk=payment.pk)
        member = make.MembershipFactory(**ours).person
        self.has("desk:delegate-add", pk=member.pk)
        named = dues.DelegationFactory(role="alternate", **ours)
        self.has("desk:delegate-end", pk=named.pk)

    def _page(self) -> None:
        ours = {"committee": self.committee}
        self.has("desk:page-city", pk=self.city.pk)
        self.has("desk:page-sister", pk=self.sisters[0].pk)
        meeting, news = page.MeetingFactory(**ours), page.NewsFactory(**ours)
        photo = page.PhotoFactory(**ours)
        document = page.DocumentFactory(is_public=False, **ours)
        self.has("desk:page-meeting", pk=meeting.pk)
        self.has("desk:page-news-item", "public:committee-news-item", pk=news.pk)
        self.has("desk:page-photo", "public:committee-photo", pk=photo.pk)
        self.has("desk:document", pk=document.pk)
        self.has("attachment", key=document.file.key)
        self.has("attachment-thumb", key=photo.file.key)

    def _conventions(self) -> None:
        convention = page.ConventionFactory()
        row = page.RegistrationFactory(convention=convention, committee=self.committee)
        self.has("public:convention", "public:convention-ics", slug=convention.slug)
        self.has("desk:registration-add", convention=convention.pk)
        self.has("desk:registration", "desk:registration-withdraw", pk=row.pk)

    def _messages(self) -> None:
        thread = ThreadFactory(committee=self.committee)
        MessageFactory(thread=thread)
        self.has("desk:thread", "desk:thread-close", pk=thread.pk)
        asked = AdviceRequestFactory(committee=self.committee, asked_by=self.coordinator)
        AdviceMessageFactory(request=asked)
        self.has("desk:advice-request", "desk:advice-helped", pk=asked.pk)
        file = GuideFileFactory()
        self.has("public:guide", slug=file.guide.slug)
        self.has("public:guide-file", pk=file.pk)
        token = links.make(VISITOR, str(thread.pk), thread.email)
        self.has("public:conversation", token=token)
        self.has("public:unsubscribe", token=links.make(UNSUBSCRIBE, CONFIRM, thread.email))

    def _tie(self, number: int, **more) -> Tie:
        """Of our city and one of its sisters; our city has the lower number."""
        tie = make.TieFactory(city_a=self.city, city_b=self.sisters[number], **more)
        make.TieEventFactory(tie=tie)
        return tie

    def _ties(self) -> None:
        tie = self.tie = self._tie(0)
        self.has("desk:side-contact", pk=tie.pk)
        on_a_tie = ("tie", "tie-history", "tie-confirm", "tie-end", "tie-add-event")
        self.has(*(f"desk:{name}" for name in on_a_tie), tie=tie.pk)
        self.has("desk:tie-add-evidence", "desk:tie-change", tie=tie.pk)
        event = make.TieEventFactory(tie=tie, kind="renewed", date="1980", entered_by="a")
        self.has("desk:tie-event", "desk:tie-event-withdraw", tie=tie.pk, pk=event.pk)
        private = make.EvidenceFactory(
            tie=tie,
            entered_by="a",
            file=ContentFile(b"%PDF-1.4 private", "private.pdf"),
            is_public=False,
        )
        names = ("tie-evidence", "tie-evidence-withdraw", "tie-evidence-file")
        self.has(*(f"desk:{name}" for name in names), tie=tie.pk, pk=private.pk)
        public = make.EvidenceFactory(
            tie=tie, file=ContentFile(b"%PDF-1.4 public", "public.pdf"), is_public=True
        )
        self.has("public:evidence-file", pk=public.pk)
        ended = self._tie(1)
        make.TieEventFactory(tie=ended, kind="ended", date="2001", entered_by="b")
        self.has("desk:tie-disagree", tie=ended.pk)
        mistaken = self._tie(4)
        make.TieEventFactory(tie=mistaken, kind="ended", date="2001", entered_by="a")
        self.has("desk:tie-end-take-back", tie=mistaken.pk)
        sent = make.TieEditFactory(tie=tie, committee=self.committee, review="changes_requested")
        self.has("desk:tie-edit", tie=tie.pk, pk=sent.pk)
        back = self._tie(2, review=Tie.Review.CHANGES_REQUESTED)
        sent = self._tie(3, review=Tie.Review.SUBMITTED)
        for one in (back, sent):
            make.ProposalFactory(tie=one, committee=self.committee)
        self.has("desk:tie-kind", "desk:tie-send-again", tie=back.pk)
        self.has("desk:tie-sent", tie=sent.pk)
        owner = self.committee.pk
        draft = Draft.objects.create(owner=owner, kind=PROPOSAL, title="Draft")
        ending = Draft.objects.create(owner=owner, kind=f"tie-end-{tie.pk}", title="End")
        self.has("desk:tie-propose-throw-away", draft=draft.pk)
        self.has("desk:tie-end-throw-away", tie=tie.pk, draft=ending.pk)
        self.has("desk:tie-propose-step", draft=draft.pk, step="kind")
        self.has("desk:tie-end-step", tie=tie.pk, draft=ending.pk, step="decision")
        contact = SideContactFactory(tie=tie)
        inquiry = InquiryFactory(tie=tie, side="b", to=contact.email)
        self.has("public:confirm", token=links.make(CONFIRM, str(inquiry.pk), inquiry.to))

    def _reports(self) -> None:
        for kind, factory in (
            ("exchange", make.ExchangeFactory),
            ("donation", make.DonationFactory),
        ):
            own = factory(tie=self.tie, entered_by="a")
            theirs = factory(tie=self.tie, entered_by="b")
            disputed = factory(tie=self.tie, entered_by="a")
            Objection.objects.create(side="b", text="No.", **{kind: disputed})
            names = (f"desk:{kind}", f"desk:{kind}-edit", f"desk:{kind}-withdraw")
            self.has(*names, pk=own.pk)
            self.has(f"desk:{kind}-acknowledge", f"desk:{kind}-object", pk=theirs.pk)
            self.has(f"desk:{kind}-stand-by", pk=disputed.pk)
            if kind == "exchange":
                self.exchange = own
        programme = make.ProgrammeFactory(committee=self.committee)
        activity = make.ActivityFactory(programme=programme)
        names = ("programme", "programme-edit", "programme-copy", "activity-add")
        self.has(*(f"desk:{name}" for name in names), pk=programme.pk)
        acts = ("edit", "done", "not-done", "remove")
        self.has(*(f"desk:activity-{act}" for act in acts), pk=activity.pk)
        self.has("desk:annual-report", year=timezone.localdate().year)
        self.has("mfa_remove_webauthn", "mfa_edit_webauthn", pk=1)  # nobody's passkey

    def arguments(self, name: str, wanted: set[str], language: str = "en") -> dict[str, int | str]:
        """The arguments of an address of this name; KeyError for one that nobody has told."""
        known = dict(self.numbers.get(name, {}))
        if name == "public:tie" or name.startswith("public:tie-"):
            known = {"slug": self.tie.slug.replace("_", "-and-" if language == "en" else "-y-")}
        known |= {
            "slug": {
                "public:city": self.city.slug,
                "public:city-state-of-ties": self.city.slug,
                "public:city-report": self.city.slug,
                "public:city-report-sent": self.city.slug,
                "public:exchange": self.exchange.slug,
                "public:exchange-json": self.exchange.slug,
                "public:exchange-ics": self.exchange.slug,
            }.get(name, (self.city if name.startswith("public:city-") else self.committee).slug)
        } | known
        known |= {
            "short-tie": {"number": self.tie.pk},
            "public:state-of-ties": {"code": self.state.code},
            "short-city": {"number": self.city.pk},
            "short-exchange": {"number": self.exchange.pk},
            "sitemap-page": {"subject": "ties", "number": 1},
        }.get(name, {})
        return {one: known[one] for one in wanted}


QUERIES = {"desk:people-choose": "for=office", "desk:tie-propose": "q=Sister+0+of+B"}
"""What an address must be asked with."""
ROLES = ("ANON", "OUT", "VA", "EA", "CA", "EB", "ELECT", "STAFF", "SUPER")


class Doorstep:
    """A user for each role of the table, and their browsers."""

    def __init__(self, a: House, b: House) -> None:
        soon = timezone.localdate() + 30 * DAY
        self.users = {
            "ANON": None,
            "OUT": make.UserFactory(name="OUT"),
            "VA": in_office(a.committee, Role.VIEWER, name="VA"),
            "EA": in_office(a.committee, Role.EDITOR, name="EA"),
            "CA": a.coordinator,
            "EB": in_office(b.committee, Role.EDITOR, name="EB"),
            "ELECT": in_office(a.committee, Role.COORDINATOR, name="ELECT", begins=soon),
            "STAFF": make.UserFactory(name="STAFF", is_staff=True),
            "SUPER": make.UserFactory(name="SUPER", staff=True),
        }
        self._site = ClientHandler(enforce_csrf_checks=False)
        self._keys = {role: session_of(user) for role, user in self.users.items() if user}

    def browser(self, role: str) -> Client:
        """A fresh browser of somebody who is logged in already, the office with a second step. All
        stand before the same site: its middleware is put together once."""
        client = Client(raise_request_exception=True)
        client.handler = self._site
        if role in self._keys:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._keys[role]
        return client


def session_of(user: User, *, second_step: bool = True) -> str:
    """The key of a login of this user; of the office's with a code from an app."""
    client = Client()
    client.force_login(user)
    key = client.session.session_key
    if second_step:
        request = RequestFactory().get("/")
        request.session, request.user = SessionStore(key), user
        record_authentication(request, user, method="mfa", type="totp")
        request.session.save()
    return key
