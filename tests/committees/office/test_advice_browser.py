"""A volunteer asks the national office on a telephone; the office answers; the volunteer reads the
answer and says that it helped."""

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from committees.models import AdviceRequest
from sistercities.models import OutgoingMail
from tests import factories
from tests.advicefactories import GuideFactory
from tests.committees.desk.test_door import officer
from tests.site.browser.window import NARROW, PHONE, WIDE, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enter(window: Window, user) -> None:
    """Somebody logs in, in place of whoever was."""
    client = Client()
    client.force_login(user)
    key = client.session.session_key
    window.context.clear_cookies()
    window.context.add_cookies(
        [{"name": site.SESSION_COOKIE_NAME, "value": key, "url": window.address}]
    )


@pytest.fixture
def window(live_window, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.ALLOWED_HOSTS = ["*"]
    yield live_window
    assert live_window.complaints == []


def test_a_desk_asks_on_a_telephone_the_office_answers_and_the_desk_closes(window):
    user, committee = officer("editor")
    guide = GuideFactory(topic="council_act", text_en="Ask the clerk.")
    page = window.page

    enter(window, user)
    window.look(PHONE)
    window.open(reverse("desk:advice", args=[committee.slug]))
    window.follow(page.locator(f'a[href="{reverse("desk:advice-ask", args=[committee.slug])}"]'))
    assert window.faults() == []
    page.locator("[name=topic]").select_option("council_act")
    page.locator("[name=subject]").fill("¿Vota el cabildo otra vez?")
    page.locator("[name=text]").fill("Queremos renovar en primavera.")
    window.follow(page.locator(".desk-content form .btn-primary"))
    asked = AdviceRequest.objects.get()
    assert asked.state == "open"
    assert window.faults() == []

    enter(window, factories.UserFactory(staff=True))
    window.look(WIDE, "dark")
    window.open("/admin/")
    window.follow(page.locator("#queues th a[href*='queue=advice']"))
    window.follow(page.locator("#result_list tbody th a"))
    answer = page.locator("form.advice-answer")
    assert page.locator(".advice .said blockquote").inner_text() == "Queremos renovar en primavera."
    assert window.complaints == []
    assert window.axe_faults() == []
    window.complaints.clear()  # axe itself writes styles into pages whose stylesheets import others
    answer.locator("[name=text]").fill("Depende de su estado; vea la guía.")
    answer.locator("[name=guides]").check()
    window.follow(answer.locator("input[type=submit]"))
    assert page.locator(".said blockquote").count() == 2

    link = reverse("desk:advice-request", args=[committee.slug, asked.pk])
    mail = OutgoingMail.objects.get()
    assert mail.to == user.email
    enter(window, user)
    window.look(NARROW)
    window.open(reverse("desk:home", args=[committee.slug]))
    window.follow(page.locator(f'.todo a[href="{link}"]'))
    assert "vea la guía" in page.locator(".said").inner_text()
    assert window.faults() == []
    window.follow(page.locator(f'.said a[href="{guide.get_absolute_url()}"]'))
    window.open(link)
    window.follow(page.locator("form[action$='/'] .btn-primary").first)
    asked.refresh_from_db()
    assert (asked.state, asked.closed_by) == ("closed", user)
