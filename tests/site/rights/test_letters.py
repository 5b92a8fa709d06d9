"""Pages behind a signed link show their reader what is theirs and nothing else; each mail goes to
people who may see what it is about."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from committees import accrediting, invitations, messaging, news
from committees.dues import reminding
from committees.invitations import PURPOSE as INVITATION
from committees.models import (
    Affiliation,
    Application,
    Committee,
    Dues,
    Invitation,
    JoinRequest,
    Message,
    OfficeTerm,
    Thread,
)
from committees.people import joining
from relationships import deciding, ending
from relationships.campaign import PURPOSE as CONFIRM
from relationships.confirming import Given
from relationships.models import Inquiry, Proposal, SideContact, Tie
from sistercities import links
from sistercities.mail import UNSUBSCRIBE, body_of
from sistercities.models import OutgoingMail
from sistercities.partialdates import PartialDate
from tests import duesfactories
from tests import factories as make
from tests.site import canaries
from tests.site.rights.houses import House
from tests.site.rights.test_canaries import D, browser, neighbours, told

pytestmark = pytest.mark.django_db
__all__ = ["neighbours"]


def words_of(*rows) -> set[str]:
    """The words that stand in the private columns of some rows of house D."""
    return {
        str(canaries.word_for(field, row, D)).lower().partition("@")[0]
        for row in rows
        for field in canaries.private_fields(type(row))
    }


def signed(house: House) -> dict[str, tuple[str, list[str], set[str]]]:
    """Each kind of link of a house: its page, its arguments, the words that its reader may see."""
    thread = Thread.objects.filter(committee=house.committee).first()
    messages = list(Message.objects.filter(thread=thread))
    inquiry = Inquiry.objects.filter(tie=house.tie).first()
    invited = Invitation.objects.filter(committee=house.committee).first()
    office = messaging.readers_of(Committee.objects.get(pk=house.committee.pk))[0].address
    said = words_of(thread, *messages)
    names = {f"{D}person{one.person_id}" for one in OfficeTerm.objects.all()}
    return {
        "visitor": (
            "public:conversation",
            [links.make(messaging.VISITOR, str(thread.pk), thread.email)],
            said,
        ),
        "committee": (
            "public:conversation",
            [links.make(messaging.COMMITTEE, str(thread.pk), office)],
            said,
        ),
        "confirm": ("public:confirm", [links.make(CONFIRM, str(inquiry.pk), inquiry.to)], set()),
        "unsubscribe": (
            "public:unsubscribe",
            [links.make(UNSUBSCRIBE, CONFIRM, thread.email)],
            set(),
        ),
        "invitation": (
            "desk:invitation",
            [links.make(INVITATION, str(invited.pk), invited.email)],
            words_of(invited, invited.person) | names | {f"{D}person{invited.person_id}"},
        ),
    }


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_behind_a_link_shows_its_reader_only_what_is_theirs(neighbours, language):
    hits, opened = {}, 0
    for kind, (name, arguments, theirs) in signed(neighbours["d"]).items():
        with override(language):
            path = reverse(name, args=arguments)
        page = told(browser(None), path)
        opened += f'<html lang="{language}"' in page
        found = set(re.findall(rf"{canaries.MARK}[a-z0-9_]+", page))
        if foreign := {word for word in found if word not in theirs}:
            hits[kind] = foreign
        if kind in ("visitor", "committee"):
            assert found & theirs, kind  # it is the conversation, and not a page that says no
    assert hits == {}
    assert opened == 5


def officers(committees) -> set[str]:
    """Who is in office at these committees today, and the addresses that they publish."""
    terms = OfficeTerm.objects.current(timezone.localdate()).filter(committee__in=committees)
    return {
        *terms.values_list("person__email", flat=True),
        *terms.values_list("person__user__email", flat=True),
        *Committee.objects.filter(pk__in=committees).values_list("public_email", flat=True),
    }


def of_tie(tie: Tie, side: str = "") -> set[str]:
    """Who speaks for the sides of a tie, or for one."""
    cities = {"a": [tie.city_a_id], "b": [tie.city_b_id]}.get(side, [tie.city_a_id, tie.city_b_id])
    contacts = SideContact.objects.filter(tie=tie)
    if side:
        contacts = contacts.filter(side=side)
    serving = Committee.objects.filter(Q(cities__in=cities) | Q(single_tie__tie=tie)).values("pk")
    return officers(serving) | set(contacts.values_list("email", flat=True))


def may_read(mail: OutgoingMail) -> set[str]:
    """The addresses of all who may see what a mail is about; KeyError for a kind nobody thought
    of."""
    number = int((re.findall(r"\d+", mail.about) or ["0"])[0])
    if mail.purpose == CONFIRM:
        told_of = Inquiry.objects.filter(to=mail.to).select_related("tie")
        return set.intersection(*(of_tie(one.tie, one.side) for one in told_of))
    return {
        "message": lambda: officers([Message.objects.get(pk=number).thread.committee_id]),
        "answer": lambda: {Message.objects.get(pk=number).thread.email},
        joining.PURPOSE: lambda: {JoinRequest.objects.get(pk=number).email},
        INVITATION: lambda: {Invitation.objects.get(pk=number).email},
        ending.PURPOSE: lambda: of_tie(Tie.objects.get(pk=number), "b"),
        deciding.PURPOSE: lambda: officers([Proposal.objects.get(pk=number).committee_id]),
        news.PURPOSE: lambda: officers([number]),
        accrediting.PURPOSE: lambda: {Application.objects.get(pk=number).email},
        reminding.PURPOSE: lambda: officers(
            Dues.objects.filter(pk=number).values_list("affiliation__committee", flat=True)
        ),
    }[mail.purpose]()


def write_all(house: House) -> None:
    """Every occasion on which the registry writes of itself, once."""
    committee = Committee.objects.get(pk=house.committee.pk)
    thread = messaging.begin(
        committee,
        name="Visitante",
        email=f"v{house.name.lower()}@visitor.example",
        text="Hola",
        language="es",
    )
    messaging.committee_answers(thread, "Buenas", by=house.coordinator)
    request = make.JoinRequestFactory(committee=committee)
    joining.decline(request, by=house.coordinator, reason="No")
    guest = make.PersonFactory(email=f"guest{house.name.lower()}@guest.example")
    invitations.invite(guest, committee, by=house.coordinator)
    news.tell_desk(committee)
    sent = Proposal.objects.filter(committee=committee).values_list("tie", flat=True)
    for tie in Tie.objects.filter(pk__in=sent, review=Tie.Review.SUBMITTED):
        tie.publish(by=make.UserFactory(staff=True), reason="Sí")
    deciding.tell_decisions(sent)
    given = ending.End(PartialDate(2020), "El cabildo", "Se acabó")
    by = house.coordinator
    accrediting.refuse(duesfactories.ApplicationFactory(), reason="No", by=by)
    row = Affiliation.objects.filter(committee=committee).first()
    duesfactories.DuesFactory(affiliation=row, year=1999, due_on=timezone.localdate())
    ending.end(house.tie, "a", committee, given, Given("ended", "", None, "Ana", "Alcaldesa"))


def test_every_mail_goes_to_people_who_may_see_what_it_is_about(neighbours):
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    today = timezone.localdate()
    for house in neighbours.values():
        away = make.CommitteeFactory(name=f"Away of {house.name}", cities=[house.sisters[0]])
        make.OfficeTermFactory(
            committee=away,
            office=make.OfficeFactory(role="coordinator", is_exclusive=False),
            person=make.PersonFactory(email=f"away{house.name.lower()}@away.example"),
            begins=today - datetime.timedelta(days=9),
        )
        write_all(house)
    with override("en"):
        call_command("send_campaign", verbosity=0)
    reminding.remind()
    wrong, kinds = [], set()
    for mail in OutgoingMail.objects.exclude(pk__in=before):
        kinds.add(mail.purpose)
        readers = {one.strip().lower() for one in may_read(mail) if one}
        if mail.to not in readers:
            wrong.append((mail.purpose, mail.about, mail.to))
        others = {one.committee.name for one in neighbours.values()}
        others -= {one.committee.name for one in neighbours.values() if mail.to in all_of(one)}
        said = body_of(mail) + mail.subject
        if mail.purpose not in ("answer", joining.PURPOSE, INVITATION):
            wrong += [(mail.purpose, mail.to, name) for name in others if name in said]
    assert wrong == []
    assert kinds == {
        *("message", "answer", CONFIRM, INVITATION),
        *(joining.PURPOSE, ending.PURPOSE, deciding.PURPOSE, news.PURPOSE),
        *(accrediting.PURPOSE, reminding.PURPOSE),
    }


def all_of(house: House) -> set[str]:
    """Everybody who speaks for a side of a tie of this house."""
    ties = Tie.objects.filter(Q(city_a=house.city) | Q(city_b=house.city))
    return {one.strip().lower() for tie in ties for one in of_tie(tie) if one}
