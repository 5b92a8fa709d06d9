"""Signed links for one purpose, to be followed without a login.

    token = make("confirm", "12-a-2026", "ana@example.org")
    link = read("confirm", token)          # or LinkProblem: wrong, expired, used
    with transaction.atomic():
        use(link)                          # LinkProblem when somebody was quicker
        …what the link is for

A token says what it is about, for whom (a fingerprint of the address) and when it was made. It
holds for thirty days, and outlives a change of SECRET_KEY as long as the old key stands in
SECRET_KEY_FALLBACKS. Reading changes nothing; `use` belongs to a POST.
"""

import base64
import datetime
import hashlib
import re
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36
from django.utils.translation import gettext_lazy as _

from sistercities.models.link import UsedLink

DAYS = 30
LONGEST = 300
CLOCKS_DIFFER = datetime.timedelta(hours=2)
CODE = re.compile(r"[A-Za-z0-9_-]+")


class Reason(models.TextChoices):
    """Why a link does not work."""

    WRONG = "wrong", _("This link is not complete")
    EXPIRED = "expired", _("This link is too old")
    USED = "used", _("This link has been used already")
    MOVED = "moved", _("This link is not for you any more")


@dataclass(frozen=True)
class Link:
    """What a token says."""

    purpose: str
    about: str
    recipient: str
    made_at: datetime.datetime
    fingerprint: str

    def is_for(self, address: str) -> bool:
        """Whether it was made for this e-mail address."""
        return constant_time_compare(self.recipient, recipient_of(address))


class LinkProblem(Exception):
    """The link does not work. `link` is what it says, unless it is none of ours."""

    def __init__(self, reason: Reason, link: Link | None = None) -> None:
        super().__init__(reason.value)
        self.reason, self.link = reason, link

    @property
    def status(self) -> int:
        """404 for what never was a link of ours, 410 for one that is over."""
        return 404 if self.reason == Reason.WRONG else 410


def recipient_of(address: str) -> str:
    """A short fingerprint of an e-mail address, the same for ever and whatever its capitals."""
    digest = hashlib.sha256(f"recipient\n{address.strip().casefold()}".encode()).digest()
    return _letters(digest[:12])


def make(purpose: str, about: str, to: str, *, now: datetime.datetime | None = None) -> str:
    """A token for one purpose, object and address. ValueError unless `about` is a plain code."""
    if not (CODE.fullmatch(purpose) and CODE.fullmatch(about)):
        raise ValueError("purpose and about are made of letters, digits, - and _")
    seconds = int((now or timezone.now()).timestamp())
    text = f"{about}.{recipient_of(to)}.{int_to_base36(seconds)}"
    return f"{text}.{_signature(purpose, text, settings.SECRET_KEY)}"


def read(
    purpose: str, token: str, *, days: int = DAYS, now: datetime.datetime | None = None
) -> Link:
    """What a token says; LinkProblem when it is wrong, expired or used."""
    now = now or timezone.now()
    link = _verified(purpose, token)
    if link is None or link.made_at > now + CLOCKS_DIFFER:
        raise LinkProblem(Reason.WRONG)
    if UsedLink.objects.filter(fingerprint=link.fingerprint).exists():
        raise LinkProblem(Reason.USED, link)
    if link.made_at < now - datetime.timedelta(days=days):
        raise LinkProblem(Reason.EXPIRED, link)
    return link


def use(link: Link) -> None:
    """Write down that the link did its work, in the transaction of that work."""
    try:
        with transaction.atomic():
            UsedLink.objects.create(fingerprint=link.fingerprint, purpose=link.purpose)
    except IntegrityError:
        raise LinkProblem(Reason.USED, link) from None


def problem_page(request: HttpRequest, problem: LinkProblem, advice: str = "") -> HttpResponse:
    """A page that says why the link does not work and what to do."""
    facts = {"reason": problem.reason, "advice": advice, "days": DAYS}
    return render(request, "links/problem.html", facts, status=problem.status)


def _verified(purpose: str, token: str) -> Link | None:
    text, _dot, signature = token.rpartition(".")
    parts = text.split(".")
    if len(token) > LONGEST or not token.isascii() or len(parts) != 3:
        return None
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(constant_time_compare(signature, _signature(purpose, text, k)) for k in keys):
        return None
    about, recipient, seconds = parts
    made = datetime.datetime.fromtimestamp(base36_to_int(seconds), datetime.UTC)
    fingerprint = hashlib.sha256(f"{purpose}\n{text}".encode()).hexdigest()
    return Link(purpose, about, recipient, made, fingerprint)


def _signature(purpose: str, text: str, key: str) -> str:
    mac = salted_hmac(f"sistercities.links.{purpose}", text, secret=key, algorithm="sha256")
    return _letters(mac.digest()[:16])


def _letters(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
