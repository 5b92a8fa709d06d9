"""The page on which the office reviews one object: before and after side by side, and the acts.

A `ReviewedAdmin` has it by itself. What a reviewer reads beside the columns of the object is said
per model by the methods named `review_…`. Two reviewers: who presses second reads who decided
what, and when; nothing that somebody did not see is decided.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sistercities.admin import queues
from sistercities.admin.comparing import (
    NEVER_SHOWN,
    Fact,
    Line,
    Section,
    changed_since,
    decided_in_words,
    facts_of,
    last_public,
)
from sistercities.admin.reasons import LONGEST_REASON
from sistercities.admin.registry import number_of, sentence_for
from sistercities.models import Reviewed
from sistercities.models.base import WrongState

Review = Reviewed.Review
MOST_IN_A_QUEUE = 1000
"""So many rows of a queue are looked through for the next one."""


@dataclass(frozen=True)
class Verb:
    """An act of the office. `method` is the one of the object; all but accepting need a reason."""

    key: str
    method: str
    label: Any
    asks: Any
    done: Any
    needs_reason: bool = True


VERBS = (
    Verb(
        "accept",
        "publish",
        gettext_lazy("Accept"),
        gettext_lazy("Reason or source, for the history"),
        gettext_lazy("Accepted: %(name)s."),
        needs_reason=False,
    ),
    Verb(
        "ask",
        "ask_for_changes",
        gettext_lazy("Ask for changes"),
        gettext_lazy("What should be changed? The sender reads it."),
        gettext_lazy("Sent back for changes: %(name)s."),
    ),
    Verb(
        "reject",
        "reject",
        gettext_lazy("Reject"),
        gettext_lazy("Why? The sender reads it."),
        gettext_lazy("Rejected: %(name)s."),
    ),
    Verb(
        "reopen",
        "reopen",
        gettext_lazy("Take the decision back"),
        gettext_lazy("Why? It waits for review again, and the sender is told."),
        gettext_lazy("The decision was taken back: %(name)s."),
    ),
)


class DecisionForm(forms.Form):
    """The reason or message of one act."""

    change_reason = forms.CharField(
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REASON}),
        error_messages={
            "required": gettext_lazy("Write this first: the sender and the history need it."),
        },
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, verb: Verb, **kwargs) -> None:
        super().__init__(*args, auto_id=f"id_{verb.key}_%s", **kwargs)
        self.verb, self.use_required_attribute = verb, False
        self.fields["change_reason"].label = verb.asks
        self.fields["change_reason"].required = verb.needs_reason


class ReviewPages(admin.ModelAdmin):
    """Adds `…/<pk>/review/`, its acts and `…/<pk>/preview/` to the admin of a `Reviewed` model."""

    review_template = "admin/review.html"
    review_related: tuple[tuple[type[models.Model], str], ...] = ()
    """Models with history whose rows belong to the object, and the column that says so."""
    review_has_preview = False

    # What a model says in its own way

    def review_facts(self, obj: Reviewed) -> list[Fact]:
        """Its columns in words, against what was public last."""
        return facts_of(obj, self._columns(), None if obj.is_public else last_public(obj))

    def review_sections(self, obj: Reviewed) -> list[Section]:
        """What belongs to it: events, evidence, people."""
        return []

    def review_sender(self, obj: Reviewed) -> list[Fact]:
        """Who sent it, when, and what they wrote."""
        return []

    def review_alike(self, obj: Reviewed) -> Iterable[models.Model]:
        """What it may be a duplicate of."""
        return ()

    def review_preview(self, obj: Reviewed) -> tuple[str, dict] | None:
        """Template and context of its public page; None where it has none of its own."""
        return None

    def review_extra(self, obj: Reviewed) -> dict:
        """What else its template shows."""
        return {}

    def tell(self, objects: list) -> None:
        """Tell those who sent them what was decided. In the transaction of the decision."""

    def decide(self, obj: Reviewed, verb: Verb, *, by, reason: str, seen: str, data) -> None:
        """The act itself; `data` is the rest of what the page sent."""
        getattr(obj, verb.method)(by=by, reason=reason, seen=seen)

    # Rights and addresses

    def has_review_permission(self, request: HttpRequest, obj=None) -> bool:
        """Whether somebody may decide: a right of its own, without that of changing facts, where
        the model names one."""
        own = f"review_{self.opts.model_name}"
        if own not in {codename for codename, _name in self.opts.permissions}:
            return self.has_change_permission(request, obj)
        return request.user.has_perm(f"{self.opts.app_label}.{own}")

    def get_urls(self) -> list:
        """With the pages of the review."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/review/", wrap(self.review_view), name=f"{name}_review"),
            path("<int:pk>/preview/", wrap(self.preview_view), name=f"{name}_preview"),
            path("<int:pk>/review/<slug:verb>/", wrap(self.decide_view), name=f"{name}_decide"),
            *super().get_urls(),
        ]

    def review_url(self, pk: int, queue: queues.Queue | None = None, verb: str = "") -> str:
        """The page of an object, or one of its acts, as a part of a queue or alone."""
        return review_url(self.model, pk, queue, verb)

    # The pages

    def review_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What waits, and what may be done. A GET changes nothing."""
        return self._shown(request, self._reviewed(request, pk))

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Its public page, as it would be."""
        obj = self._reviewed(request, pk)
        preview = self.review_preview(obj)
        if preview is None:
            raise Http404
        template, context = preview
        return render(request, template, context)

    def decide_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """One act, when its form is whole and shows what stands there now."""
        obj = self._reviewed(request, pk)
        chosen = next((one for one in VERBS if one.key == verb), None)
        if chosen is None:
            raise Http404
        if request.method != "POST":
            return HttpResponseRedirect(self.review_url(pk, queues.chosen(request, self.model)))
        form = DecisionForm(request.POST, verb=chosen)
        if not form.is_valid():
            return self._shown(request, obj, form)
        reason = " ".join(form.cleaned_data["change_reason"].split())
        try:
            with transaction.atomic():
                obj = self._locked(request, pk, form)
                data = request.POST
                said = {"by": request.user, "reason": reason, "seen": obj.review, "data": data}
                self.decide(obj, chosen, **said)
                self.after_save([obj])
                self.tell([obj])
                self.log_change(request, obj, " · ".join(filter(None, [str(chosen.label), reason])))
        except WrongState:
            form.add_error(None, decided_in_words(self.model.objects.get(pk=pk)))
        except ValidationError as error:
            form.add_error(None, error.messages)
        except IntegrityError as error:
            form.add_error(None, sentence_for(error, self.model))
        if form.errors:
            return self._shown(request, self._reviewed(request, pk), form)
        messages.success(request, chosen.done % {"name": obj})
        return HttpResponseRedirect(self._onwards(request, obj))

    def _reviewed(self, request: HttpRequest, pk: int) -> Reviewed:
        if not (self.has_review_permission(request) and self.has_view_permission(request)):
            raise PermissionDenied
        if number_of(self.opts.pk, str(pk)) is None:
            raise Http404
        obj = self.get_queryset(request).filter(pk=pk).first()
        if obj is None:
            raise Http404
        return obj

    def _locked(self, request: HttpRequest, pk: int, form: DecisionForm) -> Reviewed:
        """The object; nobody else decides from here on. What was not seen is not decided."""
        self.model._base_manager.select_for_update().get(pk=pk)
        obj = self._reviewed(request, pk)
        seen, _colon, stamp = form.cleaned_data["seen"].partition(":")
        if obj.review != seen:
            raise WrongState(obj.get_review_display())
        if stamp != self._stamp(self._sheet(obj)):
            text = _("This was changed while you were reading. Look at it again, then decide.")
            raise ValidationError(text)
        return obj

    def _onwards(self, request: HttpRequest, obj: Reviewed) -> str:
        """The next one of the queue; the list when it is empty; the object when it came alone."""
        queue = queues.chosen(request, self.model)
        if queue is None:
            return self.review_url(obj.pk)
        place = self._place(request, queue, obj)
        if place["next"] is None:
            messages.info(request, _("Nothing is left in “%(queue)s”.") % {"queue": queue.title})
            return queue.url()
        return self.review_url(place["next"], queue)

    def _place(self, request: HttpRequest, queue: queues.Queue, obj: Reviewed) -> dict:
        """Where an object stands in its queue, how many are there, and which comes after it."""
        rows = queue.narrowed(self.model._default_manager.all()).order_by(queues.SINCE, "pk")
        numbers = list(rows.values_list("pk", flat=True)[:MOST_IN_A_QUEUE])
        at = numbers.index(obj.pk) if obj.pk in numbers else -1
        later = [number for number in numbers[at + 1 :] + numbers[: max(at, 0)]]
        return {
            "queue": queue,
            "number": at + 1,
            "count": len(numbers),
            "next": later[0] if later else None,
            "next_url": self.review_url(later[0], queue) if later else "",
        }

    def _sheet(self, obj: Reviewed) -> dict:
        return {
            "facts": self.review_facts(obj),
            "sections": self.review_sections(obj),
            "sender": self.review_sender(obj),
        }

    def _stamp(self, sheet: dict) -> str:
        return hashlib.sha256(repr(sheet).encode()).hexdigest()[:24]

    def _shown(
        self, request: HttpRequest, obj: Reviewed, refused: DecisionForm | None = None
    ) -> HttpResponse:
        sheet = self._sheet(obj)
        seen = f"{obj.review}:{self._stamp(sheet)}"
        queue = queues.chosen(request, self.model)
        turns, acts = obj.turns(), []
        for verb in VERBS:
            if obj.review not in turns[verb.method][1]:
                continue
            form = DecisionForm(initial={"seen": seen}, verb=verb)
            errors = ()
            if refused is not None and refused.verb == verb:
                form.initial["change_reason"] = refused["change_reason"].value()
                errors = refused["change_reason"].errors
            url = self.review_url(obj.pk, queue, verb.key)
            acts.append({"verb": verb, "form": form, "errors": errors, "url": url})
        title = _("Review: %(name)s") % {"name": obj}
        context = {
            **self.admin_site.each_context(request),
            **sheet,
            "opts": self.opts,
            "object": obj,
            "title": f"{_('Error:')} {title}" if refused else title,
            "heading": title,
            "problems": refused.non_field_errors() if refused else (),
            "refused": refused,
            "changed": [one for one in sheet["facts"] if one.is_changed],
            "same": [one for one in sheet["facts"] if not one.is_changed],
            "is_edit": any(one.before is not None for one in sheet["facts"]),
            "since": self.changes_since(obj),
            "alike": [self._alike(one) for one in self.review_alike(obj)],
            "acts": acts,
            "decided": decided_in_words(obj) if obj.reviewed_at else "",
            "has_preview": self.review_has_preview,
            "preview_url": reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_preview", args=[obj.pk]
            ),
            "has_change_permission": self.has_change_permission(request, obj),
            "place": self._place(request, queue, obj) if queue else None,
            **self.review_extra(obj),
        }
        return render(request, self.review_template, context)

    # What is compared

    def changes_since(self, obj: Reviewed) -> list[Fact]:
        """What was changed since the office decided last, while it waits again."""
        if obj.review != Review.SUBMITTED or obj.reviewed_at is None:
            return []
        return changed_since(obj, self._columns(), self.review_related, obj.reviewed_at)

    def _columns(self) -> list[str]:
        """The columns that the admin's form asks of it."""
        known = {one.name for one in self.opts.fields} - NEVER_SHOWN
        return [name for name in flatten_fieldsets(self.fieldsets) if name in known]

    def _alike(self, other: models.Model) -> Line:
        meta = other._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[other.pk])
        review = f" · {other.get_review_display()}" if isinstance(other, Reviewed) else ""
        return Line(f"{capfirst(str(meta.verbose_name))} {other.pk}: {other}{review}", url)


def review_url(
    model: type[models.Model], pk: int, queue: queues.Queue | None = None, verb: str = ""
) -> str:
    """The review page of an object, or one of its acts; `queue`: to go on in it."""
    page = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    if verb:
        url = reverse(f"{page}_decide", args=[pk, verb])
    else:
        url = reverse(f"{page}_review", args=[pk])
    return f"{url}?{queues.QUEUE}={queue.key}" if queue else url
