"""A coordinator's hour on a telephone, in Spanish: a visitor asks to join, is let in, members come
from a spreadsheet, an officer agrees to be named, and the work is handed over. Interface texts are
found by names of fields, since translators may change them."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from committees.models import Membership, OfficeTerm
from tests.committees.desk.people import Desk
from tests.factories import MembershipFactory, PersonFactory
from tests.site.browser.window import NARROW, PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "Nombre\tCorreo\tCategoría\tDesde\nBeto Luna\tbeto@example.org\tsocio\t2019\nMal\tx\t\t\n"


@pytest.fixture
def window(live_window, settings):
    settings.ALLOWED_HOSTS = ["*"]
    live_window.look(PHONE)
    yield live_window
    assert (live_window.complaints, live_window.asked_elsewhere) == ([], [])


def at(name, *arguments):
    with override("es"):
        return reverse(name, args=arguments)


def log_in(window, user):
    client = Client()
    client.force_login(user)
    window.context.add_cookies(
        [
            {"name": name, "value": cookie.value, "url": window.address}
            for name, cookie in client.cookies.items()
        ]
    )


def send(window, button="main form .btn-primary"):
    assert window.faults() == []
    window.follow(window.page.locator(button).last)


def test_an_hour_of_a_coordinator(window):
    desk = Desk()
    slug, page = desk.committee.slug, window.page
    window.open(at("public:committee-join", slug))
    send(window)
    assert page.title().startswith(("Error: ", "Error:"))
    assert page.locator(".error-summary li").count() == 3
    page.fill("[name=name]", "Lucía Prueba")
    page.fill("[name=email]", "lucia@example.org")
    page.fill("[name=why]", "Quiero ayudar.")
    page.check("[name=agreed]")
    send(window)
    assert window.faults() == []

    log_in(window, desk.user)
    window.open(at("desk:home", slug))
    window.follow(page.locator(f"a[href='{at('desk:join-requests', slug)}']").first)
    assert window.faults() == []
    window.follow(page.locator("a.btn-primary").first)
    send(window)
    assert Membership.objects.get(person__email="lucia@example.org").until is None

    window.open(at("desk:member-list-add", slug))
    page.fill("[name=text]", LIST)
    send(window)
    assert page.locator("tbody tr").count() == 2
    send(window)
    assert window.faults() == []
    beto = Membership.objects.get(person__email="beto@example.org").person

    window.open(at("desk:consent-add", slug, desk.person.pk))
    page.check("[name=agreed]")
    send(window)
    window.open(at("public:committee", slug))
    assert desk.person.name in page.locator("main").inner_text()

    window.open(at("desk:consents", slug))
    send(window, "main form .btn-danger")
    window.open(at("public:committee", slug))
    assert desk.person.name not in page.locator("main").inner_text()

    window.open(at("desk:term-end", slug, desk.term.pk))
    send(window, "main form .btn-danger")
    assert page.locator(".error-summary li").count() == 1
    page.select_option("[name=successor]", str(beto.pk))
    send(window, "main form .btn-danger")
    assert OfficeTerm.objects.filter(person=beto, office=desk.term.office).exists()


def test_every_page_of_people_is_accessible_narrow_and_wide_light_and_dark(window):
    desk = Desk()
    slug = desk.committee.slug
    member = MembershipFactory(
        committee=desk.committee,
        person=PersonFactory(name="Maximiliano Hernández-Villaseñor de la Garza y Montemayor"),
    )
    log_in(window, desk.user)
    pages = [
        *("people", "member-add", "member-list-add", "join-requests", "officers", "access"),
        *("consents", "people-hand-over"),
    ]
    paths = [at(f"desk:{name}", slug) for name in pages]
    paths += [
        at(f"desk:{name}", slug, member.pk) for name in ("member", "member-edit", "member-end")
    ]
    about = ("term-add", "access-add", "consent-add")
    paths += [at(f"desk:{name}", slug, member.person_id) for name in about]
    paths += [at("desk:people-choose", slug) + "?for=office", at("desk:my-data"), at("desk:erased")]
    looks = [(NARROW, "light"), (PHONE, "dark"), (WIDE, "light")]
    found = {}
    for path in paths:
        window.open(path)
        if faults := window.each(looks, window.faults):
            found[re.sub(r"\d+", "N", path)] = faults
    assert found == {}
