"""People who log in, by e-mail address. Their rights are changed with a reason as well."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db import transaction
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sistercities.accounts.again import asked_again
from sistercities.accounts.resetting import reset_second_step
from sistercities.admin.grouppages import GroupFilter, GroupsField
from sistercities.admin.reasons import LONGEST_REASON, ReasonActionForm, Reasoned, ReasonForm
from sistercities.admin.registry import Findable
from sistercities.models import User

GRANTED = ("groups", "user_permissions")
RESET_AT_ONCE = 10
OUTSIDE = _("Groups are for people of the national office: tick this too, or take the groups away.")
RIGHTS = ("is_staff", "is_superuser", *GRANTED)


class UserForm(ReasonForm, UserChangeForm):
    """A login that exists."""

    class Meta:
        model = User
        fields = ("email", "password", "name", "is_active", *RIGHTS)

    def clean(self) -> dict:
        """A group gives nothing to somebody who cannot enter the office's pages."""
        values = super().clean() or self.cleaned_data
        if values.get("groups") and not values.get("is_staff"):
            self.add_error("is_staff", OUTSIDE)
        return values


class NewUserForm(ReasonForm, AdminUserCreationForm):
    """A new login, with or without a password."""

    class Meta:
        model = User
        fields = ("email", "name")
        field_classes: dict = {}


@admin.register(User)
class UserAdmin(Reasoned, Findable, DjangoUserAdmin):
    """Logins. Only who may do everything hands out rights or changes a login that has them all."""

    form = UserForm
    action_form = ReasonActionForm
    actions = ("reset_second_step",)
    add_form = NewUserForm
    leaves_by = _("A login is not deleted: take away the tick at “may log in”.")
    list_display = ("email", "name", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", GroupFilter)
    search_fields = ("email",)
    read_columns = ("name",)
    ordering = ("email",)
    readonly_fields = ("last_login", "date_joined")
    closing_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (_("Rights"), {"fields": ("is_active", *RIGHTS)}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj=None):
        """Groups and single rights are a matter of those who have them all."""
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (name, options | {"fields": [one for one in options["fields"] if one not in GRANTED]})
            for name, options in fieldsets
        ]

    def formfield_for_manytomany(self, db_field, request: HttpRequest, **kwargs):
        """The few groups as boxes to tick, each with what it may do."""
        if db_field.name == "groups":
            kwargs |= {"form_class": GroupsField, "widget": CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        """Rights are handed out by those who have them all."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, *RIGHTS)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """As granted; a login that may do everything is changed by its equals."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Nobody: what a person did stays signed."""
        return False

    def has_reset_permission(self, request: HttpRequest) -> bool:
        """Whoever may do everything."""
        return request.user.is_superuser

    @admin.action(description=_("Reset the second step"), permissions=["reset"])
    def reset_second_step(
        self, request: HttpRequest, queryset: QuerySet[User]
    ) -> HttpResponse | None:
        """For people who lost their telephone and their recovery codes: never for oneself, and
        only by somebody who proved lately who they are."""
        if again := asked_again(request):
            said = gettext("Nothing was changed yet. Say who you are, then do it once more.")
            self.message_user(request, said, messages.WARNING)
            return again
        reason = request.POST.get("change_reason", "").strip()[:LONGEST_REASON]
        people = list(queryset[: RESET_AT_ONCE + 1])
        refusal = ""
        if not reason:
            refusal = gettext("Nothing was changed: write the reason first.")
        elif len(people) > RESET_AT_ONCE:
            refusal = gettext("Choose at most %(most)s rows at once.") % {"most": RESET_AT_ONCE}
        elif request.user in people:
            refusal = gettext("Your own second step is reset by somebody else of the office.")
        if refusal:
            self.message_user(request, refusal, messages.ERROR)
            return None
        done = gettext("Second step reset")
        with transaction.atomic():
            for person in people:
                reset_second_step(person)
                self.log_change(request, person, f"{reason} · {done}")
        text = ngettext(
            "The second step of %(count)s person was reset. They are told by e-mail.",
            "The second step of %(count)s people was reset. They are told by e-mail.",
            len(people),
        )
        self.message_user(request, text % {"count": len(people)}, messages.SUCCESS)
        return None
