"""Adding to a tie's story and proof at the desk; correcting and withdrawing what is our own."""

from django.db.models import ProtectedError, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.rights import Role
from relationships.deriving import derive
from relationships.forms.ties_answering import WhyForm
from relationships.forms.ties_story import (
    EventForm,
    EvidenceForm,
    KindForm,
    NewEvidenceForm,
    ProvenEventForm,
)
from relationships.models import Evidence, Tie, TieEvent
from relationships.proposing import send_again
from relationships.views.desk_ties import OfTheDesk, TieDesk
from relationships.witnessing import (
    event_in_words,
    own_events,
    own_evidence,
    take_file,
    withdraw_event,
    withdraw_evidence,
    withdrawable_events,
)
from sistercities.editing.views import ActView, CreateView, EditOneView, EditView
from sistercities.models.base import WrongState


class WithASide(OfTheDesk):
    """Behind TieDesk: for those who speak for one of the two cities. Leads back to the tie."""

    base_template = "desk/base.html"

    def allowed(self, ties):
        """Only with a side."""
        return ties.exclude(own_side="")

    def tie_url(self) -> str:
        """The tie at the desk."""
        return reverse("desk:tie", args=[self.committee.slug, self.tie.pk])

    def get_back_url(self) -> str:
        """Where the Back link leads."""
        return self.tie_url()

    def get_success_url(self) -> str:
        """Where a saved form leads."""
        return self.tie_url()


class StoryPage(TieDesk, WithASide):
    """For editors."""

    role = Role.EDITOR


class EventPage(StoryPage):
    """Saves an event of our own."""

    def after_save(self, form) -> None:
        """The axes follow."""
        derive([self.tie.pk])


class AddEvent(EventPage, CreateView):
    """Shown at once, with the name of our side."""

    form_class = EventForm
    title = gettext_lazy("Add an event")
    button = gettext_lazy("Add the event")
    message = gettext_lazy("The event was added.")
    history_reason = "Added at the desk"

    def new_object(self) -> TieEvent:
        """Of this tie, told by our side."""
        return TieEvent(tie=self.tie, entered_by=self.side)


class EditEvent(EventPage, EditView):
    """An event of our own; of a proven one only place and note."""

    title = gettext_lazy("Correct an event")
    message = gettext_lazy("The event was corrected.")
    history_reason = "Corrected at the desk"

    def get_queryset(self) -> QuerySet[TieEvent]:
        """Our own."""
        return own_events(self.tie, self.side)

    def get_form_class(self):
        """What a document proves is not changed by a form."""
        event = self.object or self.get_object()
        return ProvenEventForm if event.evidence.exists() else EventForm


class WithdrawEvent(StoryPage, ActView):
    """Our own, while no document proves it."""

    form_class = WhyForm
    title = gettext_lazy("Withdraw an event")
    button = gettext_lazy("Withdraw the event")
    is_dangerous = True
    message = gettext_lazy("The event was withdrawn. The history keeps it.")

    @property
    def event(self) -> TieEvent:
        """The event of this address."""
        rows = withdrawable_events(self.tie, self.side)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def intro(self) -> str:
        """Which one."""
        return event_in_words(self.event)

    def do(self, form) -> str:
        """Gone from the pages, kept in the history."""
        try:
            withdraw_event(self.event, form.cleaned_data["reason"])
        except ProtectedError:
            form.add_error(None, _("Somebody has added a document to it. It stays."))
        return self.tie_url()


class EvidencePage(StoryPage):
    """Saves evidence of our own."""

    def get_form_kwargs(self) -> dict:
        """With the tie, whose events may be chosen."""
        return super().get_form_kwargs() | {"tie": self.tie}


class AddEvidence(EvidencePage, CreateView):
    """A document, or where it can be read."""

    form_class = NewEvidenceForm
    title = gettext_lazy("Add evidence")
    button = gettext_lazy("Add the evidence")
    message = gettext_lazy("The evidence was added.")
    history_reason = "Added at the desk"

    def new_object(self) -> Evidence:
        """Of this tie, given by our side."""
        return Evidence(tie=self.tie, entered_by=self.side)

    def get_initial(self) -> dict:
        """What the link that led here wants, such as the agreement."""
        wanted = self.request.GET.get("kind", "")
        kinds = (Evidence.Kind.AGREEMENT, Evidence.Kind.COUNCIL_ACT)
        return {"is_public": True} | ({"kind": wanted} if wanted in kinds else {})

    def save(self, form) -> Evidence:
        """With the file that was checked and kept."""
        take_file(form.instance, form.cleaned_data["upload"])
        return super().save(form)


class EditEvidence(EvidencePage, EditView):
    """Our own. The file stays: withdraw it and add another."""

    form_class = EvidenceForm
    title = gettext_lazy("Correct evidence")
    message = gettext_lazy("The evidence was corrected.")
    history_reason = "Corrected at the desk"

    def get_queryset(self) -> QuerySet[Evidence]:
        """Our own."""
        return own_evidence(self.tie, self.side)


class WithdrawEvidence(StoryPage, ActView):
    """Our own, with its file."""

    form_class = WhyForm
    title = gettext_lazy("Withdraw evidence")
    button = gettext_lazy("Withdraw the evidence")
    is_dangerous = True
    message = gettext_lazy("The evidence was withdrawn, and its file deleted.")

    @property
    def evidence(self) -> Evidence:
        """The evidence of this address."""
        return get_object_or_404(own_evidence(self.tie, self.side), pk=self.kwargs["pk"])

    @property
    def intro(self) -> str:
        """Which one."""
        return str(self.evidence)

    def do(self, form) -> str:
        """Row and file go, the history stays."""
        withdraw_evidence(self.evidence, form.cleaned_data["reason"])
        return self.tie_url()


class OfOurProposal(WithASide):
    """Behind TieDesk: our own proposal that the office sent back."""

    def allowed(self, ties):
        """Reopened, and ours."""
        return (
            super()
            .allowed(ties)
            .filter(review=Tie.Review.CHANGES_REQUESTED, proposal__committee=self.committee)
        )


class EditProposedKind(TieDesk, OfOurProposal, EditOneView):
    """What the two cities call it."""

    role = Role.EDITOR
    form_class = KindForm
    title = gettext_lazy("What is it?")
    history_reason = "Corrected before it was sent again"

    def get_object(self) -> Tie:
        """This tie, without what its page worked out."""
        return Tie.objects.get(pk=self.tie.pk)

    def after_save(self, form) -> None:
        """The axes follow."""
        derive([self.tie.pk])


class SendAgain(TieDesk, OfOurProposal, ActView):
    """After the changes that the office asked for."""

    role = Role.EDITOR
    form_class = WhyForm
    title = gettext_lazy("Send to the association again")
    button = gettext_lazy("Send to the association")

    def get_form(self, form_class=None):
        """Asks what was changed."""
        form = super().get_form(form_class)
        form.fields["reason"].label = _("What did you change?")
        form.fields["reason"].help_text = _("One sentence for the association.")
        return form

    def do(self, form) -> str:
        """Back into the office's queue."""
        try:
            send_again(self.tie, form.cleaned_data["reason"])
        except WrongState:
            form.add_error(None, _("It was sent in the meantime."))
        return reverse("desk:tie-sent", args=[self.committee.slug, self.tie.pk])

    def get_message(self) -> str:
        """The page says it."""
        return ""
