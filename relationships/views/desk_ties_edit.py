"""A change of a tie that is not ours to make: proposed to the office, corrected, sent again."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.deciding import said_by_the_office
from relationships.amending import compared, propose_edit, send_edit_again
from relationships.answering import speaker, tell_the_office
from relationships.forms.edits import TieEditForm
from relationships.models import Correction, TieEdit
from relationships.views.desk_ties_story import StoryPage
from sistercities.editing.views import ActView
from sistercities.models.base import WrongState


class ProposeChange(StoryPage, ActView):
    """Facts as they should be, or plain words; to the national office."""

    form_class = TieEditForm
    title = gettext_lazy("Propose a change to the association")
    intro = gettext_lazy(
        "The kind of the tie, what a document proves, and what others entered are changed by the "
        "national office. Change what should be otherwise below, or write it in words."
    )
    button = gettext_lazy("Send to the association")
    message = gettext_lazy("Sent. The association answers within 5 working days.")

    def get_form_kwargs(self) -> dict:
        """With the tie, whose facts may be changed."""
        return super().get_form_kwargs() | {"tie": self.tie}

    def do(self, form: TieEditForm) -> str:
        """An edit where facts were changed; words alone are a line in the office's queue."""
        text, user = form.cleaned_data["text"], self.request.user
        if not form.changes_facts():
            said = speaker(user, self.committee, "", text)
            tell_the_office(self.tie, self.side, Correction.Kind.CHANGED, text, said)
            return self.tie_url()
        ours = {"by": user, "committee": self.committee, "side": self.side}
        edit = propose_edit(self.tie, form.wanted(), text, **ours)
        return reverse("desk:tie-edit", args=[self.committee.slug, self.tie.pk, edit.pk])


class OneEdit(ProposeChange):
    """What we proposed, and what became of it; to be corrected when the office asks for it."""

    template_name = "desk/ties/edit.html"
    title = gettext_lazy("A change that we proposed")
    button = gettext_lazy("Send to the association again")

    @cached_property
    def edit(self) -> TieEdit:
        """The edit of this address, when our committee proposed it."""
        rows = TieEdit.objects.filter(tie=self.tie, committee=self.committee)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict:
        """As it was proposed."""
        edit = self.edit
        kwargs = super().get_form_kwargs() | {"proposed": edit.proposed}
        kwargs["initial"] = {**kwargs["initial"], "text": edit.why}
        return kwargs

    def get_context_data(self, **kwargs) -> dict:
        """With old and new values, and the words of the office."""
        edit = self.edit
        edit.tie = self.tie
        return super().get_context_data(**kwargs) | {
            "edit": edit,
            "rows": compared(edit),
            "intro": "",
            "is_reopened": edit.review == TieEdit.Review.CHANGES_REQUESTED,
            "said_by_the_office": said_by_the_office(edit),
        }

    def do(self, form: TieEditForm) -> str:
        """Back into the office's queue."""
        edit = self.edit
        try:
            send_edit_again(edit, form.wanted(), form.cleaned_data["text"], by=self.request.user)
        except WrongState:
            form.add_error(None, _("It was sent or decided in the meantime."))
        except ValidationError as error:
            form.add_error(None, error)
        return self.request.path
