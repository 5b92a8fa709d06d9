"""Inviting somebody to a committee's desk, and accepting it."""

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from committees.models import Committee, Invitation, Person
from sistercities import links, mail
from sistercities.association import NAME
from sistercities.context import absolute
from sistercities.models import User

PURPOSE = "invitation"


class CannotInvite(Exception):
    """Why not, in a sentence for the one who invites."""


class CannotAccept(Exception):
    """Why not, in a sentence for the one who was invited."""


def invite(person: Person, committee: Committee, by: User) -> Invitation:
    """Write to a person that they may make a login; an earlier invitation is over with it.

    CannotInvite without an e-mail address, or for somebody who logs in already.
    """
    if not person.email:
        raise CannotInvite(_("Enter the person's e-mail address first."))
    if person.user_id:
        raise CannotInvite(_("%(person)s has a login already.") % {"person": person.name})
    with transaction.atomic():
        withdraw(person)
        invitation = Invitation.objects.create(
            email=mail.checked_address(person.email),
            committee=committee,
            person=person,
            invited_by=by,
        )
        _write(invitation)
    return invitation


def withdraw(person: Person) -> None:
    """Let a person's open invitation end; its link then says so."""
    waiting: QuerySet[Invitation] = Invitation.objects.filter(
        person=person, accepted_at=None, withdrawn_at=None
    )
    waiting.update(withdrawn_at=timezone.now())


def invitation_of(link: links.Link) -> Invitation:
    """The invitation that a link is about; LinkProblem when it is over."""
    found = Invitation.objects.filter(pk=int(link.about)).select_related("committee", "person")
    invitation = found.first()
    if invitation is None or not link.is_for(invitation.email):
        raise links.LinkProblem(links.Reason.WRONG, link)
    if invitation.accepted_at:
        raise links.LinkProblem(links.Reason.USED, link)
    if not invitation.is_open():
        raise links.LinkProblem(links.Reason.EXPIRED, link)
    return invitation


def accept(link: links.Link) -> tuple[Invitation, User]:
    """Make the login, or find the one with this address, and say whose it is.

    LinkProblem when somebody was quicker; CannotAccept when the address or the person belongs to
    another login already.
    """
    with transaction.atomic():
        links.use(link)
        invitation = invitation_of(link)
        person = Person.objects.select_for_update().get(pk=invitation.person_id)
        user = User.objects.filter(email__iexact=invitation.email).first()
        other = Person.objects.filter(user=user).first() if user else None
        if (other and other != person) or (person.user_id and person.user != user):
            raise CannotAccept(
                _("Another login stands in the way. Ask the one who invited you, or the office.")
            )
        if user is None:
            user = User.objects.create_user(invitation.email, name=person.name)
        if person.user_id is None:
            person.user = user
            person._change_reason = "Invitation accepted"
            person._history_user = user
            person.save()
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at"])
    return invitation, user


def _write(invitation: Invitation) -> None:
    """Put the mail into the outbox, in the committee's language first."""
    token = links.make(PURPOSE, str(invitation.pk), invitation.email, now=invitation.created_at)
    by_language = {}
    for code in mail.LANGUAGES:
        with override(code):
            by_language[code] = {"link": absolute(reverse("desk:invitation", args=[token]))}
    language = "en" if invitation.committee.country == "US" else "es"
    facts = {
        "committee": invitation.committee.name,
        "person": invitation.person.name,
        "inviter": invitation.invited_by.get_full_name(),
        "site": NAME,
    }
    subject, text = mail.letter("invitation", language, facts, by_language)
    mail.queue(
        purpose=PURPOSE,
        about=str(invitation.pk),
        to=invitation.email,
        language=language,
        subject=subject,
        text=text,
    )
