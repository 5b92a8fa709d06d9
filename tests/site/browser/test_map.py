"""The map page with its script: it moves and lights what the server drew, and nothing needs it."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.site.browser.window import NARROW, WIDE, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

LIVE = "() => performance.getEntriesByName('map-drawn').length > 0"
COPY = """(canvas) => {
  const one = document.querySelectorAll(".atlas canvas")[canvas];
  const copy = new OffscreenCanvas(one.width, one.height);
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(one, 0, 0);
  return context;
}"""
COLOUR = """([canvas, x, y]) => {
  const one = document.querySelectorAll(".atlas canvas")[canvas];
  const ratio = one.width / one.getBoundingClientRect().width;
  return [...(COPY)(canvas).getImageData(x * ratio, y * ratio, 1, 1).data];
}""".replace("COPY", COPY)
COLOURS = """(canvas) => {
  const context = (COPY)(canvas), found = {};
  const { data } = context.getImageData(0, 0, context.canvas.width, context.canvas.height);
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) {
    const name = [data[at], data[at + 1], data[at + 2]].join(" ");
    found[name] = (found[name] || 0) + 1;
  }
  return found;
}""".replace("COPY", COPY)
MAIN_DOT = """() => {
  const svg = document.querySelector("svg.map");
  const at = svg.querySelector(".dot-main").getAttribute("d");
  const [x, y] = at.slice(1).split("h")[0].split(" ").map(Number);
  const { width, height } = svg.getBoundingClientRect(), whole = svg.viewBox.baseVal;
  const scale = Math.min(width / whole.width, height / whole.height);
  const left = (width - whole.width * scale) / 2, top = (height - whole.height * scale) / 2;
  return [left + x * scale, top + y * scale];
}"""
BLUE, YELLOW, INK = "11 79 160", "255 194 14", [20, 32, 27, 255]
VIEW = "() => document.querySelector('svg.map').getAttribute('viewBox')"


def live(window, path: str) -> None:
    """Open a map and wait until its script has drawn it."""
    window.open(path)
    window.page.wait_for_function(LIVE)


def rested(window, before: str) -> str:
    """What the map shows once it has moved."""
    window.page.wait_for_function(f"(was) => ({VIEW})() !== was", arg=before)
    return window.page.evaluate(VIEW)


def test_the_script_weighs_at_most_8_kb():
    script = Path(settings.BASE_DIR) / "static" / "js" / "map.js"
    assert len(gzip.compress(script.read_bytes(), 6, mtime=0)) <= 8 * 1024


def test_a_row_lights_its_line_by_pointer_and_by_keyboard(window, path):
    live(window, path("map"))
    page = window.page
    assert page.evaluate(COLOURS, 1) == {}
    page.locator("tr[data-ends]").nth(1).hover()
    assert page.evaluate(COLOURS, 1)[BLUE] > 50
    assert page.locator(".atlas-lit").count() == 1
    page.mouse.move(2, 2)
    assert page.evaluate(COLOURS, 1) == {}
    page.locator("tr[data-ends] a").nth(2).focus()
    assert page.evaluate(COLOURS, 1)[BLUE] > 20
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.locator(".atlas-lit").count() == 0


@pytest.mark.parametrize("sheet", ["world", "americas"])
def test_the_script_puts_a_city_where_the_server_puts_it_and_leads_to_its_lines(
    window, path, sheet
):
    city = "?city=guadalajara-jal-mx&view=" + sheet
    live(window, path("map") + city)
    page = window.page
    x, y = page.evaluate(MAIN_DOT)
    assert page.evaluate(COLOUR, [1, x, y]) == INK
    assert page.evaluate(COLOURS, 1)[BLUE] > 200
    window.look(WIDE, "dark")
    page.wait_for_function(f"() => ({COLOURS})(1)['{YELLOW}'] > 200")
    live(window, path("map") + "?view=" + sheet)
    box = page.locator(".map-frame").bounding_box()
    page.mouse.move(box["x"] + x, box["y"] + y)
    assert page.evaluate(COLOURS, 1)[YELLOW] > 200
    with page.expect_navigation():
        page.mouse.click(box["x"] + x, box["y"] + y)
    assert re.search(r"[?&]city=\d+$", page.url)
    assert page.locator("main h2", has_text="Hermanamientos de Guadalajara").count() == 1


def test_the_map_moves_by_buttons_and_keys_and_its_address_brings_it_back(window, path):
    live(window, path("map"))
    page, whole = window.page, window.page.evaluate(VIEW)
    page.get_by_role("button", name="Acercar").click()
    closer = rested(window, whole)
    page.locator(".map-frame").focus()
    page.keyboard.press("ArrowLeft")
    west = rested(window, closer)
    assert float(west.split()[0]) < float(closer.split()[0])
    assert float(west.split()[2]) < float(whole.split()[2])
    assert re.search(r"/es/mapa/#world/1\.6/[\d.]+/[\d.]+$", page.url)
    here = page.url.partition("#")[2]
    links = page.locator(".atlas-bar a, a.language").evaluate_all("(all) => all.map((a) => a.hash)")
    assert set(links) == {f"#{here}"}
    page.reload()
    page.wait_for_function(LIVE)
    again = page.evaluate(VIEW).split()
    assert [float(one) for one in again] == pytest.approx(
        [float(one) for one in west.split()], abs=0.2
    )
    page.locator(".map-frame").focus()
    page.keyboard.press("0")
    assert rested(window, " ".join(again)) == whole
    assert "#" not in page.url
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('.atlas-bar') !== null")


def test_the_wheel_is_the_page_s_and_buttons_are_large_on_a_phone(window, path):
    live(window, path("map"))
    page, before = window.page, window.page.evaluate(VIEW)
    box = page.locator(".map-frame").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => scrollY > 100")
    assert page.evaluate(VIEW) == before
    window.look(NARROW)
    sizes = page.locator(".atlas-buttons button").evaluate_all(
        "(all) => all.map((a) => a.getBoundingClientRect()).map((a) => Math.min(a.width, a.height))"
    )
    assert len(sizes) == 7 and min(sizes) >= 44


def test_nothing_glides_for_those_who_do_not_want_it(window, path):
    glide = "() => getComputedStyle(document.querySelector('.map-layer')).transitionDuration"
    live(window, path("map"))
    assert window.page.evaluate(glide) == "0s"
    window.page.emulate_media(reduced_motion="no-preference")
    try:
        assert window.page.evaluate(glide) == "0.15s"
    finally:
        window.page.emulate_media(reduced_motion="reduce")


def test_without_its_script_the_map_has_its_lines_its_city_and_no_idle_buttons(
    browser, address, path
):
    plain = Window(browser, address, java_script_enabled=False)
    try:
        plain.page.goto(address + path("map") + "?city=guadalajara-jal-mx")
        assert plain.page.locator("svg.map .arc-hi").is_visible()
        assert plain.page.locator(".atlas-buttons").is_hidden()
        assert plain.page.locator(".atlas canvas").count() == 0
        assert plain.page.locator("tr[data-ends]").count() == 19
    finally:
        plain.close()
