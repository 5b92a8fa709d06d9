"""The admin in a real browser under the site's content security policy."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client, RequestFactory
from django.urls import reverse
from playwright.sync_api import Page, expect

from committees.models import City
from relationships.deriving import derive
from relationships.models import Tie
from sistercities.models import User
from tests import factories
from tests.test_admin import MODELS, make
from tests.test_admin import page as address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser had to say: refused scripts and styles, errors in scripts."""
    said: list[str] = []

    def hear(message) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            said.append(f"{message.page.url} {message.text}")

    page.context.on("console", hear)
    page.on("pageerror", lambda error: said.append(f"{page.url} {error}"))
    return said


@pytest.fixture
def office(page: Page, live_server) -> Page:
    """A browser in which somebody of the national office has logged in."""
    client = Client()
    client.force_login(factories.UserFactory(staff=True))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return page


def test_no_page_of_the_admin_breaks_the_policy(office, live_server, complaints):
    rows = {model: make(model) for model in MODELS}
    asking = RequestFactory().get("/")
    asking.user = User.objects.filter(is_superuser=True).first()
    rows[Group] = Group.objects.create(name="Readers")
    addresses = [reverse("admin:index"), reverse("admin:password_change")]
    for model, row in rows.items():
        addresses.append(address(model, "changelist"))
        addresses.append(address(model, "change", row.pk))
        addresses.append(address(model, "history", row.pk))
        if admin.site.get_model_admin(model).has_add_permission(asking):
            addresses.append(address(model, "add"))
    addresses.append(reverse("admin:app_list", args=["committees"]))
    addresses.append(address(Tie, "simple_history", rows[Tie].pk, rows[Tie].history.latest().pk))
    answered = {path: office.goto(live_server.url + path).status for path in addresses}
    assert {path: status for path, status in answered.items() if status != 200} == {}
    assert complaints == []


def test_a_tie_is_entered_with_autocompletes_and_rows_below(office, live_server, complaints):
    city = factories.CityFactory(name="Gómez Palacio")
    other = factories.CityFactory(name="South El Monte", american=True)
    office.goto(live_server.url + address(Tie, "add"))
    for field, typed, name in (
        ("city_a", "gomez", "Gómez Palacio"),
        ("city_b", "south el", "South El Monte"),
    ):
        office.locator(f"#id_{field} + .select2 .select2-selection").click()
        office.locator(".select2-search__field").fill(typed)
        expect(office.locator(".select2-results__option")).to_have_count(1)
        office.locator(".select2-results__option", has_text=name).click()
    office.locator("#events-group .add-row a").click()
    office.locator("#id_events-0-kind").select_option("signed")
    office.locator("#id_events-0-date").fill("14 de mayo de 1969")
    office.locator("#confirmations-group .add-row a").click()
    office.locator("#id_confirmations-0-side").select_option("a")
    office.locator("#id_confirmations-0-answer").select_option("alive")
    office.locator("#confirmations-0 .datetimeshortcuts a").first.click()
    office.locator("#id_review").select_option("published")
    office.locator("input[name=_save]").click()
    expect(office.locator(".messagelist .success")).to_be_visible()
    tie = Tie.objects.get()
    assert (tie.city_a, tie.city_b) == (city, other)
    assert (str(tie.since), tie.status, tie.is_public) == ("1969-05-14", "active", True)
    assert tie.slug == "gomez-palacio_south-el-monte"
    assert complaints == []


def test_calendar_popup_and_two_boxes_work_under_the_policy(office, live_server, complaints):
    office.goto(live_server.url + reverse("admin:committees_membership_add"))
    office.locator(".field-since .datetimeshortcuts a").nth(1).click()
    office.locator(".calendarbox:visible td a").first.click()
    expect(office.locator("#id_since")).not_to_have_value("")
    office.goto(live_server.url + address(User, "change", User.objects.get().pk))
    office.locator("#id_user_permissions_from option").first.dblclick()
    expect(office.locator("#id_user_permissions_to option")).to_have_count(1)
    office.goto(live_server.url + reverse("admin:sistercities_user_add"))
    office.locator("input[name=usable_password]").last.click()
    expect(office.locator("#id_password1")).to_be_hidden()
    assert complaints == []


def test_a_new_city_is_entered_in_a_window_from_the_form_of_a_tie(office, live_server, complaints):
    office.goto(live_server.url + address(Tie, "add"))
    with office.expect_popup() as opened:
        office.locator("#add_id_city_a").click()
    window = opened.value
    window.locator("#id_name").fill("Sombrerete")
    window.locator("#id_country").select_option("MX")
    window.locator("input[name=_save]").click()
    expect(office.locator("#id_city_a option:checked")).to_contain_text("Sombrerete")
    assert City.objects.get().name == "Sombrerete"
    assert complaints == []


def test_the_other_language_is_one_click_away(office, live_server):
    tie = factories.TieFactory()
    derive([tie.pk])
    path = address(Tie, "change", tie.pk)
    office.goto(live_server.url + path)
    shown = office.locator("html").get_attribute("lang")
    with office.expect_navigation():
        office.locator("#user-tools a.language").click()
    assert office.url == live_server.url + path
    assert {shown, office.locator("html").get_attribute("lang")} == {"es", "en"}
