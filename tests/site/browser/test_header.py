"""The header of every page leaves room on a phone, and keeps everything in it."""

import pytest

from sistercities.templatetags.ui import NAVIGATION
from tests.site.browser.window import NARROW, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

LINKS = """() => [...document.querySelectorAll(".site-header a")].map((one) => {
  const box = one.getBoundingClientRect();
  const words = document.createRange();
  words.selectNodeContents(one);
  return {
    what: one.textContent.trim(),
    line: Math.round((box.top + box.bottom) / 12),
    lines: words.getClientRects().length,
    shown: one.checkVisibility() && box.left >= 0 && box.right <= innerWidth,
    size: Math.min(box.width, box.height),
  };
})"""
APART = """() => {
  const boxes = [...document.querySelectorAll(".site-header a")].map(
    (one) => one.getBoundingClientRect());
  return boxes.flatMap((a, n) => boxes.slice(n + 1).filter((b) =>
    a.left < b.right && b.left < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom)).length;
}"""


@pytest.mark.parametrize("size", [NARROW, PHONE], ids=["320", "360"])
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", ["home", "tie-list", "committee"])
def test_the_header_takes_three_lines_on_a_phone(window, path, name, language, size):
    window.open(path(name, language))
    window.look(size)
    links = window.page.evaluate(LINKS)
    assert len(links) == len(NAVIGATION) + 2
    assert [one["what"] for one in links if not one["shown"] or one["size"] < 24] == []
    assert [one["what"] for one in links if one["lines"] > 1] == []
    assert len({one["line"] for one in links}) <= 3
    assert window.page.evaluate(APART) == 0
