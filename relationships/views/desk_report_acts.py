"""What both sides do with a report of an exchange or a donation: withdraw it, acknowledge it, say
that it is not right, stand by it."""

from django import forms
from django.contrib.messages import info, warning
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.rights import Role
from relationships.reporting import acknowledging as acts
from relationships.reporting.acknowledging import Report
from relationships.reporting.lines import line_of
from relationships.views.desk_reporting import ReportPage
from sistercities.editing.views import ActView


class ReportAct(ReportPage, ActView):
    """A button about one report."""

    role = Role.EDITOR
    template_name = "desk/exchanges/act.html"
    form_class = forms.Form
    report: Report

    def get_queryset(self) -> QuerySet:
        """Those with which it may be done."""
        return acts.ours(self.rows())

    def get(self, request, *args, **kwargs) -> HttpResponse:
        """The question."""
        self.report = self.found(self.get_queryset())
        return super().get(request, *args, **kwargs)

    def without_nonce(self) -> HttpResponse:
        """The question again."""
        self.report = self.found(self.get_queryset())
        return super().without_nonce()

    def act(self) -> HttpResponse:
        """With the report as it is now; whoever else wants to change it waits."""
        self.model.objects.select_for_update().filter(pk=self.kwargs["pk"]).first()
        self.report = self.found(self.get_queryset())
        return super().act()

    def get_context_data(self, **kwargs) -> dict:
        """Which report it is about."""
        return super().get_context_data(**kwargs) | {"line": line_of(self.report, self.committee)}

    def get_back_url(self) -> str:
        """The page of the report."""
        return self.url("", self.kwargs["pk"])


class ReasonForm(forms.Form):
    """Why a report is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say why; the record keeps it.")},
    )


class Withdraw(ReportAct):
    """Take a report back. It is not deleted."""

    form_class = ReasonForm
    button = gettext_lazy("Withdraw the report")
    is_dangerous = True
    message = gettext_lazy("Withdrawn. The national office can bring it back.")
    intro = gettext_lazy("It will not be shown or counted any more. The record keeps it.")

    def do(self, form: ReasonForm) -> str:
        """Withdraw it."""
        acts.withdraw(self.report, form.cleaned_data["reason"])
        return self.list_url()


class Acknowledge(ReportAct):
    """One button of the other side: it is right."""

    title = gettext_lazy("Acknowledge the report")
    button = gettext_lazy("Acknowledge")
    message = gettext_lazy("Acknowledged. Thank you.")

    def get_queryset(self) -> QuerySet:
        """What the other side reported."""
        return acts.theirs(self.rows()).filter(review=self.model.Review.PUBLISHED)

    def do(self, form: forms.Form) -> str:
        """Acknowledge it, once, and only as it was shown."""
        url = self.url("", self.report.pk)
        if self.data.get("seen") != line_of(self.report, self.committee).stamp:
            self.message = ""
            warning(self.request, _("The report was changed in the meantime. Look at it again."))
        elif not acts.acknowledge(self.report, self.committee):
            info(self.request, _("Somebody acknowledged it before."))
            self.message = ""
        return url


class ObjectionForm(forms.Form):
    """What is not right."""

    text = forms.CharField(
        label=gettext_lazy("What is not right?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Write what is not right.")},
    )


class Object(Acknowledge):
    """The other side says that it is not right."""

    template_name = "desk/exchanges/act.html"
    form_class = ObjectionForm
    title = gettext_lazy("This is not right")
    intro = gettext_lazy("The committee that reported reads your message and answers it.")
    button = gettext_lazy("Send the message")
    message = gettext_lazy("Sent. The report stays until the other side has looked at it.")

    def get_queryset(self) -> QuerySet:
        """What is acknowledged is not disputed any more."""
        return super().get_queryset().filter(acknowledged_on=None)

    def do(self, form: ObjectionForm) -> str:
        """Tell them."""
        text, user = form.cleaned_data["text"], self.request.user
        acts.object_to(self.report, self.report.own_side, text, user)
        return self.url("", self.report.pk)


class StandBy(ReportAct):
    """The side that reported looked again, and it is right: the other side is asked again."""

    title = gettext_lazy("We looked again: it is right")
    button = gettext_lazy("Ask them again")
    message = gettext_lazy("The other side is asked again.")

    def get_queryset(self) -> QuerySet:
        """Own ones that the other side disputes."""
        return acts.disputed(self.rows())

    def do(self, form: forms.Form) -> str:
        """Close the objections."""
        acts.settle(self.report, _("Looked at again"))
        return self.url("", self.report.pk)
