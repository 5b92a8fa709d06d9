"""The same protecting headers on every response, whatever it is."""

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import override

from relationships import finding
from tests.factories import UserFactory
from tests.site import crawling, pages
from tests.site.asking import ask

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
    ),
}
YEAR = 60 * 60 * 24 * 365


FOR_OTHERS = {"Cross-Origin-Resource-Policy": "cross-origin"}
"""Of the pictures that cities show on their own sites."""


def missing(headers: dict[str, str], *, is_for_others: bool = False) -> dict[str, str]:
    """Headers that are not as they must be, with what is there instead."""
    wanted = EVERYWHERE | (FOR_OTHERS if is_for_others else {})
    wrong = {name: headers.get(name, "") for name, v in wanted.items() if headers.get(name) != v}
    policy = headers.get("Content-Security-Policy", "")
    if {part.strip() for part in policy.split(";") if part.strip()} != POLICY:
        wrong["Content-Security-Policy"] = policy
    if "Server" in headers or "X-Powered-By" in headers:
        wrong["Server"] = headers.get("Server", "")
    return wrong


def error_responses(monkeypatch: pytest.MonkeyPatch, *, secure: bool = False) -> dict:
    """One response of every kind, most of them no public page."""
    client, guarded = Client(raise_request_exception=False), Client(enforce_csrf_checks=True)

    def get(path: str, **headers: str):
        return client.get(path, headers=headers, secure=secure)

    tag = get("/es/").headers["ETag"]
    static = settings.STATIC_URL
    found = {
        "304": get("/es/", **{"If-None-Match": tag}),
        "400": get("/es/", Host="elsewhere.example"),
        "400 of a post": client.post("/es/", headers={"Host": "e.example"}, secure=secure),
        "403": guarded.post("/admin/login/", {"username": "a"}, secure=secure),
        "404": get("/es/nothing/"),
        "404 outside the languages": get("/nothing"),
        "405": client.post("/es/", secure=secure),
        "405 without a token": guarded.post("/es/ciudades.csv", secure=secure),
        "to the language": get("/"),
        "to the slash": get("/es"),
        "admin": get("/admin/login/"),
        "to the login": get("/admin/"),
        "style sheet": get(f"{static}css/site.css"),
        "drawing": get(f"{static}img/icon.svg"),
        "admin's style": get(f"{static}admin/css/base.css"),
        "no such file": get(f"{static}css/nothing.css"),
        "kept page": get("/es/"),
        "packed page": get("/es/", **{"Accept-Encoding": "gzip"}),
        "HEAD": client.head("/es/", secure=secure),
        "OPTIONS": client.options("/es/", secure=secure),
    }
    with override("es"):
        city = reverse("public:city", args=["x"])
    monkeypatch.setattr(finding, "city", lambda slug: 1 / 0)
    found["500"] = get(city)
    for response in found.values():
        if response.streaming:
            list(response.streaming_content)
    return found


def test_every_kind_of_response_has_every_header(monkeypatch):
    responses = error_responses(monkeypatch)
    wrong = {name: bad for name, one in responses.items() if (bad := missing(dict(one.headers)))}
    statuses = {name: one.status_code for name, one in responses.items()}
    assert wrong == {}
    assert statuses == {
        "304": 304,
        "400": 400,
        "400 of a post": 400,
        "403": 403,
        "404": 404,
        "404 outside the languages": 404,
        "405": 405,
        "405 without a token": 405,
        "to the language": 302,
        "to the slash": 301,
        "admin": 302,
        "to the login": 302,
        "style sheet": 200,
        "drawing": 200,
        "admin's style": 200,
        "no such file": 404,
        "kept page": 200,
        "packed page": 200,
        "HEAD": 200,
        "OPTIONS": 405,
        "500": 500,
    }


def test_every_address_has_every_header():
    client = Client()
    badges = ("public:city-badge-svg", "public:city-badge-dark")
    found = {
        page.path: missing(
            crawling.ask(client, page.path).headers, is_for_others=page.name in badges
        )
        for page in pages.pages()
    }
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_over_https_every_response_asks_for_https_for_two_years_to_come(monkeypatch):
    with override_settings(
        SECURE_HSTS_SECONDS=YEAR, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_SSL_REDIRECT=True
    ):
        responses = error_responses(monkeypatch, secure=True)
        plain = Client().get("/es/")
    wanted = f"max-age={YEAR}; includeSubDomains"
    wrong = {
        name: one.headers.get("Strict-Transport-Security")
        for name, one in responses.items()
        if one.headers.get("Strict-Transport-Security") != wanted and name not in ("403", "400")
    }
    assert wrong == {}
    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/es/")


def test_pages_for_one_person_are_kept_by_nobody():
    client = Client()
    client.force_login(UserFactory(staff=True))
    for path in (
        "/admin/",
        "/admin/password_change/",
        reverse("account_overview"),
        reverse("desk:mine"),
    ):
        stored = client.get(path).headers["Cache-Control"]
        assert "no-store" in stored or "private" in stored
    for path in ("/es/nothing/", "/", "/healthz", "/readyz"):
        assert "no-store" in client.get(path).headers["Cache-Control"]


def test_public_pages_are_asked_for_again_each_time_and_set_no_cookie():
    client, kept = Client(), 0
    for page in pages.html_pages():
        response = client.get(page.path)
        kept += page.is_kept
        if not page.is_kept:
            assert "no-store" in response.headers["Cache-Control"]
            client.cookies.clear()
            continue
        assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert {"Cookie", "Accept-Encoding"} <= set(response.headers["Vary"].split(", "))
        assert dict(response.cookies) == {}
    assert kept > 20


def test_an_unchanged_page_is_answered_304_without_a_body_and_a_changed_one_anew():
    client = Client()
    for page in pages.html_pages()[:8]:
        tag = client.get(page.path).headers["ETag"]
        again = client.get(page.path, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        other = client.get(page.path + "?page=2", headers={"If-None-Match": tag})
        assert other.status_code == 200


def test_cookies_are_for_this_site_only_and_hidden_from_scripts():
    with override_settings(HTTPS=True):
        for path in ("theme/?theme=dark", "language/?language=en"):
            (cookie,) = Client().get(_path(path)).cookies.values()
            assert (cookie["samesite"], cookie["httponly"], cookie["secure"]) == ("Lax", True, True)


def _path(path: str) -> str:
    name, _mark, query = path.partition("/?")
    return f"{reverse(f'public:{name}')}?{query}"


def test_errors_tell_nothing_of_the_machine(monkeypatch):
    responses = error_responses(monkeypatch)
    for name in ("400", "403", "404", "500"):
        text = responses[name].content.decode()
        for word in (
            "Traceback",
            "Django",
            "Python",
            "/work",
            "/usr",
            "sqlite",
            "postgres",
            "DEBUG",
        ):
            assert word.lower() not in text.lower(), (name, word)


def test_a_head_has_the_headers_of_its_get_and_no_body():
    for page in pages.pages():
        got, head = ask(page.path), ask(page.path, method="HEAD")
        assert head.status == got.status
        assert head.headers.get("ETag") == got.headers.get("ETag")
        assert head.headers.get("Content-Type") == got.headers.get("Content-Type")
