"""What all conversations at a desk share: every message, and a form for one more."""

from collections.abc import Callable
from functools import cached_property

from django.db import models
from django.shortcuts import get_object_or_404

from committees.forms.contact import WritingForm
from committees.views.desk import DeskView
from sistercities.editing.views import ActView

SEEN = "_seen"
LONGEST_NUMBER = 18


class Seen:
    """Mixin for pages with a conversation in `said`: the form tells which message was shown last,
    so that what another one wrote meanwhile can be read first."""

    @property
    def seen(self) -> int:
        """The number that came with the form; 0 for what cannot be one."""
        text = self.data.get(SEEN, "")
        is_number = text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER
        return int(text) if is_number else 0

    def get_context_data(self, **kwargs) -> dict:
        """With the number of the last message that is shown."""
        context = super().get_context_data(**kwargs)
        return context | {"seen": max((one.pk for one in context["said"]), default=0)}


class ConversationPage(DeskView, ActView):
    """One conversation with a form to go on with it."""

    conversations: Callable[[], models.QuerySet]
    """Those of this desk, and of no other."""

    form_class = WritingForm

    def said(self) -> models.QuerySet:
        """All messages in the order in which they came."""
        return self.thread.messages.select_related("author")

    @cached_property
    def thread(self) -> models.Model:
        """The conversation, 404 for one of another committee."""
        return get_object_or_404(self.conversations(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs) -> dict:
        """With the messages."""
        context = super().get_context_data(**kwargs)
        return context | {"thread": self.thread, "said": list(self.said())}
