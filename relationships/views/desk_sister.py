"""What a committee tells about a sister city, at its desk."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext

from committees.models import SisterText
from committees.views.desk_page import PageForm
from relationships.forms.sister import SisterTextForm
from relationships.page_parts import sister_cities
from sistercities.editing.views import CreateView, EditOneView


class AboutSister(PageForm):
    """The form for one sister city; `pk` is the city's number."""

    form_class = SisterTextForm
    template_name = "desk/page_sister.html"

    @property
    def city(self):
        """The sister city of this address, or 404."""
        for city in sister_cities(self.committee):
            if city.pk == self.kwargs["pk"]:
                return city
        raise Http404

    def get_title(self) -> str:
        """The city's name."""
        return gettext("Sister city: %(city)s") % {"city": self.city.name}


class TellFirst(AboutSister, CreateView):
    """The first text about this city."""

    button = EditOneView.button

    def new_object(self) -> SisterText:
        """It belongs to the committee."""
        return SisterText(committee=self.committee, city=self.city)


class TellAgain(AboutSister, EditOneView):
    """The text that is there."""

    def get_object(self) -> SisterText:
        """This committee's text about this city."""
        found = SisterText.objects.for_committee(self.committee).filter(city=self.city).first()
        if found is None:
            raise Http404
        return found


def sister(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Write the text, or change it."""
    texts = SisterText.objects.filter(committee__slug=slug, city=pk)
    view = TellAgain if texts.exists() else TellFirst
    return view.as_view()(request, slug=slug, pk=pk)
