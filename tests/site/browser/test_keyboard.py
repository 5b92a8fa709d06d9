"""A page is walked through with the Tab key alone."""

import pytest
from playwright.sync_api import expect

from tests.site.browser.window import WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SEEN = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const all = [...document.querySelectorAll("*")];
  const look = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const ring = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  const top = document.elementFromPoint(
    Math.min(innerWidth - 1, Math.max(0, box.x + box.width / 2)),
    Math.min(innerHeight - 1, Math.max(0, box.y + box.height / 2)));
  return {
    place: all.indexOf(one),
    what: one.tagName + " " + (one.textContent.trim() || one.name || "").slice(0, 40),
    visible: (ring || look.boxShadow !== "none") && box.width > 0 && box.height > 0,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !(top && (one.contains(top) || top.contains(one))),
  };
}"""
FOCUSABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter((one) => one.type !== "hidden" && one.checkVisibility()).length"""


@pytest.mark.parametrize("name", ["home", "city-list"])
def test_the_tab_key_goes_through_the_page_in_order_and_focus_is_always_seen(window, path, name):
    window.open(path(name))
    window.look(WIDE)
    steps = window.page.evaluate(FOCUSABLE)
    walked = []
    for _step in range(steps):
        window.page.keyboard.press("Tab")
        walked.append(window.page.evaluate(SEEN))
    assert None not in walked
    assert [one["place"] for one in walked] == sorted({one["place"] for one in walked})
    assert [one["what"] for one in walked if not one["visible"]] == []
    assert [one["what"] for one in walked if not one["inside"] or one["covered"]] == []


def test_the_first_tab_offers_to_skip_to_the_content(window, path):
    window.open(path("home"))
    window.page.keyboard.press("Tab")
    assert window.page.evaluate("() => document.activeElement.getAttribute('href')") == "#content"
    assert window.page.evaluate(SEEN)["inside"]
    window.page.keyboard.press("Enter")
    expect(window.page.locator("#content")).to_be_focused()
