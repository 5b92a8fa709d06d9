"""The table of rights, docs/permissions.csv: what every address answers to whom, by which method.
Those of the national office have one of their own (office.py).

    WRITE_PERMISSIONS=1 python -m pytest tests/site/rights      # then read the difference

One line per URL name and method, one column per role. `ok` is 200, `login` leads to the login,
`on` leads elsewhere; the rest are statuses. Addresses of an object are asked with an object of
committee A. GET and HEAD share a line, and PUT, PATCH and DELETE do.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from tests.site.rights.houses import QUERIES, ROLES

FILE = Path(settings.BASE_DIR) / "docs" / "permissions.csv"
READING, OTHERS = "GET HEAD", "PUT PATCH DELETE"
METHODS = (READING, "POST", OTHERS)


@dataclass(frozen=True)
class Address:
    """A URL name with its namespace, what its address is made of, and the view behind it."""

    name: str
    converters: frozenset[str]
    view: object

    @property
    def role(self) -> str:
        """What a page of the desk says it needs; empty for others."""
        return str(getattr(self.view, "role", ""))

    def path(self, arguments: dict, language: str = "en") -> str:
        """The address itself."""
        with override(language):
            if "0" in arguments:
                return reverse(self.name, args=[arguments[one] for one in sorted(arguments)])
            query = f"?{QUERIES[self.name]}" if self.name in QUERIES else ""
            return reverse(self.name, kwargs=arguments) + query


def addresses() -> list[Address]:
    """All of the resolver, but for the admin."""
    return sorted(_walk(get_resolver(), "", frozenset()), key=lambda one: one.name)


def _walk(resolver: URLResolver, space: str, above: frozenset[str]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        converters = above | set(pattern.pattern.converters)
        if isinstance(pattern, URLPattern):
            if not pattern.name:
                raise LookupError(f"An address without a name: {space}{pattern.pattern}")
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield Address(f"{space}{pattern.name}", converters - set(pattern.default_args), view)
        elif pattern.namespace != "admin":
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, inner, converters)


def admin_addresses() -> list[Address]:
    """Those of the admin that have a name: one per model and action."""
    found = []
    for pattern in get_resolver().url_patterns:
        if getattr(pattern, "namespace", "") == "admin":
            waiting = list(pattern.url_patterns)
            while waiting:
                one = waiting.pop()
                if isinstance(one, URLResolver):
                    waiting += one.url_patterns
                elif one.name:
                    named = set(one.pattern.regex.groupindex) | set(one.pattern.converters)
                    taken = frozenset(named or map(str, range(one.pattern.regex.groups)))
                    found.append(Address(f"admin:{one.name}", taken, one.callback))
    return sorted(found, key=lambda one: one.name)


def said(response: HttpResponseBase) -> str:
    """An answer in one word."""
    if response.status_code == 200:
        return "ok"
    if response.status_code in (301, 302, 303):
        goes = response.headers["Location"].partition("?")[0]
        return "login" if goes in logins() else "on"
    return str(response.status_code)


def logins() -> set[str]:
    """The page of the login in each language."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(reverse("account_login"))
    return found


def read() -> dict[tuple[str, str], dict[str, str]]:
    """The table as it is kept."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            (row["url"], row["method"]): {role: row[role] for role in ROLES}
            for row in csv.DictReader(file)
        }


def write(found: dict[tuple[str, str], dict[str, str]]) -> None:
    """Keep a table."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["url", "method", *ROLES])
        for (name, method), cells in found.items():
            rows.writerow([name, method, *(cells[role] for role in ROLES)])
