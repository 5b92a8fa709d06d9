"""Who may do what: every address, for every role, by every method, against docs/permissions.csv."""

import contextlib
import datetime
import os
import re
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone

from committees.models import OfficeTerm
from committees.rights import Role, includes
from tests.site.rights import table
from tests.site.rights.houses import ROLES

pytestmark = pytest.mark.django_db

OURS = ("VA", "EA", "CA", "ELECT")
HELD = {"VA": Role.VIEWER, "EA": Role.EDITOR, "CA": Role.COORDINATOR, "ELECT": Role.VIEWER}
STRANGERS = ("OUT", "EB", "STAFF", "SUPER")


def ask(doors, role: str, method: str, path: str) -> HttpResponseBase:
    """One request whose traces are taken back."""
    with transaction.atomic():
        response = doors.browser(role).generic(method, path)
        if response.streaming:
            response.streaming_content = list(response.streaming_content)
        transaction.set_rollback(True)
    return response


def drawn(number: int, role: str) -> contextlib.AbstractContextManager:
    """Pages are rendered for the coordinator and, in turns, for one of the others: templates say
    nothing of rights and cost a third of the time."""
    if role in ("CA", ROLES[number % len(ROLES)]):
        return contextlib.nullcontext()
    both = contextlib.ExitStack()
    both.enter_context(
        mock.patch("django.template.loader.render_to_string", lambda *args, **kwargs: "")
    )
    both.enter_context(mock.patch.object(SimpleTemplateResponse, "rendered_content", ""))
    return both


def tried(line: str, number: int, role: str) -> list[str]:
    """The methods of a line that a role tries. Whoever tries one of several takes turns, so that
    each address meets every method from both sides of its door."""
    methods = line.split()
    if line == table.READING:
        return methods if role in ("ANON", "CA") else ["GET"]
    return [methods[(number + ROLES.index(role)) % len(methods)]]


@pytest.fixture(scope="module")
def found(village, django_db_blocker) -> dict[tuple[str, str], dict[str, str]]:
    """The table as the site is now."""
    a, doors = village["a"], village["doors"]
    cells: dict[tuple[str, str], dict[str, str]] = {}
    with django_db_blocker.unblock():
        for number, address in enumerate(table.addresses()):
            path = address.path(a.arguments(address.name, set(address.converters)))
            for line in table.METHODS:
                cache.clear()
                row = cells[address.name, line] = {}
                for role in ROLES:
                    methods = tried(line, number, role)
                    with drawn(number, role):
                        answers = {table.said(ask(doors, role, one, path)) for one in methods}
                    row[role] = " or ".join(sorted(answers))
    return cells


def test_every_address_answers_as_the_table_says(found):
    now = found
    if os.environ.get("WRITE_PERMISSIONS"):
        table.write(now)
    kept = table.read()
    assert {key for key in now if key not in kept} == set(), "addresses without a row"
    assert {key for key in kept if key not in now} == set(), "rows without an address"
    differs = {key for key, row in now.items() if row != kept[key]}
    assert {key: now[key] for key in differs} == {key: kept[key] for key in differs}


# The table itself keeps the rules of the house


def lines(kept: dict, space: str) -> list[tuple[table.Address, str, dict[str, str]]]:
    """The lines of the kept table about a kind of address, each with its address."""
    known = {one.name: one for one in table.addresses()}
    return [
        (known[name], line, row) for (name, line), row in kept.items() if name.startswith(space)
    ]


def test_strangers_find_no_desk_and_visitors_the_login():
    at_a_desk = [one for one in lines(table.read(), "desk:") if "slug" in one[0].converters]
    assert len(at_a_desk) > 200
    for address, line, row in at_a_desk:
        where = (address.name, line)
        assert (where, row["ANON"]) == (where, "login")
        assert (where, {row[role] for role in STRANGERS}) == (where, {"404"})


def test_a_role_below_the_page_is_refused_and_one_that_covers_it_let_in():
    tried = 0
    for address, line, row in lines(table.read(), "desk:"):
        if not address.role or line == table.OTHERS or address.name == "desk:hand-over":
            continue
        for role in OURS:
            where = (address.name, line, role)
            if includes(HELD[role], address.role):
                assert (where, row[role] in ("ok", "on", "405")) == (where, True)
            else:
                assert (where, row[role]) == (where, "403")
            tried += 1
    assert tried > 500


def test_pages_that_change_something_need_an_editor():
    changing = [
        (address.name, row)
        for address, line, row in lines(table.read(), "desk:")
        if "slug" in address.converters and line == "POST"
    ]
    assert len(changing) > 70
    for name, row in changing:
        for role in ("VA", "ELECT"):
            assert (name, row[role] in ("403", "405")) == (name, True)


def test_everybody_reads_what_is_public_and_sees_the_same():
    read = 0
    for address, line, row in lines(table.read(), "public:"):
        if line == table.READING:
            answers, read = set(row.values()), read + 1
            expected = {"404"} if address.name == "public:outbox" else {"ok"}
            if address.name in ("public:theme", "public:language"):
                expected = {"on"}
            assert (address.name, answers) == (address.name, expected)
    assert read >= 25


def test_no_address_takes_methods_that_it_has_no_use_for():
    others = 0
    for address, line, row in lines(table.read(), ""):
        others += line == table.OTHERS
        if line == table.OTHERS:
            refused = {"405", "404", "403", "login"}
            where = (address.name, set(row.values()) - refused)
            assert where == (address.name, set())
    assert others > 120


def test_no_cell_is_a_failure_and_none_is_two_answers():
    kept = table.read()
    assert len(kept) > 500
    for key, row in kept.items():
        for role, said in row.items():
            assert (key, role, said.startswith("5")) == (key, role, False)
            assert (key, role, " or " in said) == (key, role, False)


# Other committees' rows


INTRUDERS = (("CA", "GET"), ("CA", "POST"), ("EA", "POST"), ("VA", "GET"), ("ELECT", "GET"))
CHILDREN = ("pk", "tie", "draft", "key")


def without_noise(response: HttpResponseBase) -> bytes:
    """The body without keys, numbers and tokens, which differ for no reason of ours."""
    body = re.sub(rb'value="[A-Za-z0-9]{64}"|[0-9a-f]{32}', b"", response.getvalue())
    return re.sub(rb"\d+", b"0", body).replace(b"committee-x", b"committee-b")


def theirs(address: table.Address, a, b) -> list[tuple[dict, dict]]:
    """Addresses at A's desk with one or more numbers of B's rows, each with the same address of
    rows that nobody has."""
    wanted = set(address.converters)
    ours, other = a.arguments(address.name, wanted), b.arguments(address.name, wanted)
    found = [one for one in CHILDREN if one in wanted]
    mixed = []
    for chosen in ({one} for one in found):
        mixed.append(ours | {one: other[one] for one in chosen})
    if len(found) > 1:
        mixed.append(ours | {one: other[one] for one in found})
    nobody = {one: "0" * 32 if one == "key" else 987_654 for one in found}
    return [
        (one, one | {name: nobody[name] for name in found if one[name] == other[name]})
        for one in mixed
        if one != ours
    ]


def test_rows_of_another_committee_are_not_there_not_even_for_coordinators(a, b, doors):
    tried, wrong = 0, []
    for address in table.addresses():
        own = address.name in ("attachment", "desk:my-consent-withdraw")
        if not (own or (address.name.startswith("desk:") and "slug" in address.converters)):
            continue
        for arguments, nobodys in theirs(address, a, b):
            for role, method in INTRUDERS:
                reply = ask(doors, role, method, address.path(arguments))
                same = ask(doors, role, method, address.path(nobodys))
                tried += 1
                if (
                    reply.status_code not in (403, 404, 405)
                    or reply.status_code != same.status_code
                    or without_noise(reply) != without_noise(same)
                ):
                    wrong.append((address.name, arguments, role, method, reply.status_code))
    assert wrong == []
    assert tried > 250


def test_another_committees_desk_is_the_same_as_none(a, b, doors):
    tried = 0
    for address in table.addresses():
        if not (address.name.startswith("desk:") and "slug" in address.converters):
            continue
        there = b.arguments(address.name, set(address.converters))
        nowhere = there | {"slug": "committee-x"}
        reply = ask(doors, "CA", "GET", address.path(there))
        same = ask(doors, "CA", "GET", address.path(nowhere))
        assert (address.name, reply.status_code) == (address.name, 404)
        assert without_noise(reply) == without_noise(same)
        tried += 1
    assert tried > 70


# At once


def home_of(a) -> str:
    return next(one for one in table.addresses() if one.name == "desk:home").path(
        {"slug": a.committee.slug}
    )


def test_a_right_ends_with_the_term_at_the_next_request(a, doors):
    terms = OfficeTerm.objects.filter(person__user=doors.users["EA"])
    today = timezone.localdate()
    for last, expected in ((today, "ok"), (today - datetime.timedelta(days=1), "404")):
        terms.update(ends=last)
        assert table.said(ask(doors, "EA", "GET", home_of(a))) == expected


def test_a_right_sinks_with_the_office_at_the_next_request(a, doors):
    address = next(one for one in table.addresses() if one.name == "desk:page-about")
    path = address.path({"slug": a.committee.slug})
    assert table.said(ask(doors, "EA", "GET", path)) == "ok"
    office = OfficeTerm.objects.get(person__user=doors.users["EA"]).office
    office.role = Role.VIEWER
    office.save()
    assert table.said(ask(doors, "EA", "GET", path)) == "403"


def test_who_may_not_log_in_any_more_is_out_at_the_next_request(a, doors):
    user = doors.users["CA"]
    user.is_active = False
    user.save()
    assert table.said(ask(doors, "CA", "GET", home_of(a))) == "login"


def test_a_committee_without_a_desk_lets_nobody_in(a, doors):
    for state in ("rejected", "merged"):
        type(a.committee).objects.filter(pk=a.committee.pk).update(review=state)
        assert table.said(ask(doors, "CA", "GET", home_of(a))) == "404"


def test_who_takes_office_later_than_in_sixty_days_sees_nothing_yet(a, doors):
    terms = OfficeTerm.objects.filter(person__user=doors.users["ELECT"])
    for days, expected in ((60, "ok"), (61, "404")):
        terms.update(begins=timezone.localdate() + datetime.timedelta(days=days))
        assert table.said(ask(doors, "ELECT", "GET", home_of(a))) == expected
