"""Public pages are rendered once for each version of the registry, and never kept for strangers."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from sistercities.caching import PublicPages, public_page
from sistercities.models import RegistryVersion

pytestmark = pytest.mark.django_db


class Site:
    """A site of one public page behind the middleware; counts how often it is rendered."""

    def __init__(self, view=None):
        self.rendered = 0
        self.view = view or self.page
        self.middleware = PublicPages(lambda request: public_page(self.view)(request))

    def page(self, request):
        self.rendered += 1
        return HttpResponse(f"page {self.rendered} of {request.get_full_path()}")

    def get(self, path="/es/", **headers):
        cookies = headers.pop("cookies", {})
        request = RequestFactory().get(path, headers=headers)
        request.COOKIES = cookies
        return self.middleware(request)


def test_a_page_is_rendered_once_and_then_answered_from_memory():
    site = Site()
    assert [site.get().content for _ in range(3)] == [b"page 1 of /es/"] * 3
    assert site.rendered == 1


def test_a_repeated_visit_is_answered_304_without_a_body():
    site = Site()
    tag = site.get()["ETag"]
    again = site.get(**{"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert "default-src 'none'" in again["Content-Security-Policy"]


def test_a_change_of_the_registry_makes_every_page_new():
    site = Site()
    tag = site.get()["ETag"]
    RegistryVersion.move_on()
    again = site.get(**{"If-None-Match": tag})
    assert (again.status_code, again.content) == (200, b"page 2 of /es/")


def test_address_query_and_theme_each_have_a_page_of_their_own():
    site = Site()
    tags = {
        site.get("/es/")["ETag"],
        site.get("/en/")["ETag"],
        site.get("/es/?q=a")["ETag"],
        site.get("/es/", cookies={"theme": "dark"})["ETag"],
    }
    assert (len(tags), site.rendered) == (4, 4)


def test_a_foreign_cookie_does_not_make_another_page():
    site = Site()
    site.get(cookies={"theme": "nonsense"})
    site.get(cookies={"theme": "other nonsense"})
    assert site.rendered == 1


def test_compressed_and_plain_answers_are_the_same_page():
    site = Site()
    plain, zipped = site.get(), site.get(**{"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.content) == plain.content
    assert (zipped["Content-Encoding"], zipped["Content-Length"]) == (
        "gzip",
        str(len(zipped.content)),
    )
    assert {"Cookie", "Accept-Encoding"} <= {v.strip() for v in plain["Vary"].split(",")}


@pytest.mark.parametrize("status", [302, 403, 404, 500])
def test_only_answers_that_succeed_are_kept(status):
    site = Site(lambda request: HttpResponse("no", status=status))
    assert "ETag" not in site.get()


def test_an_answer_that_sets_a_cookie_is_not_kept():
    def view(request):
        response = HttpResponse("yours")
        response.set_cookie("session", "secret")
        return response

    assert "ETag" not in Site(view).get()


@override_settings(PUBLIC_PAGES_KEPT=2)
def test_the_oldest_page_goes_when_memory_is_full():
    site = Site()
    for path in ("/es/1", "/es/2", "/es/1", "/es/3", "/es/1"):
        site.get(path)
    assert site.rendered == 3
    site.get("/es/2")
    assert site.rendered == 4


@override_settings(SECURE_SSL_REDIRECT=True)
def test_a_visit_without_https_is_left_to_the_redirect():
    site = Site()
    assert "ETag" not in site.get()
    assert (site.get().status_code, site.rendered) == (200, 2)


def test_nobody_can_guess_a_tag():
    with override_settings(SECRET_KEY="another secret of some length, for sure"):
        other = Site().get()["ETag"]
    assert Site().get(**{"If-None-Match": other}).status_code == 200
