"""What pages are about, in the words of schema.org, from facts that the pages have read already.

A tie has no type of its own there. It is no Event: that wants a place, and lasts for decades. It is
an Organization, which all validators take: founded on a day, perhaps dissolved, its area the two
cities; Wikidata's property of twinned bodies says which sort. Never a person in any of it.
"""

from django.urls import reverse

from committees.models import City, Committee
from relationships.addresses import page_of, short_city, short_committee, short_tie, tie_page
from relationships.models import Exchange
from relationships.pages.city import CityPage
from relationships.pages.committee import CommitteePage
from relationships.pages.exchange import ExchangePage
from relationships.pages.facts import web_address
from relationships.pages.tie import TiePage
from sistercities.association import NAME
from sistercities.bilingual import text_of
from sistercities.context import absolute
from sistercities.linked import Node, day_of, item_list, known
from sistercities.listing.lists import Listing

TWINNED = "https://www.wikidata.org/wiki/Property:P190"
MOST_LISTED = 10
TYPES = {City.PlaceType.STATE: "State", City.PlaceType.COUNTY: "AdministrativeArea"}
ONLINE = "https://schema.org/OnlineEventAttendanceMode"
OFFLINE = "https://schema.org/OfflineEventAttendanceMode"


def of_home() -> Node:
    """The site, and how to search it."""
    search = absolute(reverse("public:city-list")) + "?q={search_term_string}"
    return known(
        type="WebSite",
        url=absolute(reverse("public:home")),
        name=str(NAME),
        publisher=known(type="Organization", name=str(NAME), url=absolute("/")),
        potentialAction={
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    )


def of_city(page: CityPage) -> Node:
    """A place: where it is, its other names, and where else it is described."""
    city = page.city
    return place(city) | known(
        mainEntityOfPage=absolute(page_of("public:city", city.slug)),
        description=page.sentence,
        alternateName=[name.name for name in page.names],
    )


def place(city: City) -> Node:
    """A place as other things name it."""
    same = [web_address(city.official_site)]
    same += [f"https://www.wikidata.org/entity/{city.wikidata_id}"] if city.wikidata_id else []
    same += [f"https://sws.geonames.org/{city.geonames_id}/"] if city.geonames_id else []
    country = {"@type": "Country", "name": city.country_name, "identifier": city.country}
    state = (
        {
            "@type": "State",
            "name": city.region.local_name,
            "containedInPlace": country,
        }
        if city.region
        else country
    )
    return known(
        type=TYPES.get(city.place_type, "City"),
        id=short_city(city.pk) if city.is_listed else "",
        name=city.name,
        url=absolute(page_of("public:city", city.slug)) if city.is_listed else "",
        geo=city.has_coordinates
        and {"@type": "GeoCoordinates", "latitude": city.latitude, "longitude": city.longitude},
        containedInPlace=state,
        sameAs=[one for one in same if one],
    )


def of_tie(page: TiePage) -> Node:
    """Two cities and since when; see above for why it is an Organization."""
    tie = page.tie
    return known(
        type="Organization",
        id=short_tie(tie.pk),
        additionalType=TWINNED,
        name=page.title,
        description=tie.get_kind_display(),
        url=absolute(tie_page(tie.slug)),
        foundingDate=day_of(tie.since),
        dissolutionDate=day_of(tie.ended) if tie.has_ended else "",
        areaServed=[place(page.first), place(page.second)],
    )


def of_committee(page: CommitteePage) -> Node:
    """An association: what it told everybody of itself, and never who is in it."""
    one = page.committee
    above = one.parent
    return known(
        type="NGO",
        id=short_committee(one.slug),
        name=one.name,
        alternateName=one.short_name,
        url=absolute(page_of("public:committee", one.slug)),
        description=str(text_of(one, "mission", page.language)),
        foundingDate=day_of(one.founded),
        dissolutionDate=day_of(one.dissolved) if one.state == Committee.State.DISSOLVED else "",
        areaServed=[place(own.city) for own in page.cities],
        email=one.public_email,
        telephone=one.public_phone,
        sameAs=[page.website] if page.website else [],
        parentOrganization=known(
            type="NGO", name=above.name, url=absolute(page_of("public:committee", above.slug))
        )
        if above and above.is_public
        else None,
    )


def of_exchange(page: ExchangePage) -> Node:
    """An event of two cities: where it was as far as is known, else in the cities that were
    visited."""
    one = page.exchange
    url = absolute(page_of("public:exchange", one.slug))
    is_online = one.direction == Exchange.Direction.ONLINE
    return known(
        type="Event",
        name=page.title.text,
        url=url,
        description=str(text_of(one, "summary", page.language)),
        startDate=day_of(one.begins),
        endDate=day_of(one.ends),
        eventStatus="https://schema.org/EventScheduled",
        eventAttendanceMode=ONLINE if is_online else OFFLINE,
        location={"@type": "VirtualLocation", "url": url} if is_online else _where(page),
        organizer=known(
            type="Organization",
            name=f"{page.tie.first.name} – {page.tie.second.name}",
            url=absolute(page.tie_url),
        ),
    )


def _where(page: ExchangePage) -> Node | list[Node]:
    tie, ways = page.tie, Exchange.Direction
    cities = {ways.A_TO_B: [tie.city_b], ways.B_TO_A: [tie.city_a]}
    places = [place(city) for city in cities.get(page.exchange.direction, [tie.first, tie.second])]
    if page.exchange.place:
        return known(type="Place", name=page.exchange.place, containedInPlace=places)
    return places


def of_list(listing: Listing) -> Node:
    """The first rows of a page of a list."""
    rows = listing.page.rows[:MOST_LISTED]
    first = (listing.page.number - 1) * listing.size + 1
    return item_list([(_name(row), row.url) for row in rows], first=first, count=listing.total)


def _name(row) -> str:
    """The title of an exchange, the name of a city or committee, the two cities of a tie."""
    return str(getattr(row, "title", "") or getattr(row, "name", "") or row.cities)
