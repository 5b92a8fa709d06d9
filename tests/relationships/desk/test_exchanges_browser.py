"""On a phone, in Spanish: one side reports an exchange, the other acknowledges it."""

import pytest
from django.utils import timezone

from relationships.models import Exchange
from tests import factories
from tests.relationships.desk.sides import at, make_pair, officer
from tests.site.browser.window import NARROW, PHONE, WIDE, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [(PHONE, "light"), (NARROW, "dark"), (WIDE, "light")]


@pytest.fixture
def window(browser, live_server):
    opened = Window(browser, live_server.url)
    opened.look(PHONE)
    yield opened
    opened.close()


def let_in(window, client) -> None:
    """Take the session of a logged-in test client into the browser."""
    window.context.clear_cookies()
    for name, morsel in client.cookies.items():
        cookie = {"name": name, "value": morsel.value, "url": window.address}
        window.context.add_cookies([cookie])


def test_an_exchange_is_reported_by_one_side_and_acknowledged_by_the_other(window):
    pair, page = make_pair(), window.page
    found: dict[str, dict] = {}

    def judge() -> None:
        if faults := window.each(LOOKS, window.faults):
            found[page.url] = faults
        window.look(PHONE)

    def press(selector: str = "main form button.btn-primary") -> None:
        judge()
        window.follow(page.locator(selector))

    let_in(window, officer(pair.ours))
    window.open(at("exchanges", pair.ours, language="es"))
    press(f'a[href="{at("exchange-report", pair.ours, language="es")}"]')
    page.locator("#id_title_es").fill("Visita de estudiantes")
    page.locator("#id_theme").select_option("youth_education")
    page.locator("input[name=direction][value=out]").check()
    page.locator("#id_begins").fill("mañana")
    page.locator("#id_travellers").fill("24")
    press()
    assert page.locator(".error-summary a[href='#id_begins']").count() == 1
    assert page.locator("#id_travellers").input_value() == "24"
    page.locator("#id_begins").fill("3 de junio de 2024")
    press()
    exchange = Exchange.objects.get()
    assert page.url.endswith(at("exchange", pair.ours, exchange.pk, language="es"))
    assert page.locator("h1").inner_text() == "Visita de estudiantes"
    judge()

    let_in(window, officer(pair.theirs))
    window.open(at("home", pair.theirs, language="es"))
    press(f'main a[href="{at("exchange", pair.theirs, exchange.pk, language="es")}"]')
    press()
    judge()
    exchange.refresh_from_db()
    assert exchange.acknowledged_on == timezone.localdate()
    window.open(exchange.get_absolute_url())
    assert (found, window.complaints, window.asked_elsewhere) == ({}, [], [])


def test_every_other_page_of_reports_has_no_fault(window):
    pair = make_pair()
    theirs = factories.ExchangeFactory(tie=pair.tie, entered_by="b")
    disputed = factories.ExchangeFactory(tie=pair.tie, entered_by="a")
    disputed.objections.create(side="b", text="Éramos diez.")
    gift = factories.DonationFactory(tie=pair.tie, entered_by="b", in_kind=True)
    own_gift = factories.DonationFactory(tie=pair.tie, entered_by="a")
    programme = factories.ProgrammeFactory(committee=pair.ours, year=2024)
    activity = factories.ActivityFactory(programme=programme, month=3, exchange=theirs)
    let_in(window, officer(pair.ours, "coordinator"))
    found = {}
    for name, *args in (
        ("exchanges",),
        ("exchange", disputed.pk),
        ("exchange-edit", disputed.pk),
        ("exchange-withdraw", disputed.pk),
        ("exchange-stand-by", disputed.pk),
        ("exchange-acknowledge", theirs.pk),
        ("exchange-object", theirs.pk),
        ("donations",),
        ("donation-report",),
        ("donation", gift.pk),
        ("donation-acknowledge", gift.pk),
        ("donation-edit", own_gift.pk),
        ("programmes",),
        ("programme-add",),
        ("programme", programme.pk),
        ("programme-copy", programme.pk),
        ("activity-add", programme.pk),
        ("activity-edit", activity.pk),
        ("reports",),
        ("annual-report", 2019),
        ("hand-over",),
    ):
        window.open(at(name, pair.ours, *args, language="es"))
        if faults := window.each(LOOKS, window.faults):
            found[name] = faults
    assert (found, window.complaints, window.asked_elsewhere) == ({}, [], [])
