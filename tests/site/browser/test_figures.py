"""The charts of the figures can be read on a telephone; a sheet for the council is one sheet."""

import pytest

from tests.site.browser.test_visit import PAGES_OF_PDF
from tests.site.browser.window import NARROW, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SMALLEST = 12
LETTERS = """(smallest) => [...document.querySelectorAll("svg.chart")].flatMap((chart) => {
  const name = chart.getAttribute("aria-label");
  const shown = [...chart.querySelectorAll("text")]
    .filter((one) => getComputedStyle(one).display !== "none")
    .map((one) => ({ text: one.textContent, box: one.getBoundingClientRect(),
                     size: parseFloat(getComputedStyle(one).fontSize) }));
  const faults = shown
    .filter((one) => one.size < smallest || one.box.height < smallest
      || one.box.left < 0 || one.box.right > innerWidth)
    .map((one) => `${name}: small or outside: ${one.text}`);
  shown.forEach((one, index) => shown.slice(index + 1).forEach((two) => {
    const [a, b] = [one.box, two.box];
    if (a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom)
      faults.push(`${name}: ${one.text} over ${two.text}`);
  }));
  return shown.length ? faults : [`${name}: no letters`];
})"""
SHEETS = [
    "/es/ciudades/gomez-palacio-dgo-mx/estado-de-los-hermanamientos/",
    "/en/cities/ciudad-de-mexico-cdmx-mx/state-of-the-ties/?year=2026",
    "/es/estados/MX-JAL/?year=2026",
]


def test_the_letters_of_a_chart_keep_their_size_and_their_room(window, path):
    window.open(path("statistics"))
    assert window.page.locator("svg.chart").count() >= 4
    for size in (WIDE, NARROW):
        window.look(size)
        assert window.page.evaluate(LETTERS, SMALLEST) == [], size


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_for_the_council_is_one_sheet(window, sheet):
    window.open(sheet)
    for paper in ("Letter", "A4"):
        pdf = window.page.pdf(format=paper, prefer_css_page_size=False)
        assert (paper, len(PAGES_OF_PDF.findall(pdf))) == (paper, 1)


def test_on_paper_every_table_is_open_and_forms_are_gone(window, path):
    window.open(path("statistics"))
    window.page.emulate_media(media="print")
    try:
        folded = window.page.locator("details table").first
        assert folded.bounding_box()["height"] > 0
        assert window.page.locator("main form").is_hidden()
    finally:
        window.page.emulate_media(media="null")
