"""The door of the desk: who comes in, who is told nothing, and what the home shows."""

import datetime
from urllib.parse import quote

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from django.views.generic import TemplateView

from committees import desk
from committees.rights import Role
from committees.todo import Todo, grouped
from committees.views.desk import DeskView
from tests.factories import (
    CommitteeFactory,
    OfficeFactory,
    OfficeTermFactory,
    PersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def officer(role="coordinator", committee=None, **term):
    """A user in office since last year, and the committee."""
    person = PersonFactory(user=UserFactory())
    term.setdefault("begins", timezone.localdate() - datetime.timedelta(days=300))
    held = OfficeTermFactory(
        office=OfficeFactory(role=role),
        person=person,
        committee=committee or CommitteeFactory(),
        **term,
    )
    return person.user, held.committee


def at(committee):
    return reverse("desk:home", args=[committee.slug])


def test_visitors_are_led_to_the_login_and_back():
    path = at(CommitteeFactory())
    response = Client().get(path)
    assert response.status_code == 302
    assert response.url.endswith(f"?next={path}")


def test_a_foreign_committee_is_not_found_just_like_one_that_does_not_exist():
    user, _own = officer()
    client = Client()
    client.force_login(user)
    pages = []
    for path in (at(CommitteeFactory()), reverse("desk:home", args=["no-such-committee"])):
        response = client.get(path)
        assert response.status_code == 404
        pages.append(response.content.decode().replace(path, "").replace(quote(path, safe=""), ""))
    assert pages[0] == pages[1]


def test_staff_have_no_desk_by_being_staff():
    client = Client()
    client.force_login(UserFactory(staff=True))
    assert client.get(at(CommitteeFactory())).status_code == 404


@pytest.mark.parametrize("role", ["viewer", "editor", "coordinator"])
def test_every_officer_comes_in_and_nothing_is_kept(role):
    user, committee = officer(role)
    client = Client()
    client.force_login(user)
    response = client.get(at(committee))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex' in response.content.decode()
    assert client.post(at(committee)).status_code == 405


def test_the_right_ends_with_the_term_at_the_next_request():
    user, committee = officer()
    client = Client()
    client.force_login(user)
    assert client.get(at(committee)).status_code == 200
    term = committee.terms.get()
    term.ends = timezone.localdate() - datetime.timedelta(days=1)
    term.save()
    assert client.get(at(committee)).status_code == 404


class ForEditors(DeskView, TemplateView):
    role = Role.EDITOR
    template_name = "desk/home.html"


def test_too_low_a_role_is_refused_for_those_inside_and_not_found_for_others():
    ask = RequestFactory().get("/")
    viewer, committee = officer("viewer")
    for user, refusal in ((viewer, PermissionDenied), (UserFactory(), Http404)):
        ask.user = user
        with pytest.raises(refusal):
            ForEditors.as_view()(ask, slug=committee.slug)
    ask.user, _committee = officer("editor", committee=committee)
    assert ForEditors.as_view()(ask, slug=committee.slug).status_code == 200


def test_with_one_committee_the_list_of_committees_leads_to_its_desk():
    user, committee = officer()
    client = Client()
    client.force_login(user)
    assert client.get(reverse("desk:mine")).url == at(committee)
    _user, other = officer()
    OfficeTermFactory(
        office=OfficeFactory(role="viewer"),
        person=user.person,
        committee=other,
        begins=timezone.localdate(),
    )
    page = client.get(reverse("desk:mine")).content.decode()
    assert at(committee) in page and at(other) in page


def test_without_an_office_the_list_says_how_a_desk_opens():
    client = Client()
    client.force_login(UserFactory())
    with translation.override("en"):
        page = client.get(reverse("desk:mine"))
    assert page.status_code == 200
    assert "You hold no office at the moment." in page.content.decode()


def test_only_sections_of_the_own_role_are_offered(monkeypatch):
    monkeypatch.setattr(desk, "_sections", dict(desk._sections))
    desk.register(desk.Section("keys", "Keys", "desk:home", order=15, role=Role.COORDINATOR))
    assert "keys" in [one.key for one in desk.sections("coordinator")]
    assert "keys" not in [one.key for one in desk.sections("editor")]
    orders = [one.order for one in desk.sections("coordinator")]
    assert orders == sorted(orders)


def test_a_section_that_is_not_there_leads_home():
    committee = CommitteeFactory()
    assert desk.section_url("nothing", committee) == at(committee)


@pytest.mark.parametrize(
    ("line", "group"),
    [
        (Todo("a", "/", due=datetime.date(2026, 2, 28)), "overdue"),
        (Todo("a", "/", due=datetime.date(2026, 3, 1)), "soon"),
        (Todo("a", "/", due=datetime.date(2026, 4, 1)), "soon"),
        (Todo("a", "/", due=datetime.date(2026, 4, 2)), "later"),
        (Todo("a", "/"), "later"),
        (Todo("a", "/", due=datetime.date(2026, 1, 1), done=True), "done"),
    ],
)
def test_lines_are_grouped_by_their_day(line, group):
    assert [one.key for one in grouped([line], datetime.date(2026, 3, 1))] == [group]


@pytest.mark.parametrize(
    ("level", "kind"), [(constants.SUCCESS, "success"), (constants.WARNING, "due")]
)
def test_what_became_of_the_last_act_is_said_in_a_banner(level, kind):
    page = render_to_string("desk/_messages.html", {"messages": [Message(level, "<b>Saved</b>")]})
    assert "&lt;b&gt;Saved&lt;/b&gt;" in page and f'class="notice notice-{kind}"' in page
