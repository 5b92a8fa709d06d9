"""The outbox, as the national office sees it. Texts stay unread here: they hold links and codes."""

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sistercities.admin import queues
from sistercities.admin.queues import Queue
from sistercities.admin.registry import ReadOnlyAdmin
from sistercities.models.mail import OutgoingMail

State = OutgoingMail.State


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """What waits, what was sent, and what could not be."""

    list_display = ("subject", "to", "purpose", "state", "created_at", "sent_at", "last_error")
    list_filter = ("state", "purpose")
    search_fields = ("to", "subject", "about")
    actions = ("try_again",)
    fields = (
        *("to", "subject", "language", "purpose", "about", "period", "unsubscribe", "state"),
        *("created_at", "not_before", "sent_at", "attempts", "first_tried_at", "last_error"),
        *("doubtful", "taken_until"),
    )

    def has_try_again_permission(self, request: HttpRequest) -> bool:
        """Whoever was granted the right to change mails, though nobody changes one by hand."""
        return request.user.has_perm("sistercities.change_outgoingmail")

    @admin.action(description=_("Try again"), permissions=["try_again"])
    def try_again(self, request: HttpRequest, queryset) -> None:
        """Send what was given up or waits for its next try; a fresh week of tries begins."""
        count = queryset.filter(state__in=(State.FAILED, State.WAITING)).update(
            state=State.WAITING,
            not_before=timezone.now(),
            first_tried_at=None,
            attempts=0,
            doubtful=0,
            taken_by="",
        )
        said = ngettext(
            "%(n)s mail will be tried again.", "%(n)s mails will be tried again.", count
        )
        self.message_user(request, said % {"n": count}, messages.SUCCESS)


def given_up(mails: QuerySet) -> QuerySet:
    """Mails that no try could deliver."""
    return mails.filter(state=State.FAILED).annotate(waiting_since=F("created_at"))


queues.add(Queue("mail-failed", 61, _("Mails that did not arrive"), OutgoingMail, given_up))
