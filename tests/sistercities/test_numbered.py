"""Lists with numbered pages: what they show, what they ask, where their links lead."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from sistercities.listing.numbered import numbered
from sistercities.models import Address

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    Address.objects.bulk_create(
        Address(subject="city", slug=f"place-{n:02}", object_id=n) for n in range(1, 24)
    )
    return Address.objects.filter(slug__startswith="place-").order_by("object_id")


def shown(rows, query, **options):
    request = RequestFactory().get("/list/", query_params=query)
    page = numbered(rows, request, size=5, **options)
    return [row.object_id for row in page.rows], page


@pytest.mark.parametrize(
    ("asked", "numbers", "near"),
    [
        ({}, [1, 2, 3, 4, 5], [1, 2, 3]),
        ({"page": "3"}, [11, 12, 13, 14, 15], [1, 2, 3, 4, 5]),
        ({"page": "5"}, [21, 22, 23], [3, 4, 5]),
        ({"page": "6"}, [21, 22, 23], [3, 4, 5]),
        ({"page": "9" * 60}, [21, 22, 23], [3, 4, 5]),
        ({"page": "0"}, [1, 2, 3, 4, 5], [1, 2, 3]),
        ({"page": "²"}, [1, 2, 3, 4, 5], [1, 2, 3]),
        ({"page": "-2"}, [1, 2, 3, 4, 5], [1, 2, 3]),
    ],
)
def test_a_page_has_its_rows_and_says_where_it_stands(rows, asked, numbers, near):
    found, page = shown(rows, asked)
    assert (found, page.count, page.pages) == (numbers, 23, 5)
    assert [number for number, _url, _current in page.near] == near
    assert [number for number, _url, current in page.near if current] == [page.number]


def test_a_page_that_is_just_full_is_the_last(rows):
    found, page = shown(rows.filter(object_id__lte=10), {"page": "2"})
    assert (found, page.count, page.pages, page.next_url) == ([6, 7, 8, 9, 10], 10, 2, "")


def test_the_links_carry_the_keys_of_the_list_and_nothing_else(rows):
    query = {"year": "1969", "q": "", "evil": "1", "page": "2"}
    page = shown(rows, query, keys=("year", "q"))[1]
    assert (page.previous_url, page.next_url) == ("/list/?year=1969", "/list/?year=1969&page=3")
    assert (page.first_url, page.last_url) == ("/list/?year=1969", "/list/?year=1969&page=5")
    assert shown(rows, {"page": "2"})[1].previous_url == "/list/"


def test_a_strict_list_has_no_page_beyond_its_end(rows):
    assert shown(rows, {"page": "5"}, is_strict=True)[0] == [21, 22, 23]
    for beyond in ("6", "9" * 60):
        with pytest.raises(Http404):
            shown(rows, {"page": beyond}, is_strict=True)
    assert shown(rows.none(), {}, is_strict=True)[0] == []


@pytest.mark.parametrize(("asked", "most"), [("1", 2), ("4", 2), ("5", 1), ("6", 3)])
def test_the_last_page_needs_no_counting(rows, asked, most, django_assert_num_queries):
    with django_assert_num_queries(most):
        shown(rows, {"page": asked})
    with django_assert_num_queries(1):
        shown(rows.filter(object_id__lte=5), {})
