"""The sheet of a city that has more than a sheet can hold: all on a screen, one page on paper."""

import datetime

import pytest
from django.urls import reverse
from django.utils.translation import override

from committees.models import City
from relationships.deriving import derive
from relationships.statistics.stateofties import MOST_TIES
from sistercities.partialdates import PartialDate
from tests import factories as make
from tests.site.browser.test_visit import PAGES_OF_PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TIES, YEAR = 31, 2025


@pytest.fixture
def city() -> City:
    """The tenth exchange, the tenth of a feast, four currencies, and nothing confirmed."""
    city = make.CityFactory(name="San Francisco de los Romo de Aguascalientes")
    for number in range(TIES):
        town = make.CityFactory(name=f"Saint Catharines-on-the-Lake {number}", american=True)
        tie = make.TieFactory(city_a=city, city_b=town)
        begun = PartialDate(1960 + number, 5, 14) if number % 3 else None
        make.TieEventFactory(tie=tie, date=begun)
        make.EvidenceFactory(tie=tie)
        if number < 10:
            title = "Visita de la orquesta juvenil a la feria de las naciones"
            make.ExchangeFactory(tie=tie, begins=PartialDate(YEAR, 6), title_es=title)
        if number < 4:
            currency = ("USD", "MXN", "EUR", "CAD")[number]
            gift = {"date": PartialDate(YEAR, 3), "currency": currency, "amount": 12_345_678}
            make.DonationFactory(tie=tie, **gift)
            make.DonationFactory(tie=tie, given_by="b", **gift)
    derive(today=datetime.date(YEAR + 1, 6, 1))
    return city


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_city_with_many_ties_has_them_all_on_the_screen_and_one_page_on_paper(
    city, live_window, language
):
    with override(language):
        live_window.open(f"{reverse('public:city-state-of-ties', args=[city.slug])}?year={YEAR}")
    rows = live_window.page.locator("main tbody tr:visible")
    assert rows.count() == TIES
    for paper in ("Letter", "A4"):
        pdf = live_window.page.pdf(format=paper, prefer_css_page_size=False)
        assert (paper, len(PAGES_OF_PDF.findall(pdf))) == (paper, 1)
    live_window.page.emulate_media(media="print")
    try:
        assert rows.count() == MOST_TIES
        rest = live_window.page.locator("main .only-print", has_text=str(TIES - MOST_TIES))
        assert rest.is_visible()
    finally:
        live_window.page.emulate_media(media="null")
