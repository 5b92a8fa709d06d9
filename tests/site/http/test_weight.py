"""What pages weigh and how often they ask the database, for every page that links lead to."""

import gzip

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils.translation import override

from tests.site import pages

pytestmark = pytest.mark.django_db

KB = 1024
BUDGETS = {
    # name: kilobytes of packed HTML, questions to the database
    "home": (25, 12),
    "city": (18, 12),
    "tie": (18, 12),
    "city-badge": (15, 8),
    "exchange": (18, 12),
    "committee": (20, 15),
    "city-list": (20, 8),
    "tie-list": (20, 8),
    "map": (70, 8),
    "committee-list": (20, 8),
    "exchange-list": (20, 8),
    "anniversaries": (20, 8),
    "data": (20, 8),
    "differences": (20, 4),
    "statistics": (40, 10),
    "states": (20, 8),
    "state-of-ties": (18, 12),
    "city-state-of-ties": (18, 12),
    "conventions": (20, 8),
    "convention": (18, 12),
    "guides": (20, 8),
    "guide": (15, 12),
    "about": (15, 4),
    "how-to-twin": (15, 4),
    "privacy": (15, 4),
    "accessibility": (15, 4),
    "committee-news": (20, 10),
    "committee-news-item": (15, 10),
    "committee-photos": (20, 10),
    "committee-photo": (15, 10),
    "committee-documents": (20, 10),
    "committee-leaflet": (20, 15),
    "committee-join": (15, 10),
    "committee-contact": (15, 12),
    "committee-join-sent": (15, 8),
    "committee-contact-sent": (15, 8),
    "city-report": (15, 12),
    "city-report-sent": (15, 12),
    "tie-report": (15, 12),
    "tie-report-sent": (15, 12),
    "apply": (15, 12),
    "apply-sent": (15, 4),
}


def test_no_page_weighs_more_than_its_kind_may(site):
    heavy, seen = {}, set()
    for answer in site.pages:
        path = answer.url.partition("?")[0]
        with override(path[1:3]):
            kind = resolve(path).url_name
        seen.add(kind)
        weight = len(gzip.compress(answer.body.encode(), 6, mtime=0))
        if weight > BUDGETS[kind][0] * KB:
            heavy[answer.url] = round(weight / KB, 1)
    assert heavy == {}
    linked = {page.name.removeprefix("public:") for page in pages.html_pages() if page.is_linked}
    assert seen == linked


def test_no_page_asks_the_database_more_often_than_its_kind_may():
    curious = {}
    for page in pages.html_pages():
        with CaptureQueriesContext(connection) as asked:
            Client().get(page.path)
        if len(asked) > BUDGETS[page.name.removeprefix("public:")][1]:
            curious[page.path] = len(asked)
    assert curious == {}
