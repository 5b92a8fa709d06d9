"""The journey of a dirty list in a real browser without scripts: from the file to the undo."""

import csv
import re

import pytest
from django.conf import settings as site
from django.test import Client
from playwright.sync_api import Page, expect

from relationships.fingerprint import registry_hash
from relationships.models import ImportBatch, Tie
from sistercities.jobs.working import work_off
from tests.factories import UserFactory
from tests.relationships.imports.world import make_places
from tests.relationships.office.imports.steps import DIRTY, address

PATIENCE = 20_000  # milliseconds, for a page that looks again by itself
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(browser, live_server, settings, tmp_path):
    """Somebody of the office, whose browser runs no scripts."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    client = Client()
    client.force_login(UserFactory(staff=True, name="Ana"))
    context = browser.new_context(java_script_enabled=False)
    cookies = {
        site.SESSION_COOKIE_NAME: client.cookies[site.SESSION_COOKIE_NAME].value,
        site.LANGUAGE_COOKIE_NAME: "en",
    }
    context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def test_a_dirty_list_is_imported_settled_applied_and_undone(office, live_server, tmp_path):
    make_places()
    before, done = registry_hash(), office.locator(".import-done")
    path = tmp_path / "ministry.csv"
    path.write_text(DIRTY, encoding="utf-8")

    office.goto(live_server.url + "/admin/relationships/importbatch/")
    follow(office, "Import a list")
    office.locator("#id_file").set_input_files(path)
    press(office, "Upload and look at the columns")
    expect(office.locator(".errornote")).to_be_visible()
    office.locator("#id_file").set_input_files(path)
    office.locator("#id_source").fill("Ministry")
    press(office, "Upload and look at the columns")

    expect(office.get_by_label("Sister city")).to_have_value("city_b")
    office.get_by_label("First city: country").fill("México")
    office.get_by_label("Second city: country").fill("United States")
    press(office, "Judge every row")
    expect(office.locator("#content")).to_contain_text("It waits for its turn.")
    batch = ImportBatch.objects.get()
    assert office.url == live_server.url + address("plan", batch)
    work_off()
    counts = office.locator(".import-counts")
    expect(counts).to_contain_text("City not decided: 2", timeout=PATIENCE)

    follow(office, "City not decided: 2")
    follow(office, "Settle row 3")
    illinois = office.locator("tr", has_text="Illinois")
    illinois.get_by_role("radio").check()
    press(office, "Settle this row")
    expect(office.locator(".messagelist")).to_contain_text("Row 3: Creates a tie.")
    expect(office.locator("h1")).to_have_text("Row 6")
    follow(office, "Skip it")
    expect(office.locator("h1")).to_have_text(f"Import {batch.pk}")

    follow(office, "Apply this plan")
    expect(office.locator(".act-facts")).to_contain_text("Creates a tie")
    press(office, "Apply exactly this plan")
    work_off()
    expect(done).to_have_text(f"Import {batch.pk} is applied.", timeout=PATIENCE)
    assert Tie.objects.count() == 3
    expect(office.get_by_role("link", name="Guadalajara – Springfield")).to_be_visible()

    with office.expect_download() as saved:
        office.get_by_role("link", name=re.compile("left over, as CSV")).click()
    with saved.value.path().open(encoding="utf-8-sig", newline="") as file:
        left = [(row["Sister city"], bool(row["reason"])) for row in csv.DictReader(file)]
    assert left == [("Xanadu", True), ("", True)]

    follow(office, "Undo this import")
    office.locator("#id_reason").fill("It was last year's list")
    press(office, "Undo the whole import")
    work_off()
    expect(done).to_have_text(f"Import {batch.pk} is undone.", timeout=PATIENCE)
    assert registry_hash() == before
