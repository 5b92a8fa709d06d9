"""The acts of the office about one request for advice: answer, take, close, open again."""

from collections.abc import Callable

from django.forms import BaseForm, Form
from django.utils.translation import gettext_lazy

from committees import advising
from committees.forms.advice import AnswerForm, WhyForm
from committees.models import AdviceRequest
from committees.views.desk_conversation import Seen
from sistercities.admin.acts import OfficeAct
from sistercities.editing import uploading
from sistercities.models.base import WrongState


def conversation(asked: AdviceRequest) -> dict:
    """What the templates show of a request."""
    messages = asked.messages.select_related("author", "file").prefetch_related("guides")
    said = list(messages)
    return {"asked": asked, "said": said, "seen": max((one.pk for one in said), default=0)}


class AdviceAct(Seen, OfficeAct):
    """An act on one request; what a colleague did meanwhile is told in a sentence."""

    acted: Callable[[BaseForm], None]
    """The act, of each page its own; WrongState and SomebodyWrote say why it cannot be."""

    right = "committees.change_advicerequest"
    template_name = "admin/advice/act.html"

    def get_context_data(self, **kwargs) -> dict:
        """With the conversation."""
        return super().get_context_data(**(conversation(self.object) | kwargs))

    def upload_owner(self) -> None:
        """The office's files fill no committee's quota."""

    def do(self, form: BaseForm) -> str:
        """Act, and write it into the log."""
        try:
            self.acted(form)
        except (WrongState, advising.SomebodyWrote) as why:
            form.add_error(None, str(why))
        else:
            self.log(self.object, form.cleaned_data.get("reason") or str(self.get_title()))
        return self.url("change", self.object.pk)


class Answer(AdviceAct):
    """Write to the desk."""

    title = gettext_lazy("Answer")
    template_name = "admin/advice/answer.html"
    form_class = AnswerForm
    button = gettext_lazy("Send the answer")
    message = gettext_lazy("Sent. We tell the committee by e-mail.")

    @classmethod
    def fresh_form(cls, asked: AdviceRequest) -> AnswerForm:
        """An empty form for the page of the request."""
        return uploading.belongs_to(None, AnswerForm(topic=asked.topic))

    def get_form_kwargs(self) -> dict:
        """Guides of the same topic come first."""
        return super().get_form_kwargs() | {"topic": self.object.topic}

    def get_context_data(self, **kwargs) -> dict:
        """The form under the name that the shared part of the templates knows."""
        context = super().get_context_data(**kwargs)
        return context | {"answer_form": context["form"]}

    def acted(self, form: AnswerForm) -> None:
        """Answer."""
        advising.office_answers(
            self.object, by=self.request.user, seen=self.seen, **form.cleaned_data
        )


class Take(AdviceAct):
    """Say that one will answer."""

    title = gettext_lazy("I will answer")
    form_class = Form
    button = gettext_lazy("I will answer")
    message = gettext_lazy("It is yours.")

    def acted(self, form: Form) -> None:
        """Take it."""
        advising.take(self.object, by=self.request.user)


class Close(AdviceAct):
    """Nothing more is to be answered."""

    title = gettext_lazy("Close the request")
    form_class = WhyForm
    button = gettext_lazy("Close it and tell the committee")
    message = gettext_lazy("Closed. We tell the committee by e-mail, with your reason.")

    def acted(self, form: WhyForm) -> None:
        """Close."""
        reason = form.cleaned_data["reason"]
        advising.close(self.object, by=self.request.user, reason=reason, is_office=True)


class Reopen(AdviceAct):
    """It is to be answered after all."""

    title = gettext_lazy("Open the request again")
    form_class = WhyForm
    button = gettext_lazy("Open it again")
    message = gettext_lazy("Open again: it waits in the queue.")

    def acted(self, form: WhyForm) -> None:
        """Open it."""
        advising.reopen(self.object, by=self.request.user, reason=form.cleaned_data["reason"])
