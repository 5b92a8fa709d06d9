"""Fixtures that every test may use; those of one app lie beside its tests."""

import os
from urllib.parse import urlsplit

import pytest
from django.utils import translation

from tests import browser, missing

HERE = {"127.0.0.1", "localhost"}


def pytest_configure(config: pytest.Config) -> None:
    """Compile the messages and cut the fonts once: a bare `pytest` in a fresh clone needs both."""
    if not hasattr(config, "workerinput"):
        from django.core.management import call_command
        from django.utils.translation.reloader import translation_file_changed

        from sistercities.catalogs import catalogue_paths

        call_command("messages", compile=True, verbosity=0)
        for path in catalogue_paths():  # may have been looked for in vain already
            translation_file_changed(None, path.with_suffix(".mo"))
        call_command("build_fonts", verbosity=0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright leaves its event loop running until the session ends."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session", autouse=True)
def _database_before_playwright(request: pytest.FixtureRequest) -> None:
    """Make the test database while no event loop runs: Playwright starts one for good."""
    if any(item.get_closest_marker("browser") for item in request.session.items):
        request.getfixturevalue("django_db_setup")


@pytest.fixture(autouse=True)
def _database_beside_playwright(request: pytest.FixtureRequest) -> None:
    """Let Django's ORM work in the thread where Playwright's event loop runs."""
    if request.node.get_closest_marker("browser"):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(autouse=True)
def _language_of_the_next_test():
    """A page that a test asked for leaves its language behind; the next test begins without."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def base_url() -> None:
    """Browser tests name whole addresses (live_server.url). The plug-in's own fixture warns."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Launch Debian's Chromium instead of the build that Playwright would download."""
    path = browser.chromium()
    if path is None:
        if missing.is_allowed():
            pytest.skip(browser.MISSING)
        pytest.fail(browser.MISSING, pytrace=False)
    return browser_type_launch_args | {
        "executable_path": path,
        "args": [*browser_type_launch_args.get("args", []), *browser.ARGUMENTS],
    }


@pytest.fixture
def outside_requests(context) -> list[str]:
    """Addresses on other machines that the pages of this test asked for; each is blocked."""
    asked: list[str] = []

    def judge(route, request) -> None:
        if urlsplit(request.url).hostname in HERE:
            route.continue_()
        else:
            asked.append(request.url)
            route.abort()

    context.route("**/*", judge)
    return asked
