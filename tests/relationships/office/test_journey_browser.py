"""From a number to its rows to a letter, in a real browser under the site's policy."""

import datetime
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from committees.models import Office
from relationships.deriving import derive
from sistercities.models import Mailing, OutgoingMail
from sistercities.partialdates import PartialDate
from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YEAR = datetime.date.today().year


@pytest.fixture
def office(page: Page, live_server) -> Page:
    """A browser in which somebody of the national office has logged in."""
    client = Client()
    client.force_login(make.UserFactory(staff=True, email="office@example.org"))
    for name, value in (
        (settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value),
        (settings.LANGUAGE_COOKIE_NAME, "en"),
    ):
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    return page


def test_figures_lead_to_rows_and_rows_to_a_letter_that_goes_out_once(
    office, live_server, tmp_path
):
    said: list[str] = []
    office.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    for n in range(3):
        tie = make.TieFactory()
        make.TieEventFactory(tie=tie, date=PartialDate(YEAR if n else YEAR - 40, 2))
        committee = make.CommitteeFactory(cities=[tie.city_a])
        person = make.PersonFactory(email=f"ana{n}@example.org")
        role = make.OfficeFactory(role=Office.Role.COORDINATOR)
        make.OfficeTermFactory(committee=committee, person=person, office=role)
    derive()

    office.goto(live_server.url + reverse("admin:index"))
    office.get_by_role("link", name="Numbers of the registry").click()
    office.get_by_label("From the year").fill(str(YEAR))
    office.get_by_label("Country").fill("Mexico")
    office.get_by_role("button", name="Count").click()
    line = office.locator("table tr", has_text=str(YEAR)).first
    expect(line.locator("td").nth(0)).to_have_text("2")
    line.locator("td a").first.click()
    expect(office.locator("#result_list tbody tr")).to_have_count(2)

    office.get_by_role("link", name="Write to all rows of this list (2)").click()
    expect(office.get_by_text("2 addresses get the mail")).to_be_visible()
    office.locator("#id_subject_es").fill("Felicidades")
    office.locator("#id_text_es").fill("Queridos amigos:\n\nFelicidades.")
    office.locator("#id_subject_en").fill("Congratulations")
    office.locator("#id_text_en").fill("Dear friends:\n\nCongratulations.")
    office.get_by_role("button", name="Look at it before sending").click()
    expect(office.get_by_role("row", name=re.compile("ana2@example.org"))).to_be_visible()
    assert not OutgoingMail.objects.exists()
    office.get_by_role("button", name="Send it to 2 addresses").dblclick()
    expect(office.get_by_role("link", name="Waiting: 2")).to_be_visible()
    assert (Mailing.objects.count(), OutgoingMail.objects.count()) == (1, 2)

    office.goto(live_server.url + reverse("admin:relationships_annual_report") + f"?year={YEAR}")
    for size in ("A4", "Letter"):
        paper = office.pdf(format=size, path=tmp_path / f"{size}.pdf")
        assert len(re.findall(rb"/Type /Page\b", paper)) == 1
    assert said == []
