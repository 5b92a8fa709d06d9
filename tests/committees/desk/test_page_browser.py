"""A whole committee's site, rebuilt by a coordinator on a telephone, in Spanish, then visited.

The site is that of the South El Monte association: programme, association, both cities. Interface
texts are not looked for by their words, which translators may change, but by names of fields.
"""

import base64
import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from relationships.deriving import derive
from sistercities.partialdates import PartialDate
from tests import factories as make
from tests.committees.desk.test_door import officer
from tests.page_factories import picture
from tests.site.browser.window import PHONE, WIDE, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MISSION = (
    "Promovemos la amistad con Gómez Palacio, Durango, desde 1969, con intercambios culturales y"
    " estudiantiles, visitas y ayuda humanitaria."
)
ABOUT = (
    "La asociación de ciudades hermanas de South El Monte forma parte del programa que comenzó en"
    " 1956.\n\nVoluntarios reciben a los visitantes en sus casas."
)
MONTE = "South El Monte está a 7 millas al este de Los Ángeles."
GOMEZ = (
    "Fundada en 1898, a 253 km de Durango, en La Laguna, con Lerdo y Torreón. Recibe cada año a"
    " nuestros estudiantes."
)


@pytest.fixture
def monte():
    """South El Monte and its association as the office entered them: names and a tie, no more."""
    state = make.RegionFactory(country="US", code="US-CA", name="California", abbreviation="CA")
    durango = make.RegionFactory(code="MX-DUR", name="Durango", abbreviation="Dgo.")
    own = make.CityFactory(american=True, name="South El Monte", region=state)
    gomez = make.CityFactory(name="Gómez Palacio", region=durango)
    tie = make.TieFactory(city_a=own, city_b=gomez)
    make.TieEventFactory(tie=tie, date=PartialDate(1969))
    derive([tie.pk])
    name = "South El Monte Sister City Association"
    return make.CommitteeFactory(name=name, country="US", cities=[own])


@pytest.fixture
def window(live_window, settings, tmp_path):
    """A telephone."""
    settings.MEDIA_ROOT = str(tmp_path)
    settings.ALLOWED_HOSTS = ["*"]
    live_window.look(PHONE)
    yield live_window
    assert (live_window.complaints, live_window.asked_elsewhere) == ([], [])


def log_in(window: Window, user) -> None:
    client = Client()
    client.force_login(user)
    window.context.add_cookies(
        [
            {"name": name, "value": cookie.value, "url": window.address}
            for name, cookie in client.cookies.items()
        ]
    )


def at(name: str, committee, *arguments) -> str:
    with override("es"):
        return reverse(name, args=[committee.slug, *arguments])


def fill(window: Window, **values) -> None:
    """Write into fields, tick and choose files by their names, and press the button."""
    assert window.faults() == []
    for name, value in values.items():
        field = window.page.locator(f"main [name={name}]")
        if value is True:
            field.check()
        elif isinstance(value, dict):
            field.set_input_files(value)
        else:
            field.fill(value)
    window.follow(window.page.locator("main form button.btn-primary"))
    assert window.page.locator(".notice-success").is_visible(), window.page.content()
    assert window.faults() == []


def go(window: Window, path: str) -> None:
    """By a link of the page that is open, as people do; perhaps in its menu."""
    link = window.page.locator(f'main a[href="{path}"]').first
    if not link.is_visible():
        window.page.locator(".desk-menu > summary").click()
    window.follow(link)


def test_a_whole_site_is_rebuilt_on_a_telephone_and_visited(window, monte):
    user, _committee = officer("coordinator", committee=monte)
    make.ConsentFactory(committee=monte, person=user.person)
    own, gomez = monte.cities.get(), monte.cities.model.objects.get(name="Gómez Palacio")
    log_in(window, user)
    index = at("desk:page", monte)
    window.open(at("desk:home", monte))
    go(window, index)
    assert window.faults() == []

    go(window, at("desk:page-about", monte))
    fill(window, mission_es=MISSION, about_es=ABOUT, founded="1969")
    go(window, at("desk:page-city", monte, own.pk))
    fill(
        window,
        about_es=MONTE,
        population="22,700",
        population_year="2000",
        incorporated="1958",
        government="Consejo y administrador",
        official_site="www.ci.south-el-monte.ca.us",
        reason="Página de la ciudad",
    )
    go(window, at("desk:page-sister", monte, gomez.pk))
    fill(
        window,
        text_es=GOMEZ,
        population="273,000",
        population_year="2005",
        official_site="https://www.gomezpalacio.gob.mx",
    )
    go(window, at("desk:page-contact", monte))
    fill(window, contact_role_es="La secretaria", public_email="hermanas@example.org")
    go(window, at("desk:page-meetings", monte))
    go(window, at("desk:page-meeting-add", monte))
    day = timezone.localdate() + datetime.timedelta(days=20)
    fill(window, date=day.isoformat(), time="18:30", place="Civic Center, 1415 Santa Anita Ave.")
    window.open(index)
    go(window, at("desk:page-news-add", monte))
    photo = {"name": "visita.jpg", "mimeType": "image/jpeg", "buffer": picture(900, 600)}
    fill(
        window,
        title_es="Llegaron los estudiantes",
        text_es="Cuarenta estudiantes de Gómez Palacio nos visitaron.",
        photo_file=photo,
        photo_description="Estudiantes en el parque",
        photo_consent=True,
    )
    window.open(index)
    go(window, at("desk:page-photos", monte))
    go(window, at("desk:page-photo-add", monte))
    fill(window, file=photo, description_es="El alcalde recibe a la delegación", has_consent=True)
    window.open(index)
    go(window, at("desk:documents", monte))
    go(window, at("desk:document-add", monte))
    agreement = {"name": "c.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 nothing"}
    fill(window, file=agreement, title_es="Convenio de 1969", date="1969", is_public=True)
    window.open(index)
    go(window, at("desk:page-colour", monte))
    window.page.locator("main [name=colour][value=wine]").check()
    fill(window)
    go(window, at("desk:page-board", monte))
    assert window.faults() == []

    window.context.clear_cookies()
    visit(window, monte, user.person.name, day)


def visit(window: Window, committee, president: str, day: datetime.date) -> None:
    """Everything stands on one page, and every page of the committee can be used by everyone."""
    window.look(PHONE)
    window.open(at("public:committee", committee))
    said = re.sub(r"\s+", " ", window.page.locator("main").inner_text())
    wanted = [
        *(MISSION, "comenzó en 1956", "Voluntarios reciben", "desde 1969", MONTE, GOMEZ),
        *("22,700 (2000)", "1958", "Consejo y administrador", "273,000 (2005)"),
        *("ci.south-el-monte.ca.us", "gomezpalacio.gob.mx", "18:30", "Civic Center"),
        *("Llegaron los estudiantes", "Convenio de 1969", president, "hermanas@example.org"),
    ]
    assert [text for text in wanted if text not in said] == []
    assert str(day.year) in said
    assert window.page.locator("body").get_attribute("data-theme-colour") == "wine"
    descriptions = window.page.locator("main img").evaluate_all("all => all.map((one) => one.alt)")
    assert sorted(set(descriptions)) == [
        "El alcalde recibe a la delegación",
        "Estudiantes en el parque",
    ]
    names = ("", "-news", "-photos", "-documents", "-leaflet")
    paths = [at(f"public:committee{name}", committee) for name in names]
    paths += [at("public:committee-news-item", committee, committee.news.get().pk)]
    paths += [at("public:committee-photo", committee, committee.photos.first().pk)]
    for path in paths:
        window.open(path)
        looks = [(PHONE, "light"), (PHONE, "dark"), (WIDE, "light")]
        assert (path, window.each(looks, window.faults)) == (path, {})
    assert window.complaints == []


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("words", [8, 700])
def test_the_leaflet_fills_one_sheet_whatever_there_is_to_say(window, monte, paper, words):
    own = monte.cities.get()
    for _sister in range(4):
        tie = make.TieFactory(city_a=own)
        make.TieEventFactory(tie=tie)
        derive([tie.pk])
    monte.mission_es = monte.about_es = "Palabras " * words
    monte.mission_es = monte.mission_es[:990]
    monte.about_es = monte.about_es[:3990]
    monte.save()
    window.open(at("public:committee-leaflet", monte) + f"?{words}{paper}")
    assert ("Palabras " * 100 in window.page.locator("main").inner_text()) == (words == 700)
    session = window.context.new_cdp_session(window.page)
    width, height = {"Letter": (8.5, 11), "A4": (8.27, 11.69)}[paper]
    options = {"paperWidth": width, "paperHeight": height, "printBackground": True}
    answer = session.send("Page.printToPDF", options | {"preferCSSPageSize": False})
    pages = re.findall(rb"/Type\s*/Page\b", base64.b64decode(answer["data"]))
    assert len(pages) == 1
    assert window.page.locator(".leaflet-foot svg path").count() == 1
