"""What a volunteer sees first of the desk on a small telephone, and the sections behind it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.committees.desk.test_door import officer
from tests.site.browser.window import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def home(live_window, settings):
    """The desk's home of a committee that somebody wants to join."""
    settings.ALLOWED_HOSTS = ["*"]
    user, committee = officer()
    make.JoinRequestFactory(committee=committee)
    client = Client()
    client.force_login(user)
    live_window.context.add_cookies(
        [{"name": "session", "value": client.session.session_key, "url": live_window.address}]
    )
    live_window.open(reverse("desk:home", args=[committee.slug]))
    yield live_window
    assert live_window.complaints == []


def test_what_is_due_is_seen_without_scrolling_and_comes_before_new_reports(home):
    home.look(NARROW)

    due = home.page.locator(".todo a").first.bounding_box()
    assert due["y"] + due["height"] <= NARROW["height"]
    new = home.page.locator(".desk-content .btn")
    assert all(one.bounding_box()["y"] > due["y"] for one in new.all())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sections_open_on_a_telephone_and_stand_open_on_a_desk(home, scheme):
    sections = home.page.locator(".desk-nav a")
    summary = home.page.locator(".desk-menu > summary")
    home.look(NARROW, scheme)

    assert summary.bounding_box()["height"] >= 44
    assert not sections.first.is_visible() and home.faults() == []
    summary.press("Enter")
    assert all(one.is_visible() for one in sections.all()) and home.faults() == []
    summary.press("Enter")

    home.look(WIDE, scheme)
    assert not summary.is_visible()
    assert all(one.is_visible() for one in sections.all()) and home.faults() == []
    sections.first.focus()
    assert sections.first.evaluate("one => one === document.activeElement")
