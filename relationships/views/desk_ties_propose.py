"""Proposing a tie at the desk in six steps, and what happens next."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from committees.page_parts import own_cities
from committees.rights import Role
from relationships.forms.ties_proposing import (
    CityStep,
    ContactStep,
    HappenedStep,
    KindStep,
    ProofStep,
)
from relationships.models import Tie
from relationships.pages.desktie import PROPOSAL, DeskTie
from relationships.proposing import AlreadyThere, PlaceKnown, Proposed, propose
from relationships.views.desk_ties import OfTheDesk, TieDesk
from sistercities.editing.steps import Step, StepsView
from sistercities.editing.throwing import ThrowsAway
from sistercities.models import Draft

LONGEST_SEARCH = 200


class Propose(TieDesk, StepsView):
    """Other city, kind, what happened, document, contact; checked; sent once."""

    role = Role.EDITOR
    base_template = "desk/base.html"
    kind = PROPOSAL
    title = gettext_lazy("Propose a tie")
    start_url_name = "desk:tie-propose"
    step_url_name = "desk:tie-propose-step"
    throw_away_url_name = "desk:tie-propose-throw-away"
    finish_button = gettext_lazy("Send to the association")
    check_template_name = "desk/ties/propose_check.html"
    later_message = gettext_lazy("Kept. You find it among your ties, under “Drafts”.")
    steps = [
        Step("city", gettext_lazy("Which city?"), CityStep),
        Step("kind", gettext_lazy("What is it?"), KindStep),
        Step(
            "happened",
            gettext_lazy("What has happened so far?"),
            HappenedStep,
            gettext_lazy(
                "Write each date as you know it: 1969, May 1969, 14 May 1969, about 1969. "
                "Leave empty what has not happened."
            ),
        ),
        Step(
            "document",
            gettext_lazy("Is there a document?"),
            ProofStep,
            gettext_lazy(
                "The signed agreement or the act of the council. You may skip it: then it stands "
                "in your to-do list."
            ),
        ),
        Step(
            "contact",
            gettext_lazy("Whom can we ask on the other side?"),
            ContactStep,
            gettext_lazy("Only you and the national office see it. You may leave it empty."),
        ),
    ]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Not for a committee that speaks for no city."""
        if not own_cities(self.committee).exists():
            text = _("Your committee serves no city. Ask the national office to enter it.")
            messages.warning(request, text)
            return HttpResponseRedirect(self.get_later_url())
        return super().get(request, *args, **kwargs)

    @property
    def wanted(self) -> str:
        """The name that is looked for."""
        return self.request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]

    def get_template_names(self) -> list[str]:
        """The first step has a search before its questions."""
        is_city = self.step is not None and self.step.key == "city"
        return ["desk/ties/propose_city.html" if is_city else "editing/step.html"]

    def step_kwargs(self, step: Step) -> dict:
        """The first step knows the committee and what is looked for."""
        if step.key != "city":
            return {}
        return {"committee": self.committee, "wanted": self.wanted}

    def get_later_url(self) -> str:
        """The list with its drafts."""
        return reverse("desk:ties", args=[self.committee.slug])

    def draft_title(self, stored: Draft) -> str:
        """By the city, once it is chosen."""
        form = CityStep(
            data={name: texts[-1] for name, texts in stored.data.get("city", {}).items() if texts},
            committee=self.committee,
        )
        form.is_valid()
        other = form.cleaned_data.get("other")
        return str(other.name) if other else str(self.title)

    def get_context_data(self, **kwargs) -> dict:
        """With what is looked for, and the tie that stands in the way."""
        context = super().get_context_data(**kwargs)
        return context | {
            "wanted": self.wanted,
            "existing": getattr(context["form"], "existing", None),
            "returns": self.returns,
        }

    def finish(self, answers: dict[str, dict]) -> str:
        """Tie, events, evidence and contact at once, for the office to look at."""
        city, happened = answers["city"], answers["happened"]
        document, contact = answers["document"], answers["contact"]
        given = Proposed(
            own_city=city["own"],
            other=city["other"],
            kind=answers["kind"]["kind"],
            events=happened["events"],
            programme_year=happened["programme_year"],
            proof=document["proof"],
            proof_kind=document["proof_kind"],
            proof_is_public=document["proof_is_public"],
            contact=contact["contact"],
            contact_email=contact["contact_email"],
            contact_language=contact["contact_language"],
        )
        try:
            tie = propose(self.committee, given, by=self.request.user)
        except AlreadyThere as there:
            self.problem_url = self.page_of(there.tie)
            raise ValidationError(self.said_of(there.tie)) from None
        except PlaceKnown as known:
            text = _("The registry knows %(city)s. Search for it and choose it.")
            raise ValidationError(text % {"city": known.city}) from None
        return reverse("desk:tie-sent", args=[self.committee.slug, tie.pk])

    def checked(self, problems: list[str]) -> HttpResponse:
        """With a sentence that leads to the tie, when somebody else was quicker."""
        if self.request.method == "POST" and not problems:
            city = self.answered(self.steps[0])
            if not city.is_valid() and city.existing:
                self.problem_url = self.page_of(city.existing)
                problems = [self.said_of(city.existing)]
        return super().checked(problems)

    def said_of(self, tie: Tie) -> str:
        """Why it cannot be proposed."""
        return _("The registry has this tie already: %(tie)s.") % {"tie": tie}

    def page_of(self, tie: Tie) -> str:
        """Where this desk reads a tie that is there already."""
        if Tie.objects.for_committee(self.committee).filter(pk=tie.pk).exists():
            return reverse("desk:tie", args=[self.committee.slug, tie.pk])
        return tie.get_absolute_url() if tie.is_public else ""

    def get_message(self) -> str:
        """The page says it."""
        return ""


class ThrowAwayProposal(ThrowsAway, Propose):
    """A proposal that was begun and is not wanted any more."""


class Sent(TieDesk, OfTheDesk, TemplateView):
    """What happens next."""

    template_name = "desk/ties/sent.html"

    def allowed(self, ties):
        """What waits for the office."""
        return ties.filter(review=Tie.Review.SUBMITTED)

    def get_context_data(self, **kwargs) -> dict:
        """With what is missing, to be given in the meantime."""
        page = DeskTie(self.tie, self.side, self.committee, None)
        return super().get_context_data(**kwargs) | {"tie": self.tie, "page": page}
