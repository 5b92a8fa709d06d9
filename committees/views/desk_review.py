"""A committee that the national office sent back for changes is sent to it again."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.deciding import said_by_the_office
from committees.models import Committee
from committees.rights import Role
from committees.views.desk import DeskView
from sistercities.editing.views import ActView
from sistercities.models.base import WrongState


class WhatChangedForm(forms.Form):
    """A sentence for the office."""

    reason = forms.CharField(
        label=gettext_lazy("What did you change?"),
        help_text=gettext_lazy("One sentence for the association."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what you changed.")},
    )


class SendAgain(DeskView, ActView):
    """The page is corrected in its own forms; this says that it is ready."""

    role = Role.EDITOR
    form_class = WhatChangedForm
    title = gettext_lazy("Send the committee to the association again")
    button = gettext_lazy("Send to the association")
    message = gettext_lazy("Sent. The association answers within 5 working days.")

    @property
    def intro(self) -> str:
        """What the office wrote."""
        said = said_by_the_office(self.committee)
        return _("The association asks for changes: “%(reason)s”") % {"reason": said}

    def get(self, request, *args, **kwargs) -> HttpResponse:
        """The question; nothing is asked for: back to the desk."""
        if self.committee.review != Committee.Review.CHANGES_REQUESTED:
            messages.info(request, _("The association asks for no changes at the moment."))
            return HttpResponseRedirect(self.get_back_url())
        return super().get(request, *args, **kwargs)

    def get_back_url(self) -> str:
        """The desk's home."""
        return reverse("desk:home", args=[self.committee.slug])

    def do(self, form: WhatChangedForm) -> str:
        """Back into the office's queue; once."""
        try:
            self.committee.send_again(form.cleaned_data["reason"])
        except WrongState:
            form.add_error(None, _("It was sent in the meantime."))
        return self.get_back_url()
