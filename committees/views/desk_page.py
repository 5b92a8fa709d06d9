"""The committee's page at its desk: the list of its parts, and forms of what there is one of."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from committees.desk import section_url
from committees.findable import refresh_cities
from committees.forms.page import AboutForm, CityForm, ColourForm, ContactForm, RegularMeetingsForm
from committees.models import Committee, OfficeTerm
from committees.models.consent import Consent
from committees.page_parts import own_cities, parts
from committees.rights import Role
from committees.views.desk import DeskView
from sistercities.editing.views import EditOneView, EditView


class Index(DeskView, TemplateView):
    """All parts of the page, with what is missing."""

    section = "page"
    template_name = "desk/page.html"

    def get_context_data(self, **kwargs) -> dict:
        """The parts in the order of the page, and the cities whose badge one may take."""
        context = super().get_context_data(**kwargs) | {"parts": parts(self.committee)}
        return context | {"cities": own_cities(self.committee).filter(is_listed=True)}


class PageForm(DeskView):
    """Base of every form of the page; set it before CreateView or EditView."""

    role = Role.EDITOR
    section = "page"
    base_template = "desk/base.html"
    back_name = "page"
    message = _("Saved. Visitors see it now.")

    def get_back_url(self) -> str:
        """The list that the form belongs to."""
        return reverse(f"desk:{self.back_name}", args=[self.committee.slug])

    def get_success_url(self) -> str:
        """The same list."""
        return self.get_back_url()


class EditCommitteePart(PageForm, EditOneView):
    """A form for some columns of the committee itself."""

    def get_object(self) -> Committee:
        """The committee of this desk."""
        return self.committee


class About(EditCommitteePart):
    """The association's story."""

    title = _("Association")
    form_class = AboutForm
    template_name = "desk/page_about.html"


class Contact(EditCommitteePart):
    """How visitors reach the committee."""

    title = _("Public contact")
    form_class = ContactForm


class RegularMeetings(EditCommitteePart):
    """When and where the committee usually meets."""

    title = _("Regular meetings")
    form_class = RegularMeetingsForm
    back_name = "page-meetings"


class Colour(EditCommitteePart):
    """One of six colours."""

    title = _("Colour of the page")
    intro = _("The colour of the heading and the titles. All six are easy to read, also at night.")
    form_class = ColourForm


class OwnCity(PageForm, EditView):
    """A city that the committee serves; what others may change of it too is kept in its history."""

    form_class = CityForm
    template_name = "desk/page_city.html"

    def get_queryset(self):
        """The committee's own cities."""
        return own_cities(self.committee)

    def get_title(self) -> str:
        """The city's name."""
        return gettext("Our city: %(city)s") % {"city": self.object.name}

    def after_save(self, form) -> None:
        """Larger cities come first in the search."""
        refresh_cities([self.object.pk])


class Board(DeskView, TemplateView):
    """Who is in office, and whose name the page shows."""

    section = "page"
    template_name = "desk/page_board.html"

    def get_context_data(self, **kwargs) -> dict:
        """The seats of today."""
        terms = OfficeTerm.objects.filter(committee=self.committee, office__on_board=True).current()
        agreed = set(
            Consent.objects.for_committee(self.committee)
            .to_names()
            .values_list("person", flat=True)
        )
        seats = [
            {"office": term.office, "person": term.person, "is_shown": term.person_id in agreed}
            for term in terms.select_related("office", "person").order_by("office__rank", "begins")
        ]
        return super().get_context_data(**kwargs) | {
            "seats": seats,
            "people_url": section_url("people", self.committee),
        }
