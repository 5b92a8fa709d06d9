"""On a phone, in Spanish: a tie is proposed with its agreement, from the search to "sent"."""

import pytest

from relationships.models import Evidence, Tie
from tests import factories as make
from tests.relationships.desk.desks import PDF, at, login
from tests.site.browser.window import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def window(live_window, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    live_window.look(PHONE)
    return live_window


def let_in(window, client) -> None:
    """Take the session of a logged-in test client into the browser."""
    for name, morsel in client.cookies.items():
        cookie = {"name": name, "value": morsel.value, "url": window.address}
        window.context.add_cookies([cookie])


def test_a_tie_is_proposed_on_a_phone_in_spanish(window):
    gomez = make.CityFactory(name="Gómez Palacio")
    torrance = make.CityFactory(american=True, name="Torrance", is_listed=False)
    committee = make.CommitteeFactory(name="Comité de Gómez Palacio", cities=[gomez])
    let_in(window, login("editor", committee))
    page = window.page
    found: dict[str, list[str]] = {}

    def judge() -> None:
        if faults := window.faults():
            found[page.url] = faults

    def go_on() -> None:
        judge()
        window.follow(page.locator("main form[method=post] button.btn-primary"))

    window.open(at("ties", committee, language="es"))
    judge()
    window.follow(page.locator(f'a[href="{at("tie-propose", committee, language="es")}"]'))
    judge()
    page.locator("#q").fill("torrance")
    window.follow(page.locator("form[method=get] .search-line button"))
    page.locator(f'input[name=city][value="{torrance.pk}"]').check()
    go_on()
    page.locator("input[name=kind][value=sister_city]").check()
    go_on()
    page.locator("input[name=contact]").fill("hacia 1985")
    page.locator("input[name=signed]").fill("mañana")
    go_on()
    assert page.locator(".error-summary a[href='#id_signed']").count() == 1
    assert page.locator("input[name=contact]").input_value() == "hacia 1985"
    page.locator("input[name=signed]").fill("14 de mayo de 1990")
    go_on()
    acuerdo = {"name": "acuerdo.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("input[type=file]").set_input_files(acuerdo)
    go_on()
    page.locator("input[name=contact_email]").fill("clerk@example.org")
    go_on()
    assert "acuerdo.pdf" in page.locator("main").inner_text()
    assert "14 de mayo de 1990" in page.locator("main").inner_text()
    go_on()
    judge()
    tie = Tie.objects.get()
    assert page.url.endswith(at("tie-sent", committee, tie.pk, language="es"))
    assert (tie.review, str(tie.since)) == ("submitted", "1990-05-14")
    assert Evidence.objects.get().file_name == "acuerdo.pdf"
    for name in ("tie", "tie-history", "tie-add-event", "tie-add-evidence"):
        window.open(at(name, committee, tie.pk, language="es"))
        judge()
    assert (found, window.complaints, window.asked_elsewhere) == ({}, [], [])
