"""Throwing a draft away, with its files: asked once, done once."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from sistercities.editing.steps import CHECK
from sistercities.models import Draft


class ThrowsAway:
    """Mixin in front of a StepsView whose drafts it throws away: the same desk, the same rights.

    class ThrowAwayProposal(ThrowsAway, Propose): ...
    """

    thrown_away = _("The draft was thrown away.")
    throw_away_template_name = "editing/throw_away.html"

    def get(self, request, *args, **kwargs) -> HttpResponse:
        """The question."""
        self.load()
        return self.asked()

    def prepare_post(self) -> None:
        """Find the draft; no file comes with this form."""
        self.load()

    def without_nonce(self) -> HttpResponse:
        """The question again."""
        return self.asked()

    def act(self) -> HttpResponse:
        """Throw it away, whatever somebody writes in it at this moment."""
        get_object_or_404(Draft.objects.select_for_update(), pk=self.draft.pk)
        Draft.objects.filter(pk=self.draft.pk).throw_away()
        return self.done(self.get_later_url(), str(self.thrown_away))

    def asked(self) -> HttpResponse:
        """The page with the one button."""
        context = self.get_context_data(form=forms.Form(), version=None)
        return self.answer(self.throw_away_template_name, context)

    def get_back_url(self) -> str:
        """All its answers."""
        return self.url_of(CHECK)
