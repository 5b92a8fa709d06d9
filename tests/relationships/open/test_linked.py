"""What pages tell machines and other sites: schema.org, Open Graph, the way back to them."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.test import Client

from committees.models import City
from relationships.models import Exchange
from sistercities.linked import block, day_of
from sistercities.models import RegistryVersion
from sistercities.partialdates import PartialDate
from tests import factories as make
from tests.relationships.open.world import AWKWARD, HIDDEN
from tests.relationships.sisters import known

pytestmark = pytest.mark.django_db
PAGES = (
    "/en/",
    "/en/cities/",
    "/en/ties/",
    "/en/committees/",
    "/en/exchanges/",
    "/en/cities/gomez-palacio-mx/",
    "/en/ties/gomez-palacio-and-south-el-monte/",
    "/en/committees/gomez/",
)


class Head(HTMLParser):
    """The blocks of data, the metas by property or name, and the other scripts of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks, self.metas, self.scripts, self._open = [], {}, [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "script":
            self._open = found.get("type") == "application/ld+json"
            self.scripts += [] if self._open else [found]
        if tag == "meta":
            name = found.get("property") or found.get("name") or ""
            self.metas.setdefault(name, []).append(found.get("content"))

    def handle_endtag(self, tag):
        self._open = self._open and tag != "script"

    def handle_data(self, data):
        if self._open:
            self.blocks.append(json.loads(data))


def head(path: str) -> Head:
    response = Client().get(path)
    assert (path, response.status_code) == (path, 200)
    return Head(response.content.decode())


def told(path: str, type: str) -> dict:
    """The only block of a type."""
    [found] = [one for one in head(path).blocks if one["@type"] == type]
    return found


def test_the_home_page_says_how_the_site_is_searched(world):
    found = told("/es/", "WebSite")
    assert found["@context"] == "https://schema.org"
    template = found["potentialAction"]["target"]["urlTemplate"]
    assert template == "http://testserver/es/ciudades/?q={search_term_string}"
    answer = Client().get(template.replace("{search_term_string}", "gomez"))
    assert "Gómez Palacio" in answer.content.decode()


def test_a_city_is_a_place_with_its_position_and_where_else_it_is_known(world):
    City.objects.filter(pk=world.city_a_id).update(wikidata_id="Q658882", geonames_id=4005297)
    RegistryVersion.move_on()
    found = told("/en/cities/gomez-palacio-mx/", "City")
    assert found["name"] == "Gómez Palacio"
    assert found["@id"] == f"http://testserver/c/{world.city_a_id}"
    assert found["containedInPlace"]["name"] == "Mexico"
    assert found["geo"]["latitude"] == world.city_a.latitude
    assert found["sameAs"] == [
        "https://www.wikidata.org/entity/Q658882",
        "https://sws.geonames.org/4005297/",
    ]


def test_a_tie_is_an_organization_of_two_cities(world):
    found = told("/en/ties/gomez-palacio-and-south-el-monte/", "Organization")
    assert [one["name"] for one in found["areaServed"]] == ["Gómez Palacio", "South El Monte"]
    assert (found["foundingDate"], found["@id"]) == (
        "1960-02-29",
        f"http://testserver/t/{world.pk}",
    )
    assert "dissolutionDate" not in found


def test_a_committee_is_an_organization_without_its_people(world):
    path = "/en/committees/gomez/"
    found = told(path, "NGO")
    assert (found["name"], found["areaServed"][0]["name"]) == ("Comité de Gómez", "Gómez Palacio")
    assert set(found) <= {
        *("@context", "@type", "@id", "name", "alternateName", "url", "description", "email"),
        *("foundingDate", "dissolutionDate", "areaServed", "telephone", "sameAs"),
        "parentOrganization",
    }


def test_an_exchange_is_an_event_with_its_days_and_place(world):
    [exchange] = Exchange.objects.public().filter(tie=world)
    path = f"/en/exchanges/{exchange.slug}/"
    found = told(path, "Event")
    assert (found["startDate"], found["endDate"]) == ("2026-07-04", "2026-07-18")
    assert found["location"]["name"] == "Plaza; Centro, 1"
    assert found["name"] == f"Visita {AWKWARD}"
    Exchange.objects.filter(pk=exchange.pk).update(direction="a_to_b", place="")
    RegistryVersion.move_on()
    assert [one["name"] for one in told(path, "Event")["location"]] == [world.city_b.name]
    Exchange.objects.filter(pk=exchange.pk).update(direction="online")
    RegistryVersion.move_on()
    assert told(path, "Event")["location"]["@type"] == "VirtualLocation"


@pytest.mark.parametrize("path", PAGES[1:5])
def test_a_list_tells_its_first_rows_and_how_many_there_are(world, path):
    found = told(path, "ItemList")
    items = found["itemListElement"]
    assert found["numberOfItems"] == len(items) > 0
    assert items[0]["position"] == 1
    for one in items:
        assert "[" not in one["name"]
        address = one["url"].removeprefix("http://testserver")
        assert address.startswith(path)
        assert Client().get(address).status_code == 200


def test_the_way_here_is_told_step_by_step(world):
    items = told("/es/ciudades/gomez-palacio-mx/", "BreadcrumbList")["itemListElement"]
    assert [(one["position"], one["name"], one.get("item")) for one in items] == [
        (1, "Inicio", "http://testserver/es/"),
        (2, "Ciudades", "http://testserver/es/ciudades/"),
        (3, "Gómez Palacio", None),
    ]


def test_a_block_never_ends_before_its_end_whatever_it_tells():
    written = block({"@type": "Thing", "name": f"{AWKWARD}<!--&\u2028", "x": "\ud800"})
    inside = written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not re.search("[<>&\u2028\u2029]", inside)
    assert json.loads(inside)["name"] == f"{AWKWARD}<!--&\u2028"
    shown = Template("{% load linked %}{% linked_data node %}{% linked_data nothing %}")
    assert shown.render(Context({"node": {"name": "</script>"}})).count("</script>") == 1


def test_a_name_that_would_end_the_block_stays_inside(world):
    city = make.CityFactory(name="</script><script>alert(1)</script>", slug="bad-mx")
    known(make.TieFactory(city_a=world.city_a, city_b=city))
    for path in ("/en/cities/bad-mx/", "/en/cities/gomez-palacio-mx/", "/en/cities/?q=script"):
        found = head(path)
        assert found.scripts == []
        assert len(found.blocks) == 2


@pytest.mark.parametrize("path", PAGES)
def test_nothing_hidden_is_told(world, path):
    found = head(path)
    assert HIDDEN.lower() not in json.dumps([found.blocks, found.metas]).lower()


def test_dates_are_as_precise_as_they_are_known():
    dates = [PartialDate(1969), PartialDate(1969, 5), PartialDate(1969, 5, 14), None]
    assert [day_of(one) for one in dates] == ["1969", "1969-05", "1969-05-14", ""]
    assert day_of(PartialDate(1969, 5, about=True)) == "1969"


@pytest.mark.parametrize("path", PAGES)
def test_a_link_to_a_page_shows_its_title_description_and_plaque(world, path):
    metas = head(path).metas
    for name in ("og:title", "og:description", "og:url", "og:image", "og:image:alt"):
        [value] = metas[name]
        assert value.strip()
    assert metas["og:locale"] == ["en_US"]
    assert metas["og:locale:alternate"] == ["es_MX"]
    assert metas["og:url"] == [f"http://testserver{path}"]
    assert metas["twitter:card"] == ["summary_large_image"]
    assert metas["og:description"] == metas["description"]
    plaque = metas["og:image"][0]
    assert plaque.startswith("http://testserver/en/")
    assert Client().get(plaque)["Content-Type"] == "image/png"


def test_each_kind_of_page_has_the_plaque_of_its_city_tie_or_committee(world):
    for path, plaque in (
        ("/es/ciudades/gomez-palacio-mx/", "/es/ciudades/gomez-palacio-mx/letrero.png"),
        ("/es/ciudades/gomez-palacio-mx/insignia/", "/es/ciudades/gomez-palacio-mx/letrero.png"),
        ("/es/comites/gomez/noticias/", "/es/comites/gomez/letrero.png"),
        ("/es/ciudades/", "/es/letrero.png"),
    ):
        assert head(path).metas["og:image"] == [f"http://testserver{plaque}"]


def test_a_title_with_signs_of_markup_arrives_as_it_was_written(world):
    city = make.CityFactory(name='Tom & "Jerry" <b>', slug="tom-mx")
    known(make.TieFactory(city_a=world.city_a, city_b=city))
    assert head("/en/cities/tom-mx/").metas["og:title"] == ['Tom & "Jerry" <b>, Mexico']


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/es/hermanamientos/?country=MX&kind=sister_city", "/es/hermanamientos/"),
        ("/es/hermanamientos/?page=2&country=MX&from=x", "/es/hermanamientos/?page=2"),
        ("/es/ciudades/?utm_source=x&sort=-ties", "/es/ciudades/"),
        ("/es/intercambios/?page=0001", "/es/intercambios/"),
    ],
)
def test_a_filtered_list_stands_behind_the_plain_one_and_each_page_for_itself(
    world, asked, canonical
):
    html = Client().get(asked).content.decode()
    assert f'<link rel="canonical" href="http://testserver{canonical}">' in html
    assert head(asked).metas["og:url"] == [f"http://testserver{canonical}"]


def test_every_printed_page_of_an_object_carries_its_short_address_as_a_code(world):
    [exchange] = Exchange.objects.public().filter(tie=world)
    for path, short in (
        ("/es/ciudades/gomez-palacio-mx/", f"/c/{world.city_a_id}"),
        ("/es/hermanamientos/gomez-palacio-y-south-el-monte/", f"/t/{world.pk}"),
        ("/es/comites/gomez/", "/c/gomez"),
        (f"/es/intercambios/{exchange.slug}/", f"/e/{exchange.pk}"),
    ):
        html = Client().get(path).content.decode()
        assert 'class="only-print qr"' in html
        assert f'href="http://testserver{short}"' in html
        answer = Client().get(short, headers={"Accept-Language": "es"})
        assert (answer.status_code, answer["Location"]) == (302, path)


def test_the_short_address_of_a_hidden_exchange_leads_nowhere(world):
    for hidden in Exchange.objects.filter(title_en=HIDDEN):
        assert Client().get(f"/e/{hidden.pk}").status_code == 404
    assert Client().get(f"/e/{10**25}").status_code == 404
