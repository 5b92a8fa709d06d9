"""The door of the committee's desk and its home."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe
from django.views.generic.base import ContextMixin, TemplateResponseMixin, TemplateView, View

from committees.desk import sections, shortcuts
from committees.models import Committee
from committees.rights import Role, enter, includes
from committees.todo import grouped, todos


def keep_private(response: HttpResponseBase) -> HttpResponseBase:
    """No copy anywhere, no search engine."""
    add_never_cache_headers(response)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


class DeskView(TemplateResponseMixin, ContextMixin, View):
    """Base of every page of the desk; the address has the committee's `slug`.

        class People(DeskView, TemplateView):
            role = Role.EDITOR
            section = "people"
            template_name = "committees/desk/people.html"

    `role` is what the page needs, `held` what the user has. Whoever has no desk here gets 404, the
    same as for a committee that does not exist; whose role is too low, 403. Works in front of any
    generic view: `class EditPage(DeskView, FormView)`. Anonymous visitors never come so far:
    LoginRequiredMiddleware leads them to the login and back.
    """

    role: str = Role.VIEWER
    section: str = ""
    base_template = "desk/base.html"
    committee: Committee
    held: str

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """Let in whom the terms of office let in."""
        found = enter(request.user, kwargs["slug"])
        if found is None:
            raise Http404
        self.committee, self.held = found
        if not includes(self.held, self.role):
            raise PermissionDenied
        return keep_private(super().dispatch(request, *args, **kwargs))

    def may(self, role: str) -> bool:
        """Whether the user's role covers this one."""
        return includes(self.held, role)

    def get_context_data(self, **kwargs) -> dict:
        """What templates/desk/base.html needs."""
        return super().get_context_data(**kwargs) | {
            "committee": self.committee,
            "role": self.held,
            "may_edit": self.may(Role.EDITOR),
            "may_coordinate": self.may(Role.COORDINATOR),
            "section": self.section,
            "desk_sections": [
                {
                    "label": one.label,
                    "url": reverse(one.url_name, args=[self.committee.slug]),
                    "current": one.key == self.section,
                }
                for one in sections(self.held)
            ],
        }


@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """The committees of who is logged in; with one only, its desk."""
    committees = list(Committee.objects.for_user(request.user).order_by("sort_name", "pk"))
    if len(committees) == 1:
        return keep_private(redirect("desk:home", committees[0].slug))
    return keep_private(render(request, "desk/mine.html", {"committees": committees}))


class Home(DeskView, TemplateView):
    """What is to be done, computed anew at every visit."""

    section = "todo"
    template_name = "desk/home.html"

    def get_context_data(self, **kwargs) -> dict:
        """The to-do list in its groups."""
        today = timezone.localdate()
        found = todos(self.committee, today, self.held)
        return super().get_context_data(**kwargs) | {
            "groups": grouped(found, today),
            "nothing_waits": all(line.done for line in found),
            "shortcuts": [
                {"label": one.label, "url": reverse(one.url_name, args=[self.committee.slug])}
                for one in shortcuts(self.held)
            ],
        }
