"""Objects that the national office vouches for: publishing them, alone or several at once."""

from collections import defaultdict
from functools import cached_property

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sistercities.admin.reasons import LONGEST_REASON, ReasonActionForm
from sistercities.admin.registry import RegistryAdmin, sentence_for
from sistercities.admin.reviewing import ReviewPages
from sistercities.models import Reviewed
from sistercities.models.base import WrongState

PUBLISHED_AT_ONCE = 200
NAMED_IN_A_MESSAGE = 5
Review = Reviewed.Review
AT_BIRTH = (Review.DRAFT, Review.SUBMITTED, Review.PUBLISHED)


class ReviewedAdmin(ReviewPages, RegistryAdmin):
    """Its review changes on its review page, or for several rows at once, by the same verbs.

    A new object may be published by the form that makes it, by those who may review.
    """

    action_form = ReasonActionForm
    actions = ("publish",)

    @cached_property
    def closing_fields(self) -> tuple[str, ...]:
        """With the way to the review page."""
        return (*super().closing_fields, "review_page")

    def get_fieldsets(self, request: HttpRequest, obj=None):
        """The way to the review page is for those who may review."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_review_permission(request, obj):
            return fieldsets
        return [
            (title, options | {"fields": [n for n in options["fields"] if n != "review_page"]})
            for title, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        """Who vouched for it is written by the verb; the form of what exists does not decide."""
        fields = (*super().get_readonly_fields(request, obj), "reviewed_by", "reviewed_at")
        return (*fields, "review") if obj else fields

    def formfield_for_choice_field(self, db_field, request: HttpRequest, **kwargs):
        """What a new object may begin as."""
        if db_field.name == "review":
            allowed = AT_BIRTH if self.has_review_permission(request) else AT_BIRTH[:2]
            kwargs["choices"] = [choice for choice in Review.choices if choice[0] in allowed]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("review"))
    def review_page(self, obj: Reviewed) -> str:
        """Leads to the page on which it is decided."""
        if obj.pk is None or obj.review == Review.MERGED:
            return ""
        label = _("Review it: accept, ask for changes, reject, or take a decision back")
        return format_html('<a href="{}">{}</a>', self.review_url(obj.pk), label)

    def save_model(self, request: HttpRequest, obj: Reviewed, form: ModelForm, change) -> None:
        """Save; then publish where that was chosen, so that one rule holds for form and list."""
        publishes = not change and obj.review == Review.PUBLISHED
        if publishes:
            obj.review = Review.SUBMITTED
        super().save_model(request, obj, form, change)
        if publishes:
            obj.publish(by=request.user, reason=form.reason)

    @admin.action(description=gettext_lazy("Accept and publish"), permissions=["review"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Publish the chosen rows; say which ones were not and why."""
        chosen = list(queryset[: PUBLISHED_AT_ONCE + 1])
        if len(chosen) > PUBLISHED_AT_ONCE:
            text = _("Choose at most %(most)s rows at once.") % {"most": PUBLISHED_AT_ONCE}
            self.message_user(request, text, messages.ERROR)
            return
        reason = request.POST.get("change_reason") or _("Published by the office")
        done, skipped = [], defaultdict(list)
        with transaction.atomic():
            for row in chosen:
                try:
                    with transaction.atomic():
                        row.publish(by=request.user, reason=reason[:LONGEST_REASON])
                    done.append(row)
                except WrongState as error:
                    skipped[_("Their review says: %(review)s") % {"review": error}].append(row)
                except ValidationError as error:
                    skipped[" ".join(error.messages)].append(row)
                except IntegrityError as error:
                    skipped[str(sentence_for(error, self.model))].append(row)
            if done:
                self.after_save(done)
                self.tell(done)
        for row in done:
            self.log_change(request, row, reason)
        if done:
            count = len(done)
            text = ngettext("%(count)s was published.", "%(count)s were published.", count)
            self.message_user(request, text % {"count": count}, messages.SUCCESS)
        for why, rows in skipped.items():
            names = ", ".join(str(row) for row in rows[:NAMED_IN_A_MESSAGE])
            rest = len(rows) - NAMED_IN_A_MESSAGE
            if rest > 0:
                names = _("%(names)s and %(rest)s more") % {"names": names, "rest": rest}
            text = _("Not published: %(names)s. %(why)s") % {"names": names, "why": why}
            self.message_user(request, text, messages.WARNING)
