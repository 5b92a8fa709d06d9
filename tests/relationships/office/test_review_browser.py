"""In a browser: a tie proposed at a desk comes back for changes, is corrected, and is accepted."""

import pytest
from django.conf import settings as conf
from django.test import Client
from django.utils import translation

from relationships.models import Tie
from sistercities.admin import queues
from sistercities.admin.reviewing import review_url
from tests import factories as make
from tests.relationships.desk.desks import at, login
from tests.relationships.desk.test_ties_propose import sent, to_the_check_page
from tests.site.browser.window import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUEUE = "ties-sent"


@pytest.fixture
def window(live_window, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return live_window


def let_in(window, client) -> None:
    """The browser of this test client from here on."""
    window.context.clear_cookies()
    cookies = {conf.LANGUAGE_COOKIE_NAME: "es"}
    cookies |= {name: morsel.value for name, morsel in client.cookies.items()}
    window.context.add_cookies(
        [{"name": name, "value": value, "url": window.address} for name, value in cookies.items()]
    )


def test_a_proposal_is_sent_back_corrected_accepted_and_seen_by_everyone(window):
    gomez = make.CityFactory(name="Gómez Palacio")
    torrance = make.CityFactory(american=True, name="Torrance", is_listed=False)
    ours = make.CommitteeFactory(name="Comité de Gómez Palacio", cities=[gomez])
    ana, office = login("editor", ours), Client()
    office.force_login(make.UserFactory(staff=True, name="Rita"))
    sent(ana, to_the_check_page(ana, ours, torrance))
    tie, page, found = Tie.objects.get(), window.page, {}

    def judge() -> None:
        said = len(window.complaints)
        if faults := window.axe_faults():
            found[page.url] = faults
        del window.complaints[said:]  # axe tries inline styles of its own in the admin

    let_in(window, office)
    window.open(queues._queues[QUEUE].url())
    window.follow(page.locator("#result_list tbody th a"))
    assert f"/{tie.pk}/review/" in page.url and "acuerdo" in page.locator("main").inner_text()
    judge()
    ask = page.locator("form[action*='/review/ask/']")
    window.follow(ask.locator("button"))  # without a message
    assert page.locator(".errornote a").count() == 1
    judge()
    ask.locator("textarea").fill("¿No es un hermanamiento de amistad?")
    window.follow(ask.locator("button"))
    assert page.url.endswith(f"?queue={QUEUE}")

    let_in(window, ana)
    window.look(NARROW)
    window.open(at("tie", ours, tie.pk, language="es"))
    assert "¿No es un hermanamiento de amistad?" in page.locator("main").inner_text()
    window.follow(page.locator(f"a[href='{at('tie-kind', ours, tie.pk, language='es')}']"))
    page.locator("input[value=friendship_city]").check()
    window.follow(page.locator("main button.btn-primary"))
    window.follow(page.locator(f"a[href='{at('tie-send-again', ours, tie.pk, language='es')}']"))
    page.locator("input[name=reason]").fill("Sí, es de amistad")
    window.follow(page.locator("main button.btn-primary"))

    let_in(window, office)
    window.open(review_url(Tie, tie.pk, queues._queues[QUEUE]))
    assert page.locator(".review-since li").count() >= 1
    judge()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    window.look(WIDE)
    window.follow(page.locator("form[action*='/review/accept/'] button"))
    tie.refresh_from_db()
    assert (tie.review, tie.kind) == ("published", "friendship_city")

    window.context.clear_cookies()
    with translation.override("es"):
        window.open(tie.get_absolute_url())
    assert "Torrance" in page.locator("h1").inner_text()
    assert (found, window.complaints, window.asked_elsewhere) == ({}, [], [])
