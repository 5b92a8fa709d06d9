"""What the office does with the report of a visitor: answers by mail, makes an edit, closes it.

Each report is dealt with once: of two people, the second reads who did it and when.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from committees.models import City
from relationships.amending import Values, propose_edit
from relationships.models import ErrorReport, Tie, TieEdit
from sistercities import mail
from sistercities.context import absolute
from sistercities.models.base import WrongState

PURPOSE = "error-report-answer"
MOST_OPEN = 2000
"""More open reports than anybody reads are not kept: the table does not fill the disk."""


def report(subject: Tie | City, *, wrong: str, source: str, email: str, language: str) -> None:
    """Keep what a visitor says; everybody gets the same answer, whatever becomes of it."""
    if ErrorReport.objects.open().count() >= MOST_OPEN:
        return
    about = {"tie": subject} if isinstance(subject, Tie) else {"city": subject}
    ErrorReport.objects.create(
        **about, wrong=wrong, source=source, email=email.strip().lower(), language=language
    )


@transaction.atomic
def close(found: ErrorReport, *, by, note: str, answer: str = "") -> None:
    """Deal with it: a note for the office, and a mail where the visitor left an address.
    WrongState when somebody did before."""
    done = ErrorReport.objects.open().filter(pk=found.pk)
    if not done.update(done_at=timezone.now(), done_by=by, note=note[:200], answer=answer):
        raise WrongState(note)
    found.refresh_from_db()
    if answer and found.email:
        _write(found)


@transaction.atomic
def make_edit(found: ErrorReport, wanted: Values, why: str, *, by) -> TieEdit:
    """An edit of the tie that waits for review; the report stays open until it is closed.
    WrongState when there is one already."""
    stored = ErrorReport.objects.select_for_update().get(pk=found.pk)
    if stored.edit_id or stored.done_at:
        raise WrongState(str(stored.edit_id))
    edit = propose_edit(stored.tie, wanted, why, by=by)
    ErrorReport.objects.filter(pk=stored.pk).update(edit=edit)
    return edit


def _write(found: ErrorReport) -> None:
    links = {}
    for code in mail.LANGUAGES:
        with override(code):
            links[code] = {"link": absolute(found.subject.get_absolute_url())}
    facts = {"subject_name": str(found.subject), "answer": found.answer}
    subject, text = mail.letter("error-report-answer", found.language, facts, links)
    mail.queue(
        purpose=PURPOSE,
        about=f"error-report-{found.pk}",
        to=found.email,
        language=found.language,
        subject=subject,
        text=text,
    )
