"""On a phone, in Spanish: one side reports an exchange, the other acknowledges it."""

import pytest
from django.utils import timezone

from relationships.models import Donation, Exchange
from tests import factories
from tests.relationships.desk.sides import at, make_pair, officer
from tests.site.browser.window import NARROW, PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [(PHONE, "light"), (NARROW, "dark"), (WIDE, "light")]


@pytest.fixture
def window(live_window):
    live_window.look(PHONE)
    return live_window


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


class Hand:
    """A finger on a phone: what it taps, and which letters it types."""

    def __init__(self, window) -> None:
        self.window, self.page = window, window.page
        self.taps, self.keys, self.pages, self.fields = 0, 0, 0, set()

    def _touch(self, selector: str):
        self.taps += 1
        return self.page.locator(selector)

    def go(self, selector: str) -> None:
        """Tap what leads on."""
        self.pages += 1
        self.window.follow(self._touch(selector))

    def write(self, name: str, text: str) -> None:
        """Tap a field and type, letter by letter."""
        self.fields.add(name)
        self.keys += len(text)
        self._touch(f"#id_{name}").click()
        self.page.keyboard.type(text)

    def choose(self, name: str, value: str) -> None:
        """Tap a list, and its entry."""
        self.fields.add(name)
        self.taps += 1
        self._touch(f"#id_{name}").select_option(value)

    def said(self) -> tuple[int, int, int, int]:
        """Fields, taps, pages, letters."""
        return len(self.fields), self.taps, self.pages, self.keys


def at_home(window, pair) -> Hand:
    """An editor opens the desk on a phone."""
    let_in(window, officer(pair.ours))
    window.open(at("home", pair.ours, language="es"))
    assert window.overflow() == 0
    return Hand(window)


def test_a_first_exchange_takes_two_fields_and_a_later_one_takes_one_and_its_numbers(window):
    """Well under a minute for a person: a few taps, and the letters of one title."""
    pair = make_pair()
    button = f'a.btn[href="{at("exchange-report", pair.ours, language="es")}"]'
    first = at_home(window, pair)
    first.go(button)
    first.write("title_es", "Visita de jóvenes")
    first.choose("theme", "youth_education")
    first.go("main form button.btn-primary")
    assert "Visita de jóvenes" in window.page.locator("h1").inner_text()
    assert first.said() == (2, 5, 2, 17)
    exchange = Exchange.objects.get()
    assert (exchange.theme, exchange.direction) == ("youth_education", "a_to_b")
    assert str(exchange.begins) == str(timezone.localdate().year)
    Exchange.objects.update(begins="2019")  # else the next one looks like the same

    later = at_home(window, pair)
    later.go(button)
    later.write("title_es", "Otra visita")
    later.write("travellers", "24")
    later.go("main form button.btn-primary")
    assert later.said() == (2, 4, 2, 13)
    newest = Exchange.objects.latest("pk")
    assert (newest.theme, newest.direction, newest.travellers) == ("youth_education", "a_to_b", 24)


def test_a_donation_takes_two_fields(window):
    pair = make_pair()
    hand = at_home(window, pair)
    hand.go(f'a.btn[href="{at("donation-report", pair.ours, language="es")}"]')
    hand.choose("kind", "money")
    hand.write("amount", "1200")
    hand.go("main form button.btn-primary")
    assert hand.said() == (2, 5, 2, 4)
    donation = Donation.objects.get()
    assert (donation.given_by, donation.amount, donation.currency) == ("a", 1200, "MXN")
    assert str(donation.date) == str(timezone.localdate().year)


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
