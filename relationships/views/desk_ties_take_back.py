"""The end of a tie was entered by mistake: our coordinator takes it back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.rights import Role
from relationships.forms.ties_answering import WhyForm
from relationships.models import Tie
from relationships.taking_back import take_back
from relationships.views.desk_ties import TieDesk
from relationships.views.desk_ties_story import WithASide
from sistercities.editing.views import ActView
from sistercities.models.base import WrongState


class TakeEndBack(TieDesk, WithASide, ActView):
    """With a reason; what stood before stands again."""

    role = Role.COORDINATOR
    form_class = WhyForm
    title = gettext_lazy("Take the end back")
    intro = gettext_lazy(
        "Your side entered by mistake that the tie has ended. Its document and your answer go with "
        "it. The history keeps them, and the other side is told."
    )
    button = gettext_lazy("Take the end back")
    message = gettext_lazy("The end was taken back. The tie stands as it did before.")

    def allowed(self, ties):
        """Ended ones."""
        return super().allowed(ties).public().filter(status=Tie.Status.ENDED)

    def do(self, form) -> str:
        """As long as nobody has acted on it."""
        try:
            take_back(self.tie, self.side, self.committee, form.cleaned_data["reason"])
        except WrongState:
            text = _(
                "The other side or the association has acted on this end, or your side did not "
                "enter it. Write to the association."
            )
            form.add_error(None, text)
        return self.tie_url()
