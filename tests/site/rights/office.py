"""What every page of the national office answers to whom, and which actions a list offers: the
table docs/permissions_office.csv.

    WRITE_PERMISSIONS=1 python -m pytest tests/site/rights      # then read the difference

One line per URL name and method, one per action of a list. Views are called behind their URL and
their `admin_view`, without middleware and without rendering, and a list or form of Django's is `ok`
as soon as it is about to be built: what comes then is tried elsewhere, and four hundred addresses
for six people stay affordable.
"""

import contextlib
import csv
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from allauth.core.context import request_context
from allauth.core.exceptions import ReauthenticationRequired
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils.translation import override

from relationships.deriving import derive
from sistercities.admin.groups import GROUPS
from sistercities.admin.reviewing import VERBS
from sistercities.models import Export, User
from tests import factories as make
from tests.site.rights import rows, table
from tests.test_admin import MADE
from tests.test_admin import make as a_row

FILE = Path(settings.BASE_DIR) / "docs" / "permissions_office.csv"
OUTSIDERS = ("ANON", "OUT", "VA", "EA", "CA", "EB", "ELECT")
OUTSIDE = "OUTSIDE"
IN_GROUPS = tuple(name.upper() for name in GROUPS)
INSIDE = ("STAFF", *IN_GROUPS, "SUPER")
COLUMNS = (OUTSIDE, *INSIDE)
METHODS = ("GET", "POST")
REFUSALS = (PermissionDenied, ReauthenticationRequired)
KEPT_FILES = ("text/csv", "application/json", "application/zip", "application/vnd.", "text/vcard")
"""How the content type of a file to keep begins."""


def people(doors) -> dict[str, User]:
    """Somebody for each role; in each group somebody who has no other right."""
    found = dict(doors.users)
    for name, group in GROUPS.items():
        user = make.UserFactory(name=name.upper(), is_staff=True)
        user.groups.set(Group.objects.filter(name=group.name))
        found[name.upper()] = user
    return found


def owner(name: str) -> type[models.Model] | None:
    """The model on whose ModelAdmin an address hangs; None for a page of the site."""
    name = name.removeprefix("admin:")
    named = {
        f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry
    }
    fits = [one for one in named if name.startswith(f"{one}_")]
    if name == "auth_user_password_change":  # Django names it by another app
        return User
    return named[max(fits, key=len)] if fits else None


def path_of(address: table.Address, keys: dict[type[models.Model], int]) -> str:
    """The address of the first row of its model."""
    model = owner(address.name)
    key = keys.get(model) or 1
    known = dict.fromkeys(("object_id", "id", "pk", "0"), key)
    if address.name.endswith("_simple_history"):
        past = apps.get_model(model._meta.label).history.filter(id=key)
        known["1"] = past.values_list("history_id", flat=True).first() or 1
    known |= {"app_label": "committees", "verb": VERBS[0].key}
    return address.path({one: known.get(one, 1) for one in address.converters}, "es")


def first_keys() -> dict[type[models.Model], int]:
    """A row of every model of the admin; one is made, as for tests/test_admin.py, where there is
    none yet."""
    keys = {}
    for model in admin.site._registry:
        row = model._base_manager.order_by("pk").first()
        if row is None and model._meta.model_name in MADE:
            row = a_row(model)
        keys[model] = row.pk if row else 1
    derive()
    return keys


class Office:
    """Asks pages in the name of somebody. `files` are the addresses that gave a file to keep, and
    whether it was written down as an export."""

    def __init__(self, users: dict[str, User]) -> None:
        self.users = users
        self.files: dict[str, bool] = {}

    def request(self, role: str, method: str, path: str, sent: dict | None = None):
        """As the middleware would hand it to the view, for somebody who took the second step."""
        asking = RequestFactory()
        request = asking.post(path, sent) if sent else asking.generic(method, path)
        request.user = self.users[role] or AnonymousUser()
        request.session, request._messages = SessionStore(), CookieStorage(request)
        request.resolver_match = resolve(request.path_info)
        request._dont_enforce_csrf_checks = True
        return request

    def ask(self, role: str, method: str, path: str, name: str = "") -> str:
        """What a page answers, in a word; its traces are taken back."""
        request = self.request(role, method, path)
        view, args, kwargs = request.resolver_match
        with override("es"), transaction.atomic():
            try:
                response = view(request, *args, **kwargs)
                self._look_for_files(name, response)
            except Opened:
                response = HttpResponse()
            except PermissionDenied:
                response = HttpResponse(status=403)
            except Http404:
                response = HttpResponse(status=404)
            transaction.set_rollback(True)
        home = response.headers.get("Location", "").partition("?")[0]
        return "login" if home == reverse("admin:login") else table.said(response)

    def _look_for_files(self, name: str, response: HttpResponseBase) -> None:
        kind = response.headers.get("Content-Type", "")
        if response.status_code == 200 and kind.startswith(KEPT_FILES):
            if response.streaming:
                list(response.streaming_content)
            self.files[name] = Export.objects.exists() or self.files.get(name, False)

    def act(self, role: str, model: type[models.Model], action: str, key: int) -> set[str]:
        """Send an action for the row of this key, offered or not; the tables that it wrote to."""
        page = table.Address(changelist(model), frozenset(), None).path({}, "es")
        sent = {"action": action, "index": 0, admin.helpers.ACTION_CHECKBOX_NAME: key}
        request = self.request(role, "POST", page, sent)
        view, args, kwargs = request.resolver_match
        with override("es"), transaction.atomic(), rows.writing() as written:
            with request_context(request), contextlib.suppress(*REFUSALS):
                view(request, *args, **kwargs)
            transaction.set_rollback(True)
        return written & {one._meta.db_table for one in apps.get_models()}

    def actions(self, role: str, model: type[models.Model]) -> set[str]:
        """What the list of a model offers to do with chosen rows."""
        page = table.Address(changelist(model), frozenset(), None).path({}, "es")
        return set(admin.site._registry[model].get_actions(self.request(role, "GET", page)))


def changelist(model: type[models.Model]) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"


class Opened(Exception):
    """Somebody was let in."""


def let_in(*_args, **_options):
    """In the place of what a page does once rights were asked for."""
    raise Opened


@contextlib.contextmanager
def rights_only() -> Iterator[None]:
    """No template is rendered, no list or form built, no menu put together."""
    menu = admin.site.get_app_list

    def short(request, app_label=None):
        return menu(request, app_label) if app_label else []

    with (
        mock.patch("django.template.loader.render_to_string", lambda *args, **kwargs: ""),
        mock.patch.object(admin.ModelAdmin, "get_changelist_instance", let_in),
        mock.patch.object(admin.ModelAdmin, "get_form", let_in),
        mock.patch.object(admin.site, "get_app_list", short),
    ):
        yield


def whole(office: Office) -> dict[tuple[str, str], dict[str, str]]:
    """The table as the site is now. Outsiders take turns: `has_permission` lets none in, which is
    tried of each of them."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    keys = first_keys()
    with rights_only():
        for number, address in enumerate(table.admin_addresses()):
            path = path_of(address, keys)
            for method in METHODS:
                outsider = OUTSIDERS[number % len(OUTSIDERS)]
                row = {OUTSIDE: office.ask(outsider, method, path)}
                row |= {role: office.ask(role, method, path, address.name) for role in INSIDE}
                found[address.name, method] = row
    for model in admin.site._registry:
        offered = {role: office.actions(role, model) for role in INSIDE}
        for action in sorted(set().union(*offered.values())):
            cells = {role: "ok" if action in offered[role] else "-" for role in INSIDE}
            found[changelist(model), f"action {action}"] = {OUTSIDE: "-"} | cells
    return dict(sorted(found.items()))


def read() -> dict[tuple[str, str], dict[str, str]]:
    """The table as it is kept."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            (row["url"], row["method"]): {role: row[role] for role in COLUMNS}
            for row in csv.DictReader(file)
        }


def write(found: dict[tuple[str, str], dict[str, str]]) -> None:
    """Keep a table."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["url", "method", *COLUMNS])
        for (name, method), cells in found.items():
            lines.writerow([name, method, *(cells[role] for role in COLUMNS)])
