"""What visitors wrote, at the committee's desk: read, answer, close."""

import datetime
from collections.abc import Iterator

from django.db import models
from django.db.models import Max, OuterRef, Subquery
from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from committees import messaging
from committees.desk import Section
from committees.desk import register as add_section
from committees.forms.contact import WritingForm
from committees.models import Committee, Message, Thread
from committees.rights import Role
from committees.todo import Todo
from committees.todo import register as add_todo
from committees.views.desk import DeskView
from committees.views.desk_conversation import ConversationPage
from sistercities.listing.numbered import numbered

ANSWER_DAYS = 5
LIST = "desk:messages"

add_section(Section("messages", gettext_lazy("Messages"), LIST, order=80, role=Role.EDITOR))


@add_todo
def unanswered_messages(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Visitors are answered within five days."""
    waiting = Thread.objects.for_committee(committee).unanswered()
    days = waiting.annotate(last=Max("messages__sent_at")).values_list("last", flat=True)
    if found := list(days):
        count = len(found)
        text = ngettext(
            "Answer %(n)s unanswered message", "Answer %(n)s unanswered messages", count
        )
        due = min(found).date() + datetime.timedelta(days=ANSWER_DAYS)
        yield Todo(text % {"n": count}, reverse(LIST, args=[committee.slug]), due=due)


class Threads(DeskView, TemplateView):
    """All conversations, those that wait for an answer first."""

    role = Role.EDITOR
    section = "messages"
    template_name = "desk/messages.html"

    def get_context_data(self, **kwargs) -> dict:
        """A page of them."""
        last = Message.objects.filter(thread=OuterRef("pk")).order_by("-sent_at", "-pk")
        threads = (
            Thread.objects.for_committee(self.committee)
            .annotate(
                last_at=Subquery(last.values("sent_at")[:1]),
                theirs=Subquery(last.values("by_visitor")[:1]),
            )
            .order_by("-last_at", "-pk")
        )
        return super().get_context_data(**kwargs) | {"page": numbered(threads, self.request)}


class OneThread(ConversationPage):
    """One conversation with a form to answer."""

    role = Role.EDITOR
    section = "messages"
    template_name = "desk/messages_thread.html"
    button = gettext_lazy("Send the answer")
    message = gettext_lazy("Sent. We tell the visitor by e-mail.")

    def conversations(self) -> models.QuerySet:
        """Of visitors with this committee."""
        return Thread.objects.for_committee(self.committee)

    def get_title(self) -> str:
        """Who wrote."""
        return _("Message from %(name)s") % {"name": self.thread.name}

    def do(self, form: WritingForm) -> str:
        """Answer."""
        thread = self.thread
        if thread.closed_at:
            form.add_error(None, _("This conversation was closed in the meantime."))
        else:
            messaging.committee_answers(thread, form.cleaned_data["text"], by=self.request.user)
        return reverse("desk:thread", args=[self.committee.slug, thread.pk])


class CloseThread(OneThread):
    """Say that nothing more is to be answered."""

    form_class = Form
    http_method_names = ("post", "options")
    message = gettext_lazy("Closed. It does not wait for an answer any more.")

    def do(self, form: Form) -> str:
        """Close it; closed twice is closed once."""
        messaging.close(self.thread)
        return reverse(LIST, args=[self.committee.slug])
