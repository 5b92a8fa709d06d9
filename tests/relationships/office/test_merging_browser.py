"""A whole merge in a real browser: suspected, compared, merged, taken back."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from committees.models import City
from relationships.deriving import derive
from relationships.models import Tie
from sistercities.merging import kinds
from sistercities.merging.suspecting import suspect
from tests import factories as make
from tests.relationships.office.standing import differences, rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_cities_are_merged_from_the_queue_and_taken_apart_again(page: Page, live_server):
    place = {"latitude": 25.56, "longitude": -103.5}
    kept = make.CityFactory(name="Gómez Palacio", **place)
    gone = make.CityFactory(name="Gómez Palacio (Durango)", **place)
    make.CityNameFactory(city=gone, name="Gómez Palacio")
    third = make.CityFactory(name="South El Monte", american=True)
    for city in (kept, gone):
        make.TieEventFactory(tie=make.TieFactory(city_a=city, city_b=third))
    derive()
    suspect(kinds.kind_of(City))
    client = Client()
    client.force_login(make.UserFactory(staff=True))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url},
            {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": live_server.url},
        ]
    )
    page.set_viewport_size({"width": 320, "height": 800})
    before = rows()
    page.goto(f"{live_server.url}/admin/")
    page.locator("#queues a[href*=duplicates]").first.click()
    page.locator("#result_list td.field-pair a").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("input[name=choice-name][value=gone]").check()
    page.locator("#id_typed").fill("gomez palacio durango")
    page.locator("#id_reason").fill("One city, two spellings")
    page.locator(".merging .submit-row input").click()
    expect(page.locator(".messagelist")).to_be_visible()
    kept.refresh_from_db()
    assert kept.name == "Gómez Palacio (Durango)"
    assert Tie.objects.public().get().events.count() == 2
    page.goto(f"{live_server.url}/en/cities/{gone.slug}/")
    assert page.url.endswith(f"/en/cities/{kept.slug}/")
    page.go_back()
    page.locator(".submit-row a.button").click()
    page.locator("#id_reason").fill("Two cities after all")
    page.locator(".submit-row input").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert differences(before, rows()) == {}
