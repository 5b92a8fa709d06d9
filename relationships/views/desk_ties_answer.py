"""Our own answer about a tie from the desk, our objection to its end, and its end."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.rights import Role
from relationships.answering import answer_at_desk, disagree, speaker
from relationships.ending import End, end
from relationships.forms.ties_answering import (
    AnswerForm,
    DecisionStep,
    DisagreementForm,
    DocumentStep,
    WordingStep,
)
from relationships.models import Inquiry, Tie
from relationships.pages.desktie import DeskTie
from relationships.reporting.acknowledging import serves_both
from relationships.views.desk_ties import TieDesk
from relationships.views.desk_ties_story import WithASide
from sistercities.editing.steps import Step, StepsView
from sistercities.editing.throwing import ThrowsAway
from sistercities.editing.views import ActView
from sistercities.models.base import WrongState


class InForce(WithASide):
    """Behind TieDesk: a published tie that has not ended."""

    def allowed(self, ties):
        """Only those that can be answered for."""
        return super().allowed(ties).public().in_force()


class Confirm(TieDesk, InForce, ActView):
    """One answer of our side; it counts from today."""

    role = Role.EDITOR
    form_class = AnswerForm
    template_name = "desk/ties/confirm.html"
    button = gettext_lazy("Answer")

    def get_title(self) -> str:
        """Which tie."""
        return _("Is the tie with %(city)s alive?") % {"city": self.sister.name}

    def get_form_kwargs(self) -> dict:
        """A committee of both cities says for which one it answers."""
        both = self.tie if serves_both(self.committee, self.tie) else None
        return super().get_form_kwargs() | {"both": both}

    def do(self, form) -> str:
        """Write it down, and derive."""
        answer, text = form.cleaned_data["answer"], form.cleaned_data["text"]
        given = speaker(self.request.user, self.committee, answer, text)
        answer_at_desk(self.tie, form.sides(self.side), given)
        self.message = {
            Inquiry.Answer.ALIVE: _("Thank you. The tie is confirmed as of today."),
            Inquiry.Answer.CHANGED: _(
                "Thank you. The tie is confirmed, and the association reads what has changed."
            ),
            Inquiry.Answer.UNKNOWN: _(
                "Thank you. The tie is marked as disputed. The association asks both sides."
            ),
        }[answer]
        return self.tie_url()

    def get_context_data(self, **kwargs) -> dict:
        """With the tie, for the way to its end."""
        return super().get_context_data(**kwargs) | {"tie": self.tie}


class Disagree(TieDesk, WithASide, ActView):
    """The other side entered the end; we say that the tie lives."""

    role = Role.COORDINATOR
    form_class = DisagreementForm
    title = gettext_lazy("Say that the tie has not ended")
    button = gettext_lazy("Say that it has not ended")
    message = gettext_lazy("Sent. The tie is marked as disputed; the association asks both sides.")

    def allowed(self, ties):
        """Ended ones."""
        return super().allowed(ties).public().filter(status=Tie.Status.ENDED)

    def do(self, form) -> str:
        """Our answer and a line in the office's queue."""
        page = DeskTie(self.tie, self.side, self.committee, None)
        if not page.may_disagree:
            form.add_error(None, _("Your side entered this end, or has answered already."))
            return self.tie_url()
        text = form.cleaned_data["text"]
        said = speaker(self.request.user, self.committee, Inquiry.Answer.ALIVE, text)
        disagree(self.tie, self.side, said)
        return self.tie_url()


class EndTie(TieDesk, InForce, StepsView):
    """Who decided, by which document, and what everyone reads; then the end is written."""

    role = Role.COORDINATOR
    title = gettext_lazy("The end of a tie")
    start_url_name = "desk:tie-end"
    step_url_name = "desk:tie-end-step"
    throw_away_url_name = "desk:tie-end-throw-away"
    finish_button = gettext_lazy("End the tie")
    steps = [
        Step(
            "decision",
            gettext_lazy("Who decided it, and when?"),
            DecisionStep,
            gettext_lazy("Nothing is deleted. The tie stays visible as a part of the record."),
        ),
        Step(
            "document",
            gettext_lazy("Is there a document?"),
            DocumentStep,
            gettext_lazy("Such as the act of the council. You may skip it."),
        ),
        Step(
            "wording",
            gettext_lazy("What should everyone read?"),
            WordingStep,
            gettext_lazy("The other side is told in the same words, and may disagree."),
        ),
    ]

    @property
    def kind(self) -> str:
        """Drafts of this tie's end only."""
        return f"tie-end-{self.tie.pk}"

    def step_kwargs(self, step: Step) -> dict:
        """The decision knows the tie's beginning."""
        return {"tie": self.tie} if step.key == "decision" else {}

    def get_later_url(self) -> str:
        """The tie."""
        return self.tie_url()

    def get_back_url(self) -> str:
        """The step before, or the tie."""
        return StepsView.get_back_url(self)

    def draft_title(self, stored) -> str:
        """Which tie."""
        return _("The end of %(tie)s") % {"tie": self.tie}

    def finish(self, answers: dict[str, dict]) -> str:
        """Once, in one transaction."""
        decision, document = answers["decision"], answers["document"]
        given = End(
            date=decision["date"],
            decided_by=decision["decided_by"],
            wording=answers["wording"]["wording"],
            document=document["document"],
            document_title=document["document_title"],
            is_public=document["document_is_public"],
        )
        said = speaker(self.request.user, self.committee, Inquiry.Answer.ENDED)
        try:
            end(self.tie, self.side, self.committee, given, said)
        except WrongState:
            raise ValidationError(_("This tie has ended in the meantime.")) from None
        return self.tie_url()

    def get_message(self) -> str:
        """What happens next."""
        return _("The end was written down. The other side is told by e-mail and may disagree.")


class ThrowAwayEnd(ThrowsAway, EndTie):
    """An end that was begun and not written down."""
