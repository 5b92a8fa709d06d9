"""A live server with the demo registry, and one Chromium window for all tests of a worker."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import modify_settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from relationships.demo.load import load_demo
from tests.site import pages
from tests.site.browser.window import Window


@pytest.fixture(scope="package")
def address(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """Where the demo registry is served; it is stored for real, and gone afterwards."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with django_db_blocker.unblock(), modify_settings(ALLOWED_HOSTS={"append": "127.0.0.1"}):
        try:
            load_demo()
            pages.public_file()
            pages.public_model()
            server = LiveServer("127.0.0.1")
            try:
                yield server.url
            finally:
                server.stop()
        finally:
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="package")
def demo_pages(address: str, django_db_blocker) -> list[pages.Page]:
    """Every page for people, with its address in each language."""
    with django_db_blocker.unblock():
        return pages.html_pages()


@pytest.fixture(scope="package")
def _window(browser: Browser, address: str) -> Iterator[Window]:
    window = Window(browser, address)
    yield window
    window.close()


@pytest.fixture
def window(_window: Window) -> Iterator[Window]:
    """The window, at rest. Afterwards nothing may have gone wrong in it, and nothing have been
    asked of another machine."""
    _window.rest()
    yield _window
    assert _window.complaints == []
    assert _window.asked_elsewhere == []


@pytest.fixture
def path(demo_pages: list[pages.Page]):
    """The path of the first sample of a page by its short name, in one language."""

    def find(name: str, language: str = "es") -> str:
        return next(
            page.path
            for page in demo_pages
            if (page.name, page.language) == (f"public:{name}", language)
        )

    return find


@pytest.fixture
def host(address: str) -> str:
    """The server's host and port."""
    return urlsplit(address).netloc
