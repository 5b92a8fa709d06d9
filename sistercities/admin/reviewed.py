"""Objects that the national office vouches for: publishing them, alone or several at once."""

from collections import defaultdict

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sistercities.admin.reasons import LONGEST_REASON, ReasonActionForm
from sistercities.admin.registry import RegistryAdmin, sentence_for
from sistercities.models import Reviewed
from sistercities.models.base import WrongState

PUBLISHED_AT_ONCE = 200
NAMED_IN_A_MESSAGE = 5
Review = Reviewed.Review


class ReviewedAdmin(RegistryAdmin):
    """Its review is chosen in the form; what becomes published goes through `publish`."""

    action_form = ReasonActionForm
    actions = ("publish",)

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        """Who vouched for it is written by the verb."""
        return (*super().get_readonly_fields(request, obj), "reviewed_by", "reviewed_at")

    def formfield_for_choice_field(self, db_field, request: HttpRequest, **kwargs):
        """Nothing becomes merged by a choice: merging names the other object."""
        if db_field.name == "review":
            kwargs["choices"] = [choice for choice in Review.choices if choice[0] != Review.MERGED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Reviewed, form: ModelForm, change) -> None:
        """Save; then publish where that was chosen, so that one rule holds for form and list."""
        before = form.initial.get("review", Review.DRAFT) if change else Review.DRAFT
        publishes = obj.review == Review.PUBLISHED and before != Review.PUBLISHED
        if publishes:
            obj.review = Review.SUBMITTED
        elif obj.review != before:
            obj.reviewed_by, obj.reviewed_at = request.user, timezone.now()
        super().save_model(request, obj, form, change)
        if publishes:
            obj.publish(by=request.user, reason=form.reason)

    @admin.action(description=gettext_lazy("Publish"), permissions=["change"])
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
