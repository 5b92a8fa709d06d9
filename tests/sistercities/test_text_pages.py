"""The pages of the floor: texts, entrances, preferences, what machines ask for, errors."""

import datetime
import re

import html5lib
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from sistercities import views

pytestmark = pytest.mark.django_db
TEXTS = ["about", "how-to-twin", "privacy", "accessibility"]
WORDS = r"""
    //evil.example  ///evil.example  ////evil.example  http://evil.example  https://evil.example
    https:evil.example  https:/evil.example  https:///evil.example  http:evil.example
    /\evil.example  \/evil.example  \\evil.example  \evil.example  /\/evil.example
    javascript:alert(1)  JaVaScRiPt:alert(1)  data:text/html,x  ftp://evil.example  evil.example
    @evil.example  //@evil.example  //testserver@evil.example  http://testserver@evil.example
    http://testserver.evil.example  //testserver.evil.example  %2f%2fevil.example  %5cevil.example
    .  ..  ?next=//evil.example  #//evil.example  mailto:a@evil.example  //evil.example/%2f..
    //[::1]  http://[  //evil.example:80  ///testserver  vbscript:x  //localhost:8000/\evil.example
"""
WITH_SPACES = [
    "",
    " ",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
]
WITH_CONTROLS = ["/es/\r\nSet-Cookie: a=b", "\x00//evil.example", "\u2028//evil.example"]
OTHER_HOSTS = [*WORDS.split(), *WITH_SPACES, *WITH_CONTROLS]


# Texts


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_exists_in_both_languages_and_each_leads_to_the_other(client, name):
    paths = {}
    for code in ("es", "en"):
        with override(code):
            paths[code] = reverse(f"public:{name}")
    titles = {}
    for code, other in (("es", "en"), ("en", "es")):
        response = client.get(paths[code])
        html = response.content.decode()
        html5lib.HTMLParser(strict=True).parse(html)
        assert re.findall(r'<html lang="(\w+)"', html) == [code]
        assert re.findall(r'class="language"[^>]* href="([^"]+)"', html) == [paths[other]]
        titles[code] = re.findall(r"<h1>(.+)</h1>", html)
        assert len(titles[code]) == 1
    assert titles["es"] != titles["en"]


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_costs_one_small_query(client, django_assert_num_queries, name):
    Client().get(reverse(f"public:{name}"))  # the office's settings are known from here on
    with django_assert_num_queries(1):
        assert client.get(reverse(f"public:{name}")).status_code == 200


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_can_only_be_read(client, name):
    assert client.post(reverse(f"public:{name}")).status_code == 405


# Entrances and preferences


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        (None, None, "es"),
        (None, "en", "en"),
        (None, "en-GB,en;q=0.9", "en"),
        (None, "es-MX", "es"),
        (None, "fr,de;q=0.5", "es"),
        ("en", "es", "en"),
        ("es", "en", "es"),
        ("klingon", "en", "en"),
        ("x" * 5000, "en", "en"),
    ],
)
def test_the_root_leads_to_the_visitors_language(client, cookie, accepted, language):
    if cookie:
        client.cookies["language"] = cookie
    response = client.get("/", headers={"Accept-Language": accepted} if accepted else {})
    assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/")
    assert {"Cookie", "Accept-Language"} <= set(re.split(", *", response.headers["Vary"]))
    assert response.headers["Cache-Control"] == "no-store"


def test_an_address_with_a_language_never_redirects(client):
    client.cookies["language"] = "es"
    with override("en"):
        path = reverse("public:about")
    assert client.get(path, headers={"Accept-Language": "es"}).status_code == 200


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_is_kept_for_a_year_and_shown_on_the_next_page(client, theme):
    about = reverse("public:about")
    response = client.get(reverse("public:theme"), {"theme": theme, "next": f"{about}?a=b"})
    assert (response.status_code, response.headers["Location"]) == (302, f"{about}?a=b")
    cookie = response.cookies["theme"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == (theme, 31536000, "Lax")
    assert f'data-bs-theme="{theme}"' in client.get(about).content.decode()


def test_the_automatic_theme_forgets_the_choice(client):
    client.cookies["theme"] = "dark"
    response = client.get(reverse("public:theme"), {"theme": "auto"})
    assert response.cookies["theme"]["max-age"] == 0
    assert 'data-bs-theme="' not in client.get(reverse("public:about")).content.decode()


def test_the_footer_sends_the_theme_as_this_page_takes_it(client):
    about = reverse("public:about")
    html = client.get(about).content.decode()
    form = re.search(
        r'<form class="theme-form" method="get" action="([^"]+)">(.+?)</form>', html, re.S
    )
    assert form[1] == reverse("public:theme")
    assert re.findall(r'name="next" value="([^"]*)"', form[2]) == [about]
    assert re.findall(r'name="theme" value="([^"]*)"', form[2]) == ["auto", "light", "dark"]


@pytest.mark.parametrize("preference", ["theme", "language"])
def test_an_unknown_choice_is_not_kept(client, preference):
    response = client.get(reverse(f"public:{preference}"), {preference: "<script>"})
    assert (response.status_code, len(response.cookies)) == (302, 0)


def test_a_language_is_kept_and_the_root_follows_it(client):
    response = client.get(reverse("public:language"), {"language": "en", "next": "/en/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/en/")
    assert client.get("/").headers["Location"] == "/en/"


def test_forty_hostile_addresses_lead_nowhere(client):
    assert len(OTHER_HOSTS) > 40
    home = reverse("public:home")
    for preference in ("theme", "language"):
        led = {
            wanted: client.get(reverse(f"public:{preference}"), {"next": wanted}).headers[
                "Location"
            ]
            for wanted in OTHER_HOSTS
        }
        assert led == dict.fromkeys(OTHER_HOSTS, home)


# What machines ask for


def test_robots_are_told_where_the_map_is(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines()[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_security_txt_names_the_contact_for_half_a_year(client, settings):
    settings.SECURITY_CONTACT = "seguridad@example.org"
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    fields = dict(line.split(": ", 1) for line in lines)
    assert fields["Contact"] == "mailto:seguridad@example.org"
    ahead = datetime.datetime.fromisoformat(fields["Expires"]) - datetime.datetime.now(datetime.UTC)
    assert 170 < ahead.days < 190


def test_without_a_contact_there_is_no_security_txt(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


# Errors


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_page_that_is_not_there_offers_the_search(client, language):
    response = client.get(f"/{language}/nothing/here/")
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert response.status_code == 404
    assert re.findall(r'<input [^>]*name="(\w+)"', html) == ["q", "next"]
    assert re.findall(r'class="language"[^>]* href="([^"]+)"', html) == [
        "/en/" if language == "es" else "/es/"
    ]
    assert 'rel="canonical"' not in html


def test_an_object_that_is_not_there_is_answered_the_same(client):
    with override("en"):
        path = reverse("public:city", args=["nowhere"])
    response = client.get(path)
    assert response.status_code == 404
    assert re.findall(r'class="language"[^>]* href="([^"]+)"', response.content.decode()) == [
        "/es/"
    ]


def test_the_other_errors_speak_both_languages_and_ask_nothing(rf, django_assert_num_queries):
    request = rf.get("/")
    with django_assert_num_queries(0):
        answers = [views.bad_request(request, None), views.server_error(request)]
    assert [answer.status_code for answer in answers] == [400, 500]
    for answer in answers:
        html = answer.content.decode()
        html5lib.HTMLParser(strict=True).parse(html)
        assert (html.count('lang="es"'), html.count('lang="en"')) == (1, 1)


def test_a_form_without_its_token_gets_our_own_page(django_user_model):

    response = Client(enforce_csrf_checks=True).post(reverse("admin:login"), {"username": "a"})
    assert response.status_code == 403
    assert 'href="/static/css/site.css"' in response.content.decode()
