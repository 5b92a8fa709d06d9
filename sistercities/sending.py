"""Sending what lies in the outbox, each mail once, whatever happens to the mail server or to us.

A sender takes one mail at a time: it marks it as being sent, for a quarter of an hour, and commits;
only then it speaks to the mail server. Two senders never take the same mail. A mail whose sender
died is taken once more, since it may or may not have arrived; never a third time.
"""

import datetime
import smtplib
import uuid
from collections import Counter

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from sistercities.links import recipient_of
from sistercities.mail import (
    LONGEST_SUBJECT,
    body_of,
    own_rhythm,
    renewed,
    unsubscribe_address,
)
from sistercities.models.mail import MailRefusal, OutgoingMail
from sistercities.smtp import DoubtfulDelivery
from sistercities.taking import next_free

State = OutgoingMail.State
MINUTE = datetime.timedelta(minutes=1)
WAITS = (5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 720 * MINUTE, 1440 * MINUTE)
PATIENCE = datetime.timedelta(days=7)
TAKEN_FOR = 15 * MINUTE
BETWEEN_MAILS = datetime.timedelta(days=7)
MOST_DOUBTS = 1
# What is wrong with one mail; any other error is one of the server or the way to it.
ANSWERS = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ValueError)
BROKE_OFF = "The sender died while it was sending; the mail may have arrived."


def send_due(limit: int | None = None, *, now: datetime.datetime | None = None) -> Counter:
    """Send what is due; how many mails got which fate: sent, waiting, failed, refused, postponed.

    Ends early when the mail server cannot be reached at all: the other mails stay as they are.
    """
    fates: Counter = Counter()
    line = get_connection()
    try:
        while limit is None or fates.total() < limit:
            mail, fate = take(now or timezone.now())
            if fate:
                fates[fate] += 1
            if mail is None:
                if fate is None:
                    break
                continue
            reached = send(mail, line, fates, now)
            if not reached:
                break
    finally:
        line.close()
    return fates


def take(now: datetime.datetime) -> tuple[OutgoingMail | None, str | None]:
    """The next mail, marked as ours; or none and the fate of the one that was looked at."""
    with transaction.atomic():
        due = OutgoingMail.objects.due(now).order_by("unsubscribe", "not_before", "pk")
        mail = next_free(due)
        if mail is None:
            return None, None
        row = OutgoingMail.objects.filter(pk=mail.pk, state=mail.state, taken_by=mail.taken_by)
        if mail.state == State.SENDING:
            if mail.doubtful >= MOST_DOUBTS:
                row.update(state=State.FAILED, last_error=BROKE_OFF)
                return None, State.FAILED
            mail.doubtful += 1
        if (
            mail.unsubscribe
            and MailRefusal.objects.filter(
                recipient=recipient_of(mail.to), kind=mail.unsubscribe
            ).exists()
        ):
            row.update(state=State.REFUSED, taken_until=None)
            return None, State.REFUSED
        now_said = renewed(mail)
        if now_said is None:
            row.update(state=State.REFUSED, taken_until=None)
            return None, State.REFUSED
        mail.subject, mail.text = now_said[0][:LONGEST_SUBJECT], now_said[1]
        mail.state, mail.taken_by, mail.taken_until = State.SENDING, uuid.uuid4().hex, now
        mail.taken_until += TAKEN_FOR
        mail.first_tried_at = mail.first_tried_at or now
        try:
            with transaction.atomic():
                ours = row.update(
                    state=mail.state,
                    taken_by=mail.taken_by,
                    taken_until=mail.taken_until,
                    doubtful=mail.doubtful,
                    first_tried_at=mail.first_tried_at,
                    subject=mail.subject,
                    text=mail.text,
                )
        except IntegrityError:  # another sender writes to this person at this moment
            row.update(not_before=now + TAKEN_FOR)
            return None, "postponed"
        if not ours:
            return None, "postponed"
        if later := not_this_week(mail, now):
            OutgoingMail.objects.filter(pk=mail.pk).update(
                state=State.WAITING, taken_by="", taken_until=None, not_before=later
            )
            return None, "postponed"
    return mail, None


def not_this_week(mail: OutgoingMail, now: datetime.datetime) -> datetime.datetime | None:
    """When this person may get another mail of their choice; None when it may be now."""
    if not mail.unsubscribe or mail.unsubscribe in own_rhythm:
        return None
    others = OutgoingMail.objects.filter(person_key=mail.person_key).exclude(pk=mail.pk)
    others = others.exclude(unsubscribe__in=own_rhythm)
    others = others.filter(~Q(unsubscribe=""), state=State.SENT, sent_at__gt=now - BETWEEN_MAILS)
    last = others.order_by("-sent_at").values_list("sent_at", flat=True).first()
    return last + BETWEEN_MAILS if last else None


def send(mail: OutgoingMail, line, fates: Counter, now: datetime.datetime | None = None) -> bool:
    """Hand one mail to the server and write down what came of it; False when nobody answers."""
    reached = False
    try:
        line.open()
        reached = True
        message_of(mail, line).send()
    except (smtplib.SMTPException, OSError, ValueError) as error:
        line.close()
        reached = reached and isinstance(error, ANSWERS)
        fates[_put_back(mail, error, now or timezone.now())] += 1
        return reached
    _ours(mail).update(
        state=State.SENT,
        sent_at=now or timezone.now(),
        attempts=mail.attempts + 1,
        taken_until=None,
        last_error="",
    )
    fates[State.SENT] += 1
    return True


def message_of(mail: OutgoingMail, line) -> EmailMessage:
    """The mail as it goes out: plain text, with the headers by which a reader refuses more."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    headers = {
        "Message-ID": f"<{mail.message_id}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }
    if address := unsubscribe_address(mail):
        headers["List-Unsubscribe"] = f"<{address}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(
        subject=mail.subject,
        body=body_of(mail),
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
        connection=line,
    )


def _put_back(mail: OutgoingMail, error: Exception, now: datetime.datetime) -> str:
    """Try again later, in growing steps; give up after a week, or after a second doubt."""
    wait = WAITS[min(mail.attempts, len(WAITS) - 1)]
    doubtful = mail.doubtful + isinstance(error, DoubtfulDelivery)
    over = doubtful > MOST_DOUBTS or now + wait > mail.first_tried_at + PATIENCE
    state = State.FAILED if over else State.WAITING
    words = " ".join(f"{type(error).__name__}: {error}".split())
    _ours(mail).update(
        state=state,
        attempts=mail.attempts + 1,
        doubtful=doubtful,
        not_before=now + wait,
        taken_until=None,
        last_error=words.replace("\0", "")[:300],
    )
    return state


def _ours(mail: OutgoingMail):
    """The row, as long as it is ours."""
    return OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING, taken_by=mail.taken_by)
