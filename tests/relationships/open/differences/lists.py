"""Lists on their way through the office's pages of differences."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from committees.models import City
from relationships.deriving import derive
from relationships.models import Comparison, Difference, Tie
from tests import factories as make
from tests.relationships.office.imports.steps import address as of_import
from tests.relationships.office.imports.steps import send, work

HEADER = "item,itemLabel,itemCountry,sistercity,sistercityLabel,sisterCountry,start,type\n"
ITEMS = {
    "Gómez Palacio": ("Q652717", "MX"),
    "Guadalajara": ("Q9022", "MX"),
    "South El Monte": ("Q857799", "US"),
    "Downey": ("Q491128", "US"),
    "Kyoto": ("Q34600", "JP"),
    "Ulm": ("Q3012", "DE"),
    "Linz": ("Q41329", "AT"),
    "Springfield": ("Q135615", "US"),
    "Xanadu": ("Q1", "US"),
}


def row(city: str, sister: str, start: str = "", kind: str = "") -> str:
    """A row of Wikidata's result."""
    cells = [
        text
        for name in (city, sister)
        for text in (f"http://www.wikidata.org/entity/{ITEMS[name][0]}", name, ITEMS[name][1])
    ]
    return ",".join([*cells, start, kind]) + "\n"


def address(name: str, comparison: Comparison | None = None) -> str:
    """A page of comparisons."""
    arguments = [comparison.pk] if comparison else []
    return reverse(f"admin:relationships_comparison_{name}", args=arguments)


def upload(office: Client, content: str | bytes, name: str = "list.csv", **values):
    """Send a list to be compared; the answer."""
    data = content.encode() if isinstance(content, str) else content
    values = {"source": "wikidata-p190", "name": "Wikidata", "is_of_wikidata": "on"} | values
    return send(office, address("upload"), file=SimpleUploadedFile(name, data), **values)


def newest() -> Comparison:
    """The comparison that came last."""
    return Comparison.objects.select_related("batch").latest("pk")


def compared(office: Client, *rows: str, text: str = "", **values) -> Comparison:
    """Uploaded, matched as suggested, compared."""
    upload(office, text or HEADER + "".join(rows), **values)
    send(office, of_import("columns", newest().batch))
    work()
    return newest()


def again(office: Client, comparison: Comparison) -> Comparison:
    """Compared anew."""
    send(office, address("again", comparison))
    work()
    return newest()


def found(comparison: Comparison) -> dict[str, str]:
    """The finding of each pair, by its two names in the alphabet's order."""
    rows = Difference.objects.filter(comparison=comparison).with_cities()
    return {" – ".join(sorted((row.city_a.name, row.city_b.name))): row.finding for row in rows}


def city(name: str) -> City:
    """The largest of this name."""
    return City.objects.filter(name=name).order_by("-population")[0]


def tie(one: str, other: str, since: str = "", **more) -> Tie:
    """A signed and published tie of two places of the lists."""
    a, b = sorted((city(one), city(other)), key=lambda city: city.pk)
    made = make.TieFactory(city_a=a, city_b=b, **more)
    make.TieEventFactory(tie=made, kind="signed", date=since or None)
    derive([made.pk])
    made.refresh_from_db()
    return made
