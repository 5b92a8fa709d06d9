"""What a page weighs for somebody who comes for the first time."""

import gzip
from urllib.parse import urlsplit

import pytest

from tests.site.browser.window import NARROW, PHONE, WIDE, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

KB = 1024
CSS, FONTS = 14 * KB, 68 * KB
BUDGETS = {
    # name: HTML, everything, requests
    "home": (25, 155, 8),
    "city": (18, 140, 6),
    "tie": (18, 140, 6),
    "city-list": (20, 102, 5),
    "tie-list": (20, 102, 5),
    "map": (70, 240, 7),
    "committee-list": (20, 102, 5),
    "exchange-list": (20, 102, 5),
    "anniversaries": (20, 102, 5),
    "statistics": (40, 125, 5),
    "city-state-of-ties": (18, 140, 6),
    "committee": (20, 260, 12),
    "exchange": (18, 140, 6),
    "committee-news": (15, 200, 12),
    "committee-photos": (15, 260, 12),
    "committee-documents": (15, 102, 6),
    "committee-leaflet": (20, 140, 6),
    "about": (15, 102, 6),
    "how-to-twin": (15, 102, 6),
    "privacy": (15, 102, 6),
    "accessibility": (15, 102, 6),
}
MOST_SHIFT = 0.02


def sent(response) -> int:
    """Bytes on the wire: fonts and pictures as they are, the rest packed by gzip."""
    body = response.body()
    kind = response.headers["content-type"]
    packed = kind.startswith(("text/", "application/json", "image/svg"))
    return len(gzip.compress(body, 6, mtime=0)) if packed else len(body)


@pytest.mark.parametrize("name", list(BUDGETS))
def test_a_first_visit_stays_within_its_budget(window, path, name):
    window.open(path(name))
    window.page.wait_for_load_state("networkidle")
    weights: dict[str, int] = {}
    for response in window.answers:
        kind = response.request.resource_type
        weights[kind] = weights.get(kind, 0) + sent(response)
    names = [urlsplit(one.url).path for one in window.answers]
    assert set(weights) >= {"document", "stylesheet", "font"}, "something was kept from before"
    html, everything, requests = BUDGETS[name]
    scripts = {"script", "fetch"} if name == "map" else set()
    assert set(weights) <= {"document", "stylesheet", "font", "image", "other"} | scripts
    assert weights["document"] <= html * KB
    assert weights["stylesheet"] <= CSS
    assert weights["font"] <= FONTS
    assert sum(weights.values()) <= everything * KB
    assert len(names) <= requests, names


@pytest.mark.parametrize("name", ["home", "city-list", "tie", "committee"])
def test_a_page_stands_still_while_it_loads(browser, address, path, name):
    for size in (WIDE, PHONE, NARROW):
        window = Window(browser, address)  # one that knows no letters yet
        try:
            window.look(size)
            window.open(path(name))
            window.page.wait_for_load_state("networkidle")
            shifts = window.page.evaluate("() => window.shifts")
        finally:
            window.close()
        assert (size["width"], shifts <= MOST_SHIFT) == (size["width"], True), shifts
