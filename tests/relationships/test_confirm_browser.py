"""On a phone, in Spanish: the two ways in. The link of a yearly mail, and the code of another."""

import datetime
import re

import pytest
from django.utils import timezone

from relationships.campaign import send_campaign
from relationships.models import Confirmation, Correction
from sistercities.models import OutgoingMail
from tests import factories as make
from tests.relationships.desk.desks import at, signed_tie
from tests.site.browser.window import PHONE, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def window(live_window, settings):
    settings.SITE_URL = live_window.address
    live_window.look(PHONE)
    return live_window


@pytest.fixture
def committee(db):
    gomez = make.CityFactory(name="Gómez Palacio")
    signed_tie(gomez, make.CityFactory(name="South El Monte", american=True))
    return make.CommitteeFactory(name="Comité de Gómez Palacio", cities=[gomez])


@pytest.fixture
def ana(committee):
    """The committee's coordinator, who has a login."""
    person = make.PersonFactory(name="Ana Ruiz", user=make.UserFactory(email="ana@example.org"))
    make.OfficeTermFactory(
        office=make.OfficeFactory(role="coordinator"),
        person=person,
        committee=committee,
        begins=timezone.localdate() - datetime.timedelta(days=90),
    )
    return person


def mail_to(address: str) -> str:
    """The text of the newest mail to an address."""
    return OutgoingMail.objects.filter(to=address).latest("pk").text


def link_in(text: str, window: Window) -> str:
    """The path of the first link of a mail."""
    return re.search(re.escape(window.address) + r"(\S+)", text)[1]


def test_one_link_and_one_button_confirm_a_tie_without_a_login(window, ana):
    send_campaign()
    window.open(link_in(mail_to("ana@example.org"), window))
    main = window.page.get_by_role("main")
    assert "Gómez Palacio" in main.inner_text()
    faults = window.faults()
    window.follow(main.get_by_role("button", name="Sí, sigue vigente"))
    faults += window.faults()
    assert Confirmation.objects.get().answer == Confirmation.Answer.ALIVE
    assert "Gracias" in main.inner_text()
    assert window.page.locator("html").get_attribute("lang") == "es"
    assert (faults, window.complaints, window.asked_elsewhere) == ([], [], [])


def test_what_has_changed_is_told_in_ones_own_words(window, ana):
    send_campaign()
    window.open(link_in(mail_to("ana@example.org"), window))
    main = window.page.get_by_role("main")
    summaries = main.locator("details summary")
    for number in range(summaries.count()):
        summaries.nth(number).click()
    box = main.locator("textarea[name='changed-text']")
    box.fill("El alcalde cambió.")
    faults = window.faults()
    window.follow(box.locator("xpath=ancestor::form").get_by_role("button"))
    faults += window.faults()
    assert Correction.objects.get().text == "El alcalde cambió."
    assert (faults, window.complaints, window.asked_elsewhere) == ([], [], [])


def test_a_volunteer_comes_in_with_the_code_of_a_mail_and_does_what_is_due_first(
    window, ana, committee
):
    main = window.page.get_by_role("main")
    window.open(at("home", committee, language="es"))
    faults = window.faults()
    window.follow(main.get_by_role("link", name=re.compile("código")))
    faults += window.faults()
    main.locator("input[name=email]").fill("ana@example.org")
    window.follow(main.locator("form button.btn-primary"))
    faults += window.faults()
    code = re.search(r"\n    (\S+)\n", mail_to("ana@example.org"))[1]
    main.locator("input[name=code]").fill(code)
    window.follow(main.locator("form button.btn-primary").first)
    faults += window.faults()
    due = main.get_by_role("link", name=re.compile("Confirm"))
    window.follow(due.first)
    faults += window.faults()
    main.get_by_label("Sí, sigue vigente").check()
    window.follow(main.get_by_role("button", name="Responder"))
    faults += window.faults()
    assert Confirmation.objects.get().answered_on == timezone.localdate()
    assert window.page.locator("html").get_attribute("lang") == "es"
    assert (faults, window.complaints, window.asked_elsewhere) == ([], [], [])
