"""The badge "our sister cities" and the plaques: pictures with live data."""

import io
import re
import string
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from committees.rights import Role
from relationships.badge import LIGHT, badge_of
from relationships.models import TieEvent
from relationships.sisters import sisters_of, words_of
from sistercities.lettering import outlined, readable
from sistercities.models import RegistryVersion
from sistercities.partialdates import PartialDate
from sistercities.plaques import GREEN, plaque
from tests import factories as make
from tests.relationships.open.world import HIDDEN
from tests.relationships.sisters import known
from tests.site.rights.houses import in_office

pytestmark = pytest.mark.django_db
BADGE_PAGE = "/es/ciudades/gomez-palacio-mx/insignia/"
BADGES = (
    "/es/ciudades/gomez-palacio-mx/insignia.svg",
    "/en/cities/gomez-palacio-mx/badge-dark.svg",
)
PLAQUES = (
    "/es/letrero.png",
    "/es/ciudades/gomez-palacio-mx/letrero.png",
    "/es/hermanamientos/gomez-palacio-y-south-el-monte/letrero.png",
    "/es/comites/gomez/letrero.png",
    "/en/ties/gomez-palacio-and-south-el-monte/plaque.png",
)
LONG = (
    "Dolores Hidalgo Cuna de la Independencia Nacional",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "Asociación de Ciudades Hermanas de South El Monte y del Valle de San Gabriel de California",
)


def sign(badge) -> list[list[str]]:
    """The lines of a badge, read back from the paths of its letters."""
    known_paths = {}
    for letter in string.ascii_letters + string.digits + "ó":
        for weight in (500, 700, 800):
            for path, _at in outlined(letter, weight)[0]:
                known_paths.setdefault(path, letter)
    by_number = {number: known_paths[path] for number, path in badge.outlines}
    return ["".join(by_number[number] for number, _at in line.letters) for line in badge.lines]


def test_a_badge_names_the_sister_cities_of_today_with_their_years(world):
    ended = make.TieFactory(city_a=world.city_a)
    make.TieEventFactory(tie=ended, kind=TieEvent.Kind.ENDED, date=PartialDate(2020))
    known(ended)
    with override("en"):
        lines = sign(badge_of(world.city_a, LIGHT))
    assert lines[:4] == ["1sistercity", "GómezPalacio", "1960", "SouthElMonte"]
    assert len(lines) == 5
    assert [one.name for one in sisters_of(world.city_a)] == ["South El Monte"]


def test_a_badge_of_many_sisters_says_how_many_more_there_are(world):
    for number in range(8):
        tie = make.TieFactory(city_a=world.city_a)
        make.TieEventFactory(tie=tie, date=PartialDate(1970 + number))
        known(tie)
    with override("en"):
        lines = sign(badge_of(world.city_a, LIGHT))
    assert lines[0] == "9sistercities"
    assert lines[-2] == "and4more"


@pytest.mark.parametrize("path", BADGES)
def test_a_badge_may_be_shown_by_other_hosts_and_is_kept_for_an_hour(world, path):
    answer = Client().get(path)
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    for one in (answer, Client().get(path, headers={"If-None-Match": answer["ETag"]})):
        assert one["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert one["Cache-Control"] == "public, max-age=3600"
        assert "script-src 'self'" in one["Content-Security-Policy"]
        assert dict(one.cookies) == {}
        assert "Vary" not in one
    assert one.status_code == 304
    RegistryVersion.move_on()
    later = Client().get(path, headers={"If-None-Match": answer["ETag"]})
    assert (later.status_code, later["ETag"] == answer["ETag"]) == (200, False)
    root = ElementTree.fromstring(answer.content)
    assert {one.tag.rpartition("}")[2] for one in root.iter()} <= {
        *("svg", "title", "defs", "path", "rect", "g", "use")
    }
    assert not re.search(r"style=|<style|href=\"(?!#)", answer.content.decode())
    assert HIDDEN.lower() not in answer.content.decode().lower()
    assert len(answer.content) < 30_000


def test_other_pictures_are_for_this_site_only(world):
    for path in PLAQUES:
        answer = Client().get(path)
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        again = Client().get(path, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_the_page_of_the_badge_gives_plain_html_to_copy(world):
    html = Client().get(BADGE_PAGE).content.decode()
    shown = re.findall(r"<code>(.*?)</code>", html, re.DOTALL)
    assert [one for one in shown if "<" in one] == []
    snippets = [Snippet(text) for text in shown]
    assert [one.sources for one in snippets] == [
        ["http://testserver/es/ciudades/gomez-palacio-mx/insignia.svg"],
        ["http://testserver/es/ciudades/gomez-palacio-mx/insignia-oscura.svg"],
    ]
    for one in snippets:
        assert one.tags == ["a", "img"]
        assert one.links == ["http://testserver/es/ciudades/gomez-palacio-mx/"]
        assert one.alt == "Ciudades hermanas de Gómez Palacio"
        assert int(one.width) > 0 < int(one.height)
    link = 'href="/es/ciudades/gomez-palacio-mx/insignia/"'
    assert link in Client().get("/es/ciudades/gomez-palacio-mx/").content.decode()


class Snippet(HTMLParser):
    """A piece of HTML as a page that copied it has it."""

    def __init__(self, shown: str) -> None:
        super().__init__()
        self.tags, self.sources, self.links = [], [], []
        self.feed(unescape(shown))

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        if tag == "img":
            self.sources.append(found["src"])
            self.alt, self.width, self.height = (found[one] for one in ("alt", "width", "height"))
        if tag == "a":
            self.links.append(found["href"])


@pytest.mark.parametrize("path", PLAQUES)
def test_a_plaque_is_a_picture_of_the_size_that_everybody_wants(world, path):
    answer = Client().get(path)
    picture = Image.open(io.BytesIO(answer.content)).convert("RGB")
    assert picture.size == (1200, 630)
    assert picture.getpixel((5, 5)) == GREEN
    assert (255, 255, 255) in {colour for _n, colour in picture.getcolors()}
    assert len(answer.content) < 60_000


@pytest.mark.parametrize("name", LONG)
def test_a_long_name_stays_inside_the_border_and_beside_the_figures(name):
    left, top, right, bottom = bright(plaque(((name, ""), ("A", "")))).getbbox()
    assert 20 < left < right < 1060
    assert 0 < top < bottom < 510
    beside = bright(plaque(((name, "11,643 km"),)))
    empty = [not beside.crop((x, 0, x + 1, 510)).getbbox() for x in range(1080)]
    text = "".join(" " if one else "x" for one in empty).strip()
    assert max(map(len, re.findall(" +", text))) >= 45


def bright(png: bytes) -> Image.Image:
    """What is white inside the border."""
    tones = Image.open(io.BytesIO(png)).convert("L").crop((60, 60, 1140, 570))
    return tones.point(lambda tone: 255 if tone > 120 else 0)


def test_a_letter_that_the_face_lacks_is_written_plainly_or_left_out_and_never_a_box():
    assert readable("Łódź, Ōtsu, Ñuñoa – Åre") == "Łódź, Ōtsu, Ñuñoa – Åre"
    assert readable("Oʻahu") == "Oahu"
    assert readable("Κyoto 京都") == "yoto"
    assert readable("京都市", words_of("kyoto-jp")) == "Kyoto"
    assert readable("京都市") == ""
    plain, _wide = outlined(readable("京都 Kyoto"), 700)
    assert len(plain) == 5
    box = outlined("\u4eac", 700)[0]
    assert box[0][0] not in {path for path, _at in plain}


@pytest.mark.parametrize(
    "path",
    [
        "/es/ciudades/nobody/insignia/",
        "/es/ciudades/nobody/insignia.svg",
        "/es/ciudades/nobody/letrero.png",
        "/es/comites/unseen/letrero.png",
        "/es/hermanamientos/a-y-b/letrero.png",
        "/es/ciudades/" + "x" * 4000 + "/insignia.svg",
    ],
)
def test_what_is_not_there_has_no_picture(world, path):
    assert Client().get(path).status_code == 404


def test_an_old_slug_leads_to_the_picture_of_the_new_one(world):
    city = world.city_a
    city.slug = "laguna"
    city.save()
    for name in ("insignia/", "insignia.svg", "letrero.png"):
        answer = Client().get(f"/es/ciudades/gomez-palacio-mx/{name}")
        assert (answer.status_code, answer["Location"]) == (301, f"/es/ciudades/laguna/{name}")
    answer = Client().get("/es/hermanamientos/gomez-palacio-and-south-el-monte/letrero.png")
    assert (answer.status_code, answer["Location"]) == (301, PLAQUES[2])


@pytest.mark.parametrize("path", [BADGES[0], *PLAQUES[1:4], BADGE_PAGE])
def test_three_sisters_cost_a_picture_no_more_questions_than_one(
    world, path, django_assert_max_num_queries
):
    asked = []
    for _ in range(2):
        with django_assert_max_num_queries(6) as queries:
            assert Client().get(path).status_code == 200
        asked.append(len(queries))
        for _again in range(2):
            known(make.TieFactory(city_a=world.city_a))
        RegistryVersion.move_on()
    assert asked[0] == asked[1]


def test_the_desk_leads_to_the_badge_of_the_committees_cities(world):
    committee = world.city_a.committees.get(slug="gomez")
    client = Client()
    client.force_login(in_office(committee, Role.VIEWER, name="Vera"))
    with override("es"):
        path = reverse("desk:page", args=[committee.slug])
    assert f'href="{BADGE_PAGE}"' in client.get(path).content.decode()
