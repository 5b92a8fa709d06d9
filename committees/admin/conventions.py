"""Conventions with their programme; who votes and who came, to be printed."""

import datetime
from functools import cached_property

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.admin.page import ToldForm
from committees.conventions import credentials
from committees.models import Convention, Credentials, ProgrammeItem, Registration
from sistercities.admin import RegistryAdmin, in_words
from sistercities.admin.acts import OfficeAct, OfficeSight, why_field
from sistercities.admin.registry import RowsBelow
from sistercities.admin.slugs import AddressedForm
from sistercities.models.base import WrongState
from sistercities.templatetags.ui import long_date

MOST_DAYS = 10
SEES = "committees.view_registration"
CLOSES = "committees.add_credentials"


class ConventionForm(ToldForm, AddressedForm):
    """A convention, named in one language at least."""

    subject = "convention"
    told = ("name",)


class ProgrammeForm(forms.ModelForm):
    """A point of the programme, with a title in one language at least."""

    def clean(self) -> dict:
        """A title in either language."""
        values = super().clean() or self.cleaned_data
        if not (values.get("title_es") or values.get("title_en")):
            self.add_error("title_es", _("Write the title in Spanish or in English."))
        return values


class ProgrammeBelow(RowsBelow):
    """The programme, hour by hour."""

    model = ProgrammeItem
    form = ProgrammeForm
    fields = ("day", "begins", "ends", "title_es", "title_en", "text_es", "text_en", "place")
    show_change_link = False
    formfield_overrides = {}

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        """Texts in few lines: the row is wide enough."""
        if db_field.name in ("text_es", "text_en"):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "cols": 24})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class OfAConvention:
    """Mixin: a page about one convention, for those who may read who is registered."""

    right = SEES

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        """Who may see registrations and conventions."""
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def days(self) -> list[datetime.date]:
        """The days of the convention, as far as they are known; only the first ones of many."""
        first, last = credentials.first_day(self.object), self.object.last_day
        count = min((last - first).days + 1, MOST_DAYS)
        return [first + datetime.timedelta(days=n) for n in range(count)]

    @cached_property
    def day(self) -> datetime.date:
        """The day that the address asks for; today while it lasts, or else the first day."""
        asked = self.request.GET.get("day", "")
        found = next((day for day in self.days if day.isoformat() == asked), None)
        today = timezone.localdate()
        if asked and found is None:
            raise Http404
        return found or (today if today in self.days else self.days[0])

    def page(self, name: str, *args) -> str:
        """A page of this convention, of the same day."""
        return f"{self.url(name, self.object.pk, *args)}?day={self.day.isoformat()}"

    def get_back_url(self) -> str:
        """The list of credentials of the same day."""
        return self.page("credentials")

    def get_context_data(self, **kwargs) -> dict:
        """With the days to choose from."""
        here = self.url("credentials", self.object.pk)
        days = [(day, f"{here}?day={day.isoformat()}", day == self.day) for day in self.days]
        context = {"convention": self.object, "day": self.day, "days": days if days[1:] else []}
        return super().get_context_data(**kwargs) | context


class CredentialsPage(OfAConvention, OfficeSight):
    """One line for each committee of the association, to print for the chair."""

    template_name = "admin/conventions/credentials.html"
    title = gettext_lazy("Credentials")

    def get_context_data(self, **kwargs) -> dict:
        """The list of the day, and what may be done with it."""
        earlier = self.object.credentials.filter(day=self.day).exclude(set_aside_at=None)
        found = credentials.list_of(self.object, self.day)
        may_close = self.request.user.has_perm(CLOSES)
        act_url = ""
        if may_close and found.closed:
            act_url = self.page("set_aside", found.closed.pk)
        elif may_close and self.day <= timezone.localdate():
            act_url = self.page("close")
        return super().get_context_data(**kwargs) | {
            "list": found,
            "earlier": earlier.select_related("closed_by", "set_aside_by"),
            "act_url": act_url,
            "attendance_url": self.url("attendance", self.object.pk),
            "now": timezone.now(),
        }


class CloseCredentials(OfAConvention, OfficeAct):
    """Keeps the list of a day as it stands."""

    right = CLOSES
    title = gettext_lazy("Close the list of credentials")
    button = gettext_lazy("Close the list")
    template_name = "admin/conventions/close.html"

    def get_context_data(self, **kwargs) -> dict:
        """What is about to be kept."""
        standing = credentials.list_of(self.object, self.day)
        return super().get_context_data(**kwargs) | {"list": standing}

    def do(self, form: forms.BaseForm) -> str:
        """Close it, unless somebody has."""
        try:
            closed = credentials.close(self.object, self.day, by=self.request.user)
        except WrongState as why:
            form.add_error(None, str(why))
            return ""
        what = _("Credentials of %(day)s closed") % {"day": long_date(closed.day)}
        self.log(self.object, what)
        self.message = _("Closed. The list stays as it is now, whatever changes later.")
        return self.get_back_url()


class AsideForm(forms.Form):
    """Why a closed list is taken out of force."""

    reason = why_field()


class SetAside(OfAConvention, OfficeAct):
    """Takes a closed list out of force; it is kept, and the day may be closed again."""

    right = CLOSES
    title = gettext_lazy("Set the closed list aside")
    button = gettext_lazy("Set aside")
    is_dangerous = True
    form_class = AsideForm

    @cached_property
    def closed(self) -> Credentials:
        """The list of this address."""
        return get_object_or_404(self.object.credentials, pk=self.kwargs["number"])

    def get_context_data(self, **kwargs) -> dict:
        """404 for a list of another convention, also before anything is sent."""
        return super().get_context_data(**kwargs) | {"closed": self.closed}

    def do(self, form: forms.BaseForm) -> str:
        """Set it aside, unless somebody has."""
        reason = form.cleaned_data["reason"]
        try:
            credentials.set_aside(self.closed, by=self.request.user, reason=reason)
        except WrongState as why:
            form.add_error(None, str(why))
            return ""
        self.log(self.object, reason)
        self.message = _("Set aside. The list shows again how things stand now.")
        return self.get_back_url()


class AttendancePage(OfAConvention, OfficeSight):
    """Who came, committee by committee."""

    template_name = "admin/conventions/attendance.html"
    title = gettext_lazy("Attendance")

    def get_context_data(self, **kwargs) -> dict:
        """Who is registered, with those who came, by committee; guests of none come last."""
        rows = self.object.registrations.standing().select_related("committee")
        rows = rows.order_by(F("committee__sort_name").asc(nulls_last=True), "sort_name", "pk")
        groups: dict[int | None, dict] = {}
        for row in rows:
            group = groups.setdefault(
                row.committee_id, {"committee": row.committee, "rows": [], "came": 0}
            )
            group["rows"].append(row)
            group["came"] += row.has_come
        return super().get_context_data(**kwargs) | {
            "groups": list(groups.values()),
            "came": sum(group["came"] for group in groups.values()),
            "registered": sum(len(group["rows"]) for group in groups.values()),
            "credentials_url": self.url("credentials", self.object.pk),
        }


@admin.register(Convention)
class ConventionAdmin(RegistryAdmin):
    """Meetings of the whole association, past ones too."""

    form = ConventionForm
    change_form_template = "admin/conventions/change_form.html"
    leaves_by = gettext_lazy("A convention is not deleted: it is cancelled, or not shown.")
    list_display = (
        *("__str__", in_words("begins", gettext_lazy("begins")), "city", "standing"),
        *("registered", "is_public"),
    )
    list_filter = ("is_public", "is_cancelled", "is_demo")
    row_relations = ("city__region", "association")
    search_fields = ("sort_name", "city__sort_name")
    autocomplete_fields = ("city", "association")
    inlines = (ProgrammeBelow,)
    fieldsets = (
        (None, {"fields": ("name_es", "name_en", "number", "association")}),
        (gettext_lazy("When and where"), {"fields": (("begins", "ends"), "city", "place")}),
        (
            gettext_lazy("Registration"),
            {"fields": (("registration_opens", "registration_until"), "quorum_percent")},
        ),
        (gettext_lazy("Text"), {"fields": ("summary_es", "summary_en", "source")}),
        (gettext_lazy("Its page"), {"fields": ("slug", "is_public", "is_cancelled", "is_demo")}),
    )

    def get_queryset(self, request: HttpRequest):
        """With how many are registered."""
        standing = Q(registrations__state=Registration.State.REGISTERED)
        return (
            super()
            .get_queryset(request)
            .annotate(registered=Count("registrations", filter=standing))
        )

    @admin.display(description=gettext_lazy("registered"))
    def registered(self, convention: Convention) -> int:
        """How many people."""
        return convention.registered

    @admin.display(description=gettext_lazy("state"))
    def standing(self, convention: Convention) -> str:
        """Where it stands today."""
        return convention.state_on(timezone.localdate()).label

    def get_view_on_site_url(self, obj=None) -> str | None:
        """Only where visitors find it."""
        is_there = obj is None or obj.has_page
        return super().get_view_on_site_url(obj) if is_there else None

    def get_urls(self) -> list:
        """With the pages of one convention."""
        name = "committees_convention_"
        return [
            path("<int:pk>/credentials/", CredentialsPage.of(self), name=f"{name}credentials"),
            path("<int:pk>/credentials/close/", CloseCredentials.of(self), name=f"{name}close"),
            path(
                "<int:pk>/credentials/<int:number>/aside/",
                SetAside.of(self),
                name=f"{name}set_aside",
            ),
            path("<int:pk>/attendance/", AttendancePage.of(self), name=f"{name}attendance"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context, *args, **kwargs):
        """With the ways to those pages, for who may see them."""
        convention = context.get("original")
        if convention and request.user.has_perm(SEES):
            rows = reverse("admin:committees_registration_changelist")
            pages = {
                f"{rows}?convention__id__exact={convention.pk}": _("Registrations"),
                self._page("credentials", convention): _("Credentials"),
                self._page("attendance", convention): _("Attendance"),
            }
            context["pages"] = [{"url": url, "label": label} for url, label in pages.items()]
        return super().render_change_form(request, context, *args, **kwargs)

    def _page(self, name: str, convention: Convention) -> str:
        return reverse(f"admin:committees_convention_{name}", args=[convention.pk])
