"""Fixtures that every test may use; those of one app lie beside its tests."""

import gc
import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import translation

from tests import browser, databases, mailguard, missing, template

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


# One registry is made for all tests of such a folder, which takes a while: one worker does it.
MADE_ONCE = ("tests/site/rights", "tests/site/http")
LONG = (
    *MADE_ONCE,
    "tests/test_admin",
    "tests/sistercities/test_uploads",
    "tests/sistercities/editing",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright leaves its event loop running until the session ends.
    What takes longest comes first: at the end no worker shall wait long for the other. Where the
    database is not SQLite, tests that ask none are left to the run on that one."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        config.hook.pytest_deselected(items=[one for one in items if not databases.matters(one)])
        items[:] = filter(databases.matters, items)

    def turn(item: pytest.Item) -> tuple[bool, bool]:
        is_browser = item.get_closest_marker("browser") is not None
        return is_browser, not item.nodeid.startswith(LONG)

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """What was imported stays: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log):
    """Each worker takes a whole file, or one of those folders."""
    from xdist.scheduler import LoadScopeScheduling

    class WholeFiles(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            folder = file.rpartition("/")[0]
            return folder if folder in MADE_ONCE else file

    return WholeFiles(config, log)


@pytest.fixture(autouse=True)
def _no_mail_in_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages write into the outbox only."""
    mailguard.guard(monkeypatch)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Have the database that all workers copy before any of them starts."""
    if not hasattr(session.config, "workerinput") and _copies(session.config):
        template.make()


def _copies(config: pytest.Config) -> bool:
    """Whether each process takes a copy: not where a database is kept or made on purpose."""
    options = config.option
    return not (options.reuse_db or options.create_db or options.nomigrations)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_keepdb: bool) -> bool:
    """A copy is used as it is."""
    return _copies(request.config) or django_db_keepdb


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest, django_db_modify_db_settings):
    """Once the test database has its name, put the copy there."""
    if _copies(request.config):
        template.lay()


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


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries):
    """As pytest-django's, for a page that is not the first one after a change: see `settled`."""
    return _read_already(django_assert_num_queries)


@pytest.fixture
def django_assert_max_num_queries(django_assert_max_num_queries):
    """As above."""
    return _read_already(django_assert_max_num_queries)


def _read_already(count):
    def counted(*arguments, **options):
        from tests.settled import read_settings

        read_settings()
        return count(*arguments, **options)

    return counted


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


@pytest.fixture(scope="session")
def _live_window(browser, live_server):
    from tests.site.browser.window import Window

    window = Window(browser, live_server.url)
    yield window
    window.close()


@pytest.fixture
def live_window(_live_window):
    """One window on the live server for all tests of a worker: a new profile takes the browser
    longer than a page. It is as good as new: no cookies, nothing kept, nothing noted."""
    yield _live_window
    _live_window.rest()


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
