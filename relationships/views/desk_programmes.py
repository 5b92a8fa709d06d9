"""The year's work programme at the desk: planned and done."""

from abc import ABCMeta, abstractmethod

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from committees.rights import Role
from committees.views.desk import DeskView
from relationships.forms.programmes import BEGUN, ActivityForm, CopyForm, ProgrammeForm
from relationships.models import Activity, Programme
from relationships.reporting import programmes as acts
from sistercities.editing.once import new_nonce
from sistercities.editing.views import ActView, CreateView, EditView
from sistercities.listing.numbered import numbered

REMOVED = gettext_lazy(
    "Somebody removed this activity while you were writing. If it is still planned, add it anew."
)


class ProgrammePage(DeskView):
    """A page of the section."""

    section = "programme"
    base_template = "desk/base.html"

    def programmes(self) -> QuerySet[Programme]:
        """The committee's programmes with planned and done activities."""
        rows = Programme.objects.for_committee(self.committee)
        return rows.select_related("tie__city_a", "tie__city_b").annotate(
            planned=Count("activities"),
            done=Count("activities", filter=Q(activities__is_done=True)),
        )

    @cached_property
    def programme(self) -> Programme:
        """The one of this address, or 404."""
        return get_object_or_404(self.programmes(), pk=self.kwargs["pk"])

    def activities(self) -> QuerySet[Activity]:
        """All activities of the committee's programmes."""
        return Activity.objects.for_committee(self.committee).select_related("programme")

    def page_of(self, programme: int) -> str:
        """The page of a programme."""
        return reverse("desk:programme", args=[self.committee.slug, programme])


class ProgrammeList(ProgrammePage, TemplateView):
    """All years, the newest first."""

    template_name = "desk/programmes/list.html"

    def get_context_data(self, **kwargs) -> dict:
        """With whether this year's is there."""
        by_tie = F("tie__sort_name").asc(nulls_first=True)
        rows = self.programmes().order_by("-year", by_tie, "pk")
        year = timezone.localdate().year
        newest = rows.filter(year__lt=year).first()
        begun = rows.filter(year=year).exists()
        return super().get_context_data(**kwargs) | {
            "page": numbered(rows, self.request),
            "year": year,
            "copy_of": None if begun else newest,
            "begun": begun,
        }


class ProgrammeDetail(ProgrammePage, TemplateView):
    """One programme with its activities."""

    template_name = "desk/programmes/detail.html"

    def get_context_data(self, **kwargs) -> dict:
        """In the order of the year; what has no month comes last."""
        programme = self.programme
        rows = programme.activities.select_related("exchange")
        activities = sorted(rows, key=lambda one: (one.month or 13, one.pk))
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "activities": activities,
            "nonce": new_nonce(),
        }


class AddProgramme(ProgrammePage, CreateView):
    """Begin a year's programme."""

    role = Role.EDITOR
    form_class = ProgrammeForm
    title = gettext_lazy("Begin a work programme")
    button = gettext_lazy("Begin the programme")
    message = gettext_lazy("Begun. Add what is planned.")

    def new_object(self) -> Programme:
        """Of this committee."""
        return Programme(committee=self.committee)

    def get_form_kwargs(self) -> dict:
        """Only its own ties."""
        return super().get_form_kwargs() | {"committee": self.committee}

    def get_success_url(self) -> str:
        """Its page."""
        return self.page_of(self.object.pk)

    def get_back_url(self) -> str:
        """The list."""
        return reverse("desk:programmes", args=[self.committee.slug])


class EditProgramme(ProgrammePage, EditView):
    """Year, tie and summary."""

    role = Role.EDITOR
    form_class = ProgrammeForm
    title = gettext_lazy("Edit the programme")

    def get_queryset(self) -> QuerySet[Programme]:
        """The committee's own."""
        return Programme.objects.for_committee(self.committee)

    def get_form_kwargs(self) -> dict:
        """Only its own ties."""
        return super().get_form_kwargs() | {"committee": self.committee}

    def get_success_url(self) -> str:
        """Its page."""
        return self.page_of(self.kwargs["pk"])

    get_back_url = get_success_url


class CopyProgramme(ProgrammePage, ActView):
    """Last year's programme as the beginning of this one."""

    role = Role.EDITOR
    form_class = CopyForm
    title = gettext_lazy("Copy the programme to another year")
    intro = gettext_lazy("All its activities are copied, none of them done.")
    button = gettext_lazy("Copy the programme")
    message = gettext_lazy("Copied. Change what is different this year.")

    def get_initial(self) -> dict:
        """This year, or the year after the copied one."""
        year = self.programme.year
        return {"year": max(year + 1, timezone.localdate().year)}

    def do(self, form: CopyForm) -> str:
        """A new programme, unless that year has one."""
        year = form.cleaned_data["year"]
        if acts.is_begun(self.committee, year, self.programme.tie_id):
            form.add_error("year", BEGUN)
            return ""
        try:
            with transaction.atomic():
                return self.page_of(acts.copy_to(self.programme, year).pk)
        except IntegrityError:  # somebody else began it at this very moment
            form.add_error("year", BEGUN)
            return ""

    def get_back_url(self) -> str:
        """The copied one."""
        return self.page_of(self.kwargs["pk"])


class ActivityPage(ProgrammePage, metaclass=ABCMeta):
    """Form pages about one activity."""

    role = Role.EDITOR

    def get_form_kwargs(self) -> dict:
        """Only exchanges of the committee's ties."""
        return super().get_form_kwargs() | {
            "committee": self.committee,
            "programme": self.of_programme(),
        }

    @abstractmethod
    def of_programme(self) -> Programme:
        """The programme that the activity stands in."""

    def get_success_url(self) -> str:
        """The programme."""
        return self.page_of(self.of_programme().pk)

    def get_back_url(self) -> str:
        """The programme."""
        return self.page_of(self.of_programme().pk)


class AddActivity(ActivityPage, CreateView):
    """Plan something."""

    form_class = ActivityForm
    title = gettext_lazy("Add an activity")
    button = gettext_lazy("Add the activity")
    message = gettext_lazy("Added.")

    def of_programme(self) -> Programme:
        """The one of the address."""
        return self.programme

    def new_object(self) -> Activity:
        """In this programme."""
        return Activity(programme=self.of_programme())


class EditActivity(ActivityPage, EditView):
    """Change it, or say which exchange it became."""

    form_class = ActivityForm
    title = gettext_lazy("Edit the activity")

    def get_queryset(self) -> QuerySet[Activity]:
        """Those of the committee."""
        return self.activities()

    def act(self) -> HttpResponse:
        """Save it; what somebody removed in the meantime is told, with all that was typed."""
        self.object = self.removed()
        if self.object is None:
            return super().act()
        form = self.get_form()
        form.add_error(None, REMOVED)
        return self.shown(form)

    def removed(self) -> Activity | None:
        """The activity of this address as it was before it was removed."""
        if self.activities().filter(pk=self.kwargs["pk"]).exists():
            return None
        past = Activity.history.filter(id=self.kwargs["pk"]).first()
        known = past and Programme.objects.for_committee(self.committee).filter(
            pk=past.programme_id
        )
        return past.instance if known and known.exists() else None

    def of_programme(self) -> Programme:
        """The activity's own."""
        return self.object.programme


class ActivityAct(ProgrammePage, ActView):
    """One button about an activity."""

    role = Role.EDITOR
    form_class = forms.Form

    @cached_property
    def activity(self) -> Activity:
        """The one of this address, or 404."""
        return get_object_or_404(self.activities(), pk=self.kwargs["pk"])

    @property
    def intro(self) -> str:
        """Which activity it is."""
        return str(self.activity)

    def get_back_url(self) -> str:
        """The programme."""
        return self.page_of(self.activity.programme_id)


class MarkDone(ActivityAct):
    """It took place."""

    title = gettext_lazy("Mark the activity as done")
    button = gettext_lazy("Mark as done")
    message = gettext_lazy("Marked as done.")
    done_means = True

    def do(self, form: forms.Form) -> str:
        """Mark it."""
        activity = self.activity
        acts.mark(activity, done=self.done_means)
        return self.page_of(activity.programme_id)


class MarkNotDone(MarkDone):
    """It did not take place after all."""

    title = gettext_lazy("Mark the activity as not done")
    button = gettext_lazy("Mark as not done")
    message = gettext_lazy("Marked as not done.")
    done_means = False


class RemoveActivity(ActivityAct):
    """It is not planned any more."""

    title = gettext_lazy("Remove the activity")
    button = gettext_lazy("Remove the activity")
    is_dangerous = True

    def get_message(self) -> str:
        """What is gone."""
        return _("Removed from the programme.")

    def do(self, form: forms.Form) -> str:
        """Remove it; the history keeps it."""
        activity = self.activity
        activity.delete()
        return self.page_of(activity.programme_id)
