"""One letter of the office to the readers of many rows: who gets it, who does not and why.

    choice = choose(readers_of(rows), is_service=False)
    send(mailing, choice)

Other floors say who reads for their rows (`committees/mailing.py`, `relationships/mailing.py`).
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sistercities import links
from sistercities.mail import LANGUAGES, checked_address, letter, queue
from sistercities.models import Mailing, MailRefusal, OutgoingMail, User

PURPOSE = "mailing"
KIND = "office-news"
"""What a reader refuses who wants no more of these mails."""
AT_ONCE = 500
NOBODY, BAD_ADDRESS, REFUSED, BOUNCED = "nobody", "bad_address", "refused", "bounced"
REASONS = {
    NOBODY: _("Nobody to write to"),
    BAD_ADDRESS: _("This is no e-mail address"),
    REFUSED: _("Wants no more mail of the office"),
    BOUNCED: _("The last mail to this address did not arrive"),
}
State = OutgoingMail.State


class Reader(Protocol):
    """One reader; see `committees.recipients.Recipient`."""

    address: str
    language: str
    person_key: str


@dataclass(frozen=True)
class Row:
    """A row of a list, by its name, and who reads mail for it."""

    name: str
    readers: list[Reader]


@dataclass(frozen=True)
class LeftOut:
    """Somebody who gets no mail: for which row, the address where there is one, and why."""

    name: str
    address: str
    reason: str

    @property
    def why(self) -> Any:
        """In words."""
        return REASONS[self.reason]


@dataclass
class Choice:
    """Who gets a letter: each address once, with the rows that it reads for."""

    rows: int = 0
    readers: dict[str, Reader] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def listed(self) -> list[tuple[str, str]]:
        """Addresses with the names of their rows."""
        return [(address, "; ".join(self.names[address])) for address in self.readers]

    @property
    def reasons(self) -> dict[str, int]:
        """How many were left out for each reason."""
        return dict(Counter(one.reason for one in self.left_out))

    @property
    def fingerprint(self) -> str:
        """The same for the same addresses: what was previewed is what is sent."""
        return hashlib.sha256("\n".join(sorted(self.readers)).encode()).hexdigest()[:20]


def choose(rows: Iterable[Row], *, is_service: bool) -> Choice:
    """Sort the readers of rows into those who get the letter and those who do not. A service
    notice goes also to those who refused mail of the office, but to no address that bounced."""
    refused = set() if is_service else _refused()
    bounced = _bounced()
    choice = Choice()
    judged: dict[str, str] = {}
    for row in rows:
        choice.rows += 1
        if not row.readers:
            choice.left_out.append(LeftOut(row.name, "", NOBODY))
        for reader in row.readers:
            if reader.address not in judged:
                judged[reader.address] = _judge(reader.address, refused, bounced)
            if reason := judged[reader.address]:
                choice.left_out.append(LeftOut(row.name, reader.address, reason))
                continue
            choice.readers.setdefault(reader.address, reader)
            choice.names.setdefault(reader.address, []).append(row.name)
    return choice


def _judge(address: str, refused: set[str], bounced: set[str]) -> str:
    """Why nothing is sent to an address; empty when something is."""
    try:
        checked_address(address)
    except ValueError:
        return BAD_ADDRESS
    if address in bounced:
        return BOUNCED
    return REFUSED if refused and links.recipient_of(address) in refused else ""


def _refused() -> set[str]:
    """Fingerprints of the addresses that want none of it."""
    return set(MailRefusal.objects.filter(kind=KIND).values_list("recipient", flat=True))


def _bounced() -> set[str]:
    """Addresses whose mail was given up, and to which none has arrived since."""
    mails = OutgoingMail.objects.order_by().values("to")
    failed = mails.filter(state=State.FAILED).annotate(last=Max("created_at"))
    given_up = dict(failed.values_list("to", "last"))
    sent = mails.filter(state=State.SENT, to__in=failed.values("to")).annotate(last=Max("sent_at"))
    arrived = dict(sent.values_list("to", "last"))
    return {to for to, when in given_up.items() if to not in arrived or arrived[to] < when}


@transaction.atomic
def send(mailing: Mailing, choice: Choice) -> int:
    """Keep the mailing and put its mails into the outbox, many at once; how many."""
    mailing.rows, mailing.mails = choice.rows, len(choice.readers)
    mailing.skipped = choice.reasons
    mailing.save()
    letters = letters_of(mailing)
    OutgoingMail.objects.bulk_create(
        (
            OutgoingMail(
                purpose=PURPOSE,
                about=mailing.about,
                to=address,
                person_key=reader.person_key,
                language=reader.language,
                subject=letters[reader.language][0],
                text=letters[reader.language][1],
                reply_to=mailing.reply_to,
                unsubscribe="" if mailing.is_service else KIND,
            )
            for address, reader in choice.readers.items()
        ),
        batch_size=AT_ONCE,
    )
    return mailing.mails


def letters_of(mailing: Mailing) -> dict[str, tuple[str, str]]:
    """Subject and text by the reader's language, each with the other language below a rule."""
    said = {
        code: {
            "subject": getattr(mailing, f"subject_{code}"),
            "text": getattr(mailing, f"text_{code}").replace("\r\n", "\n"),
        }
        for code in LANGUAGES
    }
    return {code: letter(PURPOSE, code, {}, said) for code in LANGUAGES}


def try_out(mailing: Mailing, user: User, language: str, nonce: str) -> bool:
    """Send the letter to whoever writes it, before anybody else gets it; False when just sent."""
    subject, text = letters_of(mailing)[language]
    mail = queue(
        purpose=f"{PURPOSE}-test",
        about=f"{PURPOSE}-{nonce[:40]}",
        to=user.email,
        language=language,
        subject=subject,
        text=text,
        reply_to=mailing.reply_to,
    )
    return mail is not None
