"""Whom we may ask on the other side: entered at the desk of the side that knows them."""

from django import forms
from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.rights import Role
from committees.views.desk import DeskView
from relationships.models import SideContact, Tie
from relationships.side_of import side_of
from sistercities.editing.views import ActView


class SideContactForm(forms.Form):
    """An address of the other city."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail of the other city or its committee"),
        help_text=gettext_lazy("We ask there once a year whether the tie is alive. Never public."),
        error_messages={
            "required": gettext_lazy("Write an e-mail address."),
            "invalid": gettext_lazy("Write an e-mail address like name@example.org."),
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language do they read?"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        initial="en",
        error_messages={"required": gettext_lazy("Choose a language.")},
    )


class SideContactPage(DeskView, ActView):
    """Say whom to ask on the other side of one of the committee's ties."""

    role = Role.EDITOR
    section = "ties"
    base_template = "desk/base.html"
    form_class = SideContactForm
    button = gettext_lazy("Keep the address")
    message = gettext_lazy(
        "Kept. The national office looks at the address first. Then we ask there once a year."
    )

    @cached_property
    def tie(self) -> Tie:
        """A published tie of the committee in which it stands on a known side; else 404."""
        ties = Tie.objects.for_committee(self.committee).public().with_cities()
        return get_object_or_404(ties, pk=self.kwargs["pk"])

    @cached_property
    def other_side(self) -> str:
        """The side that is asked; the second one where nobody can tell."""
        return {"b": "a"}.get(side_of(self.tie, self.committee), "b")

    def get_title(self) -> str:
        """Which city it is about."""
        city = self.tie.city_a if self.other_side == "a" else self.tie.city_b
        return _("Whom may we ask in %(city)s?") % {"city": city.name}

    def own_addresses(self) -> set[str]:
        """Those of everybody who holds or held an office here, and of the committee itself."""
        terms = self.committee.terms.select_related("person__user")
        people = {term.person for term in terms}
        users = {one.user.email.lower() for one in people if one.user}
        own = {one.email.lower() for one in people} | users | {self.request.user.email.lower()}
        return own | {self.committee.public_email.lower()}

    def do(self, form: forms.Form) -> str:
        """Keep it once; one that was stopped is used again. Nobody answers for both sides."""
        email = form.cleaned_data["email"].strip().lower()
        if email in self.own_addresses():
            form.add_error("email", _("This is your own address. Write one of the other city."))
            return ""
        contact, created = SideContact.objects.get_or_create(
            tie=self.tie,
            side=self.other_side,
            email=email,
            defaults={
                "language": form.cleaned_data["language"],
                "given_by": f"{self.committee.name}, {timezone.localdate()}"[-200:],
            },
        )
        if contact.decision == SideContact.Decision.REFUSED:
            text = _("The national office does not write to this address: %(reason)s")
            form.add_error("email", text % {"reason": contact.decision_reason})
        elif contact.stopped_on:
            contact.ask_again()
            contact.save()
        elif contact.decision and not created:
            self.message = _("This address is on record already. We ask there once a year.")
        return self.tie.get_absolute_url()
