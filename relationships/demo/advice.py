"""The delivered guides, published; and what one committee asked the office, as far as its people
have logins."""

import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from committees.guides.loading import load_guides
from committees.models import AdviceMessage, AdviceRequest, Committee, Guide, GuideFile
from committees.models.advice import ANSWER_DAYS, working_days_after
from relationships.demo.files import tables
from relationships.demo.logins import STAFF
from relationships.demo.paper import pdf_of
from relationships.demo.record import Record
from sistercities.models import User

State = AdviceRequest.State
ASKER = "mary@demo.example"
PAPER = "acuerdo-agreement-demo.pdf"


def load_guidance(record: Record) -> None:
    """All guides that come with the software, one with a file."""
    if new := load_guides(publish=True):
        record.created[Guide] += len(new)
    guide = Guide.objects.get(came_as="agreement")
    if not guide.files.filter(file_name=PAPER).exists():
        title = "Hoja de firmas (demo) / Page of signatures (demo)"
        lines = ["Ciudad / City: ______________________________", ""] * 2
        record.save(
            GuideFile(
                guide=guide,
                file=ContentFile(pdf_of(title, lines), PAPER),
                description_es="Hoja de firmas para imprimir (demo)",
                description_en="Page of signatures to print (demo)",
            )
        )


@transaction.atomic
def load_advice(record: Record) -> None:
    """Three questions: one open, one answered, one closed. Nothing without the demo logins."""
    asker = User.objects.filter(email=ASKER).first()
    office = User.objects.filter(email=STAFF).first()
    if asker is None or office is None:
        return
    now = timezone.now()
    for table in tables("advice"):
        committee = Committee.objects.get(slug=table["committee"])
        if not AdviceRequest.objects.filter(committee=committee, subject=table["subject"]).exists():
            _load(record, table, committee, asker, office, now)


def _load(
    record: Record,
    table: dict[str, Any],
    committee: Committee,
    asker: User,
    office: User,
    now: datetime.datetime,
) -> None:
    def ago(days: int) -> datetime.datetime:
        return now - datetime.timedelta(days=days)

    asked_at, said = ago(table["asked_days_ago"]), table["said"]
    closed = "closed_days_ago" in table
    answered = any(one.get("by_office") for one in said)
    asked = AdviceRequest(
        committee=committee,
        asked_by=asker,
        language=table["language"],
        topic=table["topic"],
        subject=table["subject"],
        asked_at=asked_at,
        due_on=working_days_after(timezone.localdate(asked_at), ANSWER_DAYS),
        state=State.CLOSED if closed else State.ANSWERED if answered else State.OPEN,
        waits_since=None if answered else asked_at,
        owner=office if answered else None,
        closed_at=ago(table["closed_days_ago"]) if closed else None,
        closed_by=asker if closed else None,
    )
    record.save(asked)
    for one in said:
        by_office = one.get("by_office", False)
        message = AdviceMessage.objects.create(
            request=asked,
            by_desk=not by_office,
            author=office if by_office else asker,
            text=one["text"],
            sent_at=ago(one["days_ago"]),
        )
        message.guides.set(Guide.objects.filter(came_as__in=one.get("guides", [])))
