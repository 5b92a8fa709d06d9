"""What the site does with methods, hosts and addresses that somebody means badly."""

from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.site import pages
from tests.site.asking import ask

pytestmark = pytest.mark.django_db

NEXTS = [
    *("//e.example", "///e.example", "////e.example", "/\\e.example", "\\\\e.example"),
    *("\\/e.example", "/\\/e.example", "https:e.example", "https:/e.example", "http:///e.example"),
    *("https://e.example", "HTTPS://E.EXAMPLE", "http:e.example", "ftp://e.example/x"),
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x"),
    *("\t//e.example", "\n//e.example", "\r\n//e.example", " //e.example", "/\t/e.example"),
    *("/\n/e.example", "/\r/e.example", "\x00//e.example", "/\x00/e.example", "//\x00e.example"),
    *("@e.example", "//@e.example", "//testserver@e.example", "https://testserver@e.example"),
    *("//testserver.e.example", "//e.example:80", "//e.example#@testserver", "//[::1]", "//[e"),
    *("%2f%2fe.example", "/%2fe.example", "/%5ce.example", "／／e.example", "/\u2028/e.example"),
    *("e.example", "../..//e.example", "?next=//e.example", "", "/.//e.example", "/%09/e.example"),
    *("/es/\r\nSet-Cookie: a=b", "/es/\r\nLocation: //e.example", "http://[", "//e。example"),
]
HOSTS = [
    *("e.example", "testserver.e.example", "e.example:80", "testserver@e.example", "xtestserver"),
    *("testserver:99999x", "testserver/..", "[::1", "testserver e.example", "127.0.0.1.e.example"),
    *("\u0000testserver", "testserver\r\nX: y", "..", "ＴＥＳＴserver", "'testserver'", "a" * 300),
]
METHODS = ("POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "JUNK")


def browser_goes_to(location: str, path: str) -> str:
    """The host that a browser ends up at; it reads "\\" as "/" and drops tabs and line ends."""
    for letter in "\t\r\n":
        location = location.replace(letter, "")
    location = location.strip().replace("\\", "/")
    return urlsplit(urljoin(f"http://testserver{path}", location)).netloc


def test_forty_and_more_bad_values_of_next_never_lead_away():
    assert len(set(NEXTS)) >= 40
    away = []
    for name, choice in (("theme", "theme=dark"), ("language", "language=en")):
        for language in pages.LANGUAGES:
            with override(language):
                path = reverse(f"public:{name}")
            for wanted in NEXTS:
                raw = f"{choice}&next={quote(wanted, safe='')}".encode()
                reply = ask(path, raw)
                location = reply.headers["Location"]
                if (
                    reply.status != 302
                    or browser_goes_to(location, path) != "testserver"
                    or not location.startswith("/")
                    or {"\r", "\n", "\0"} & set(location)
                ):
                    away.append((path, wanted, reply.status, location))
    assert away == []


def test_a_good_next_leads_back_with_its_filters():
    for wanted in ("/es/ciudades/?q=gómez&country=MX", "/en/", "/en/ties/?page=2#list"):
        response = Client().get(reverse("public:theme"), {"theme": "dark", "next": wanted})
        assert response.headers["Location"] in (wanted, quote(wanted, safe="/?=&#%"))


def test_the_login_leads_to_no_other_host():
    from tests.factories import UserFactory

    UserFactory(staff=True, email="staff@example.org")
    away = []
    for wanted in NEXTS:
        client = Client()
        response = client.post(
            "/admin/login/",
            {"username": "staff@example.org", "password": "long enough a password", "next": wanted},
        )
        assert response.status_code == 302
        if browser_goes_to(response.headers["Location"], "/admin/login/") != "testserver":
            away.append((wanted, response.headers["Location"]))
    assert away == []


def test_a_foreign_host_is_answered_400_everywhere():
    assert len(HOSTS) >= 12
    for host in HOSTS:
        for path in ("/", "/es/", "/en/ties/", "/t/1", "/admin/login/", "/robots.txt", "/nothing"):
            reply = ask(path, headers={"Host": host})
            assert (host, path, reply.status) == (host, path, 400)
            assert b"e.example" not in reply.body


def test_a_forwarded_host_is_not_believed():
    for name in ("X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL"):
        reply = ask("/es/", headers={name: "e.example"})
        assert reply.status == 200
        assert b"e.example" not in reply.body


def test_the_addresses_in_a_page_are_those_of_the_settings_whatever_the_host_says():
    reply = ask("/es/", headers={"Host": "localhost:1234"})
    assert reply.status == 200
    assert b"localhost" not in reply.body


def test_no_page_takes_anything_but_reading():
    wrong = []
    for page in pages.pages():
        for method in METHODS:
            reply = ask(page.path, method=method)
            if reply.status not in (403, 405):  # a form without its token: 403
                wrong.append((method, page.path, reply.status))
    assert wrong == []


def test_a_refused_method_is_told_which_ones_are_taken():
    known = "a" * 32  # without a token that fits, the answer would be 403
    token = {"X-CSRFToken": known, "Cookie": f"{settings.CSRF_COOKIE_NAME}={known}"}
    asked = list(pages.pages())
    assert len(asked) > 20
    for page in asked:
        reply = ask(page.path, method="PUT", headers=token)
        assert (page.path, reply.status) == (page.path, 405)
        allowed = "GET, HEAD, POST, OPTIONS" if page.is_form else "GET, HEAD"
        assert reply.headers["Allow"] == allowed
        assert ask(page.path, method="OPTIONS").status in (200, 405)
