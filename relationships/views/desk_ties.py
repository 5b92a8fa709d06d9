"""The ties of a committee at its desk: the list, one tie, its history, its private files."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from committees.views.desk import DeskView
from relationships.models import Tie
from relationships.pages.desktie import DeskTie, desk_ties
from relationships.pages.tiehistory import changes_of
from relationships.witnessing import evidence_of
from sistercities.editing.serving import send


class OfTheDesk(TemplateResponseMixin, ContextMixin, View):
    """Behind DeskView: `self.tie` is the tie of this address, `self.side` our side of it ("" when
    nobody can tell). 404 for every tie that is not the committee's."""

    tie: Tie
    side: str

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """Find the tie among those of the committee."""
        ties = Tie.objects.for_committee(self.committee).with_cities().with_side(self.committee)
        self.tie = get_object_or_404(self.allowed(ties), pk=self.kwargs["tie"])
        self.side = self.tie.own_side
        return super().dispatch(request, *args, **kwargs)

    def allowed(self, ties):
        """Narrow the ties that a page is about."""
        return ties

    @property
    def sister(self):
        """The city on the other side."""
        return self.tie.city_a if self.side == "b" else self.tie.city_b


class TieDesk(DeskView):
    """A page of the section "ties"."""

    section = "ties"


class TieList(TieDesk, TemplateView):
    """All ties of the committee, published and proposed, and the drafts."""

    template_name = "desk/ties/list.html"

    def get_context_data(self, **kwargs) -> dict:
        """Rows in a fixed number of queries."""
        page = desk_ties(self.committee, timezone.localdate())
        return super().get_context_data(**kwargs) | {"page": page}


class OneTie(TieDesk, OfTheDesk, TemplateView):
    """One tie: what is known, what is missing, what to do."""

    template_name = "desk/ties/tie.html"

    def get_context_data(self, **kwargs) -> dict:
        """Everything the page says."""
        page = DeskTie(self.tie, self.side, self.committee, timezone.localdate())
        return super().get_context_data(**kwargs) | {"page": page, "tie": self.tie}


class TieHistory(TieDesk, OfTheDesk, TemplateView):
    """Who changed what, when and why."""

    template_name = "desk/ties/history.html"

    def get_context_data(self, **kwargs) -> dict:
        """The newest first."""
        changes = changes_of(self.tie, self.committee, self.side)
        return super().get_context_data(**kwargs) | {"changes": changes, "tie": self.tie}


class EvidenceFile(DeskView, OfTheDesk):
    """A file of this tie, also a private one of our own side."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """As an attachment."""
        rows = evidence_of(self.tie, self.side).exclude(file="")
        found = get_object_or_404(rows, pk=self.kwargs["pk"])
        return send(found.file, found.file_name)
