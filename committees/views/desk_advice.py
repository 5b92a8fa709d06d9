"""Advice at a committee's desk: ask the national office, read its answers, say whether they
helped. Everybody at the desk reads, editors write."""

import datetime
from collections.abc import Iterator

from django.db import models
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from committees import advising
from committees.desk import Section
from committees.desk import register as add_section
from committees.forms.advice import AdviceForm, AskForm
from committees.models import AdviceRequest, Committee, Guide
from committees.rights import Role
from committees.todo import Todo
from committees.todo import register as add_todo
from committees.views.desk import DeskView
from committees.views.desk_conversation import ConversationPage, Seen
from sistercities.editing.views import ActView
from sistercities.listing.numbered import numbered

LIST, ONE = "desk:advice", "desk:advice-request"

add_section(Section("advice", gettext_lazy("Advice"), LIST, order=85))


@add_todo
def answers_to_read(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """What the office answered and nobody said yet whether it helped."""
    answered = AdviceRequest.objects.for_committee(committee).to_read().order_by("pk")
    found = list(answered.values_list("pk", "subject"))
    if len(found) == 1:
        pk, subject = found[0]
        text = _("Read the national office's answer: %(subject)s") % {"subject": subject}
        yield Todo(text, reverse(ONE, args=[committee.slug, pk]))
    elif found:
        text = ngettext(
            "Read %(n)s answer of the national office",
            "Read %(n)s answers of the national office",
            len(found),
        )
        yield Todo(text % {"n": len(found)}, reverse(LIST, args=[committee.slug]))


class Advice(DeskView, TemplateView):
    """All questions of this committee, the newest first."""

    section = "advice"
    template_name = "desk/advice.html"

    def get_context_data(self, **kwargs) -> dict:
        """A page of them, and the guides."""
        asked = AdviceRequest.objects.for_committee(self.committee)
        page = numbered(asked, self.request)
        return super().get_context_data(**kwargs) | {"page": page}


class Ask(DeskView, ActView):
    """A new question."""

    role = Role.EDITOR
    section = "advice"
    template_name = "desk/advice_ask.html"
    form_class = AskForm
    title = gettext_lazy("Ask the national office")
    button = gettext_lazy("Send to the national office")
    message = gettext_lazy(
        "Sent. The office answers within 5 working days, and we tell you by e-mail."
    )

    def get_back_url(self) -> str:
        """To the list."""
        return reverse(LIST, args=[self.committee.slug])

    def get_context_data(self, **kwargs) -> dict:
        """With the guides, one of which may answer the question already."""
        return super().get_context_data(**kwargs) | {"guides": Guide.objects.public()}

    def do(self, form: AskForm) -> str:
        """Ask."""
        asked = advising.ask(
            self.committee,
            by=self.request.user,
            language=(get_language() or "es").partition("-")[0],
            **form.cleaned_data,
        )
        return reverse(ONE, args=[self.committee.slug, asked.pk])


class OneRequest(Seen, ConversationPage):
    """One question with all that was said; editors go on with it."""

    section = "advice"
    template_name = "desk/advice_request.html"
    form_class = AdviceForm
    button = gettext_lazy("Send")
    message = gettext_lazy("Sent. We tell you by e-mail when the office has answered.")

    def conversations(self) -> models.QuerySet:
        """Questions of this committee."""
        return AdviceRequest.objects.for_committee(self.committee).select_related("closed_by")

    def said(self) -> models.QuerySet:
        """With files and named guides."""
        return super().said().select_related("file").prefetch_related("guides")

    def get_title(self) -> str:
        """The question."""
        return self.thread.subject

    def post(self, *args, **kwargs) -> HttpResponse:
        """Viewers read only: their page takes no form."""
        if not self.may(Role.EDITOR):
            return self.http_method_not_allowed(self.request)
        return super().post(*args, **kwargs)

    def do(self, form: AdviceForm) -> str:
        """Write; what the office wrote meanwhile is read first."""
        try:
            advising.desk_writes(
                self.thread, by=self.request.user, seen=self.seen, **form.cleaned_data
            )
        except advising.SomebodyWrote as somebody:
            form.add_error(None, str(somebody))
        return reverse(ONE, args=[self.committee.slug, self.thread.pk])


class Helped(OneRequest):
    """Say that the answer helped: nothing more is to be done."""

    role = Role.EDITOR
    form_class = Form
    http_method_names = ("post", "options")
    message = gettext_lazy("Thank you. The question is closed; write again to open it anew.")

    def do(self, form: Form) -> str:
        """Close it; closed twice is closed once."""
        advising.close(self.thread, by=self.request.user, reason=advising.HELPED, is_office=False)
        return reverse(LIST, args=[self.committee.slug])
