"""From the desk to the hall: registered by the committee, checked in by the office, one vote."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from committees.models import Registration
from sistercities.models import User
from tests.committees.desk.people import Desk
from tests.committees.office.conventions import member, opening_today
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def log_in(page: Page, user: User, address: str) -> None:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: "en"}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
    )


def test_a_delegate_is_registered_at_the_desk_checked_in_and_has_one_vote(page: Page, live_server):
    convention, durango = opening_today(), member("Durango")
    desk = Desk("coordinator", committee=durango.committee)
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)

    log_in(page, desk.user, live_server.url)
    page.goto(live_server.url + f"/en/my-committee/{durango.committee.slug}/conventions/")
    page.get_by_role("link", name="Register somebody").click()
    page.get_by_label("Full name").fill(durango.delegate.name)
    page.get_by_label("Delegate", exact=True).check()
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("row", name=durango.delegate.name)).to_contain_text("Delegate")

    log_in(page, UserFactory(staff=True), live_server.url)
    sheet = reverse("admin:committees_convention_credentials", args=[convention.pk])
    page.goto(live_server.url + sheet)
    line = page.get_by_role("row", name="Durango")
    expect(line).to_contain_text("Neither is here")
    page.goto(live_server.url + reverse("admin:committees_registration_changelist"))
    page.locator(".action-select").check()
    page.locator("select[name=action]").select_option("check_in")
    page.locator("#changelist button[type=submit][name=index]").click()
    expect(page.locator(".messagelist .success")).to_contain_text("1 was checked in.")

    page.goto(live_server.url + sheet)
    expect(line).to_contain_text("The delegate votes")
    expect(page.locator(".act-facts dd").nth(3)).to_have_text("1")
    page.get_by_role("link", name="Close the list").click()
    page.get_by_role("button", name="Close the list").click()
    expect(page.locator("#content")).to_contain_text("closed on")
    assert Registration.objects.get().has_come
    assert said == []
