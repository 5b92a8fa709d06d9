"""Who may do what at the national office: every page, method and action of its admin, for somebody
of each group, against docs/permissions_office.csv."""

import os
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from sistercities.admin.groups import GROUPS, granted
from tests.site.rights import office as pages
from tests.site.rights import table
from tests.site.rights.houses import session_of

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = {"admin:login", "admin:logout", "admin:jsi18n"}
OPEN_TO_STAFF = OPEN_TO_ALL | {
    *("admin:index", "admin:app_list", "admin:autocomplete", "admin:view_on_site"),
    *("admin:password_change", "admin:password_change_done"),
}
"""Pages that belong to no model; what they list is what somebody may see."""
LED_ON = {
    "admin:committees_duesrule_add",
    "admin:sistercities_duplicate_history",
    "admin:sistercities_merge_history",
}
"""Addresses that only lead to another page, which asks for the rights."""
WITHOUT_PEOPLE = {
    *("admin:jsi18n", "admin:autocomplete", "admin:relationships_importbatch_rejected"),
    *("admin:relationships_figures_csv", "admin:relationships_figures_json"),
    "admin:relationships_aid_csv",
}
"""Files without personal data: numbers, rows of lists of cities, and what the admin's own scripts
ask for."""


@pytest.fixture(scope="module")
def office(village, django_db_blocker) -> pages.Office:
    """Somebody of each group."""
    with django_db_blocker.unblock():
        return pages.Office(pages.people(village["doors"]))


@pytest.fixture(scope="module")
def found(office, django_db_blocker) -> dict:
    """The table as the site is now."""
    with django_db_blocker.unblock():
        return pages.whole(office)


def by_page(rows: dict) -> list[tuple[str, str, dict[str, str]]]:
    """The lines about pages, without those about actions."""
    return [(*key, row) for key, row in rows.items() if not key[1].startswith("action")]


def test_every_page_and_action_of_the_office_answers_as_the_table_says(found):
    if os.environ.get("WRITE_PERMISSIONS"):
        pages.write(found)
    kept = pages.read()
    assert {key for key in found if key not in kept} == set(), "without a line"
    assert {key for key in kept if key not in found} == set(), "lines without a page or action"
    differs = {key for key, row in found.items() if row != kept[key]}
    assert {key: found[key] for key in differs} == {key: kept[key] for key in differs}


def test_nobody_from_outside_is_let_in(found, office):
    for role in pages.OUTSIDERS:
        request = office.request(role, "GET", reverse("admin:index"))
        assert (role, admin.site.has_permission(request)) == (role, False)
    for name, method, row in by_page(found):
        if name not in OPEN_TO_ALL:
            assert (name, method, row[pages.OUTSIDE]) == (name, method, "login")


def test_who_was_granted_nothing_opens_no_page_of_a_model_and_is_offered_no_action(found):
    for name, method, row in by_page(found):
        if name not in OPEN_TO_STAFF | LED_ON:
            assert (name, method, row["STAFF"] in ("403", "405")) == (name, method, True)
    for (name, method), row in found.items():
        if method.startswith("action"):
            assert (name, method, row["STAFF"]) == (name, method, "-")


def test_a_group_opens_only_pages_of_models_on_which_it_was_granted_something(found):
    refused = 0
    for group in GROUPS.values():
        known = {(app, codename.rpartition("_")[2]) for app, codename in granted(group)}
        role = group.name.upper()
        for name, _method, row in by_page(found):
            model = pages.owner(name)
            if model is None or name in LED_ON:
                continue
            if (model._meta.app_label, model._meta.model_name) not in known:
                assert (name, role, row[role] in ("403", "405")) == (name, role, True)
                refused += 1
    assert refused > 200


def test_looking_changing_and_entering_are_three_rights(found):
    tried = 0
    for group in GROUPS.values():
        role, rights = group.name.upper(), granted(group)
        for model in admin.site._registry:
            app, noun = model._meta.app_label, model._meta.model_name
            held = {verb for verb in ("view", "change", "add") if (app, f"{verb}_{noun}") in rights}
            page = f"admin:{app}_{noun}"
            said = found[f"{page}_changelist", "GET"][role]
            assert (noun, role, said) == (noun, role, "ok" if held - {"add"} else "403")
            for verb in ("add", "change"):
                said = found[f"{page}_{verb}", "POST"][role]
                refused = said == "403" or f"{page}_{verb}" in LED_ON
                assert (noun, role, verb, verb in held or refused) == (noun, role, verb, True)
            tried += 1
    assert tried > 90


def test_an_action_that_a_list_does_not_offer_somebody_does_nothing_when_it_is_sent(found, office):
    keys, tried, done = pages.first_keys(), 0, set()
    models = {pages.changelist(model): model for model in admin.site._registry}
    for (name, method), row in found.items():
        if not method.startswith("action "):
            continue
        model, action = models[name], method.removeprefix("action ")
        for role in pages.INSIDE:
            written = office.act(role, model, action, keys[model])
            if row[role] == "-":
                assert (name, action, role, written) == (name, action, role, set())
                tried += 1
            elif written:
                done.add((name, action))
    assert (tried > 60, len(done) > 5) == (True, True), (tried, done)


def test_nobody_deletes_not_even_who_may_do_everything(found):
    for name, method, row in by_page(found):
        model = pages.owner(name)
        if name.endswith("_delete") and model._meta.app_label != "auth":
            cells = {row[role] for role in pages.INSIDE}
            assert (name, method, cells) == (name, method, {"403"})
    assert [key for key in found if key[1] == "action delete_selected"] == []


def test_who_may_do_everything_stumbles_over_no_page(found):
    for name, method, row in by_page(found):
        assert (name, method, row["SUPER"].startswith("5")) == (name, method, False)
        if name.endswith("_changelist"):
            assert (name, row["SUPER"] if method == "GET" else "ok") == (name, "ok")


def test_each_file_with_personal_data_is_written_down_as_an_export(found, office):
    assert {name for name, noted in office.files.items() if not noted} - WITHOUT_PEOPLE == set()
    assert len(office.files) >= 3


def test_without_a_second_step_no_page_of_the_office_opens(village, doors):
    keys = {role: session_of(doors.users[role], second_step=False) for role in ("STAFF", "SUPER")}
    setups = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            setups.add(reverse("mfa_index"))
    rows, tried, client = pages.first_keys(), 0, Client()
    for number, address in enumerate(table.admin_addresses()):
        if address.name in ("admin:login", "admin:logout"):
            continue
        role = ("STAFF", "SUPER")[number % 2]
        client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: keys[role]})
        response = client.get(pages.path_of(address, rows))
        assert (role, address.name, response.status_code) == (role, address.name, 302)
        assert response.url in setups
        tried += 1
    assert tried > 300
