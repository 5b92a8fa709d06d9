"""Writing mail: every mail goes into the outbox first, in the transaction of what it tells.

    subject, text = letter("new-message", "es", {"link": …})
    queue(purpose="new-message", about="thread-7", to=…, language="es", subject=…, text=…)

`manage.py send_queued_mail` sends it (`sistercities.sending`); no page waits for a mail server.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from sistercities import links
from sistercities.context import absolute
from sistercities.models.mail import MailRefusal, OutgoingMail

LANGUAGES = ("es", "en")
RULE = "-" * 40
UNSUBSCRIBE = "unsubscribe"
UNSUBSCRIBE_DAYS = 365 * 3
LONGEST_SUBJECT = 200
MOST_LINES = 20


def queue(
    *,
    purpose: str,
    about: str,
    to: str,
    language: str,
    subject: str,
    text: str,
    period: str = "",
    person_key: str = "",
    not_before: datetime.datetime | None = None,
    reply_to: str = "",
    unsubscribe: str = "",
) -> OutgoingMail | None:
    """Put a mail into the outbox; None when it was there, or the address wants none of its kind.

    `unsubscribe` names the kind of mail ("campaign") unless it answers an act of the reader; such
    mail goes out once a week per person at most (`person_key`, or the address): the next ones
    wait, but for a kind with its own rhythm. ValueError for an address that is none.
    """
    to = checked_address(to)
    if unsubscribe and is_refused(to, unsubscribe):
        return None
    key = {"purpose": purpose, "about": about, "period": period, "to": to}
    if OutgoingMail.objects.filter(**key).exists():
        return None
    try:
        with transaction.atomic():
            return OutgoingMail.objects.create(
                **key,
                person_key=person_key or to,
                language=language if language in LANGUAGES else LANGUAGES[0],
                subject=one_line(subject)[:LONGEST_SUBJECT],
                text=text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""),
                not_before=not_before or timezone.now(),
                reply_to=checked_address(reply_to) if reply_to else "",
                unsubscribe=unsubscribe,
            )
    except IntegrityError:
        return None


def checked_address(address: str) -> str:
    """The address without capitals and blanks around it; ValueError when it is none."""
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError("This is no e-mail address.") from None
    return address


def one_line(text: str) -> str:
    """Text fit for a header: no line breaks, no control characters."""
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return re.sub(r"\s+", " ", plain).strip()


def letter(name: str, language: str, facts: dict, by_language: dict | None = None) -> tuple:
    """Subject and text of a mail in the reader's language, and below a rule in the other one.

    From templates/emails/NAME.es.txt and NAME.en.txt; the first line of each is the subject.
    `by_language` adds facts that differ: {"es": {"link": …}, "en": {"link": …}}.
    """
    language = language if language in LANGUAGES else LANGUAGES[0]
    other = next(code for code in LANGUAGES if code != language)
    parts = {}
    for code in (language, other):
        with override(code):
            template = get_template(f"emails/{name}.{code}.txt").template
            own = facts | (by_language or {}).get(code, {})
            parts[code] = template.render(Context(own, autoescape=False)).strip().split("\n", 1)
    subject, text = parts[language]
    return one_line(subject), f"{text.strip()}\n\n{RULE}\n{parts[other][1].strip()}\n"


# What is asked again when a mail goes out

Renewal = Callable[[OutgoingMail], tuple[str, str] | None]
_renewals: dict[str, Renewal] = {}


def before_sending(purpose: str) -> Callable[[Renewal], Renewal]:
    """Decorator: ask `renew(mail)` when a mail of a purpose is about to go out. It gives subject
    and text as of now, or None when this reader may not (or need not) read it any more."""

    def keep(renew: Renewal) -> Renewal:
        _renewals[purpose] = renew
        return renew

    return keep


def renewed(mail: OutgoingMail) -> tuple[str, str] | None:
    """Subject and text to send now; None when it is not to be sent. A mail of a purpose that
    nobody speaks for goes out as it was written."""
    renew = _renewals.get(mail.purpose)
    return renew(mail) if renew else (mail.subject, mail.text)


# What the reader may refuse

own_rhythm: set[str] = set()
"""Kinds of mail that say themselves when they go out; all others go once a week per person."""


def has_own_rhythm(kind: str) -> None:
    """Mails of this kind may be refused, but do not wait for one another a week."""
    own_rhythm.add(kind)


def is_refused(address: str, kind: str) -> bool:
    """Whether this address wants no more mail of a kind."""
    return MailRefusal.objects.filter(recipient=links.recipient_of(address), kind=kind).exists()


def refuse(recipient: str, kind: str) -> None:
    """Send no more mail of a kind to the address with this fingerprint (`links.recipient_of`)."""
    MailRefusal.objects.get_or_create(recipient=recipient, kind=kind)


def unsubscribe_address(mail: OutgoingMail) -> str:
    """Where the reader of this mail refuses its kind; empty for mail that answers an act."""
    if not mail.unsubscribe:
        return ""
    token = links.make(UNSUBSCRIBE, mail.unsubscribe, mail.to, now=mail.created_at)
    with override(mail.language):
        return absolute(reverse("public:unsubscribe", args=[token]))


def body_of(mail: OutgoingMail) -> str:
    """The text as it is sent, with the line that refuses further mail."""
    address = unsubscribe_address(mail)
    if not address:
        return mail.text
    with override(mail.language):
        refusal = _("No more mail of this kind:")
    return f"{mail.text.rstrip()}\n\n{refusal} {address}\n"
