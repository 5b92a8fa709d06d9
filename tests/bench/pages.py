"""Which addresses of a world are measured, and how many queries each asks. Prints JSON."""

import json
import re

import django


def main() -> None:
    """Choose the pages of the world at DATABASE_URL and count their queries."""
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from committees.models import City
    from relationships.models import Tie

    city = City.objects.listed().order_by("-tie_count", "sort_name").first()
    tie = Tie.objects.public().of(city).with_cities().first()
    pair = Tie.objects.public().exclude(country_pair="").order_by("country_pair")
    one, other = (pair.filter(country_pair="MX-US").first() or pair.first()).country_pair.split("-")
    named = City.objects.listed().filter(sort_name__regex=r"^[a-z ]{9,20}$").order_by("-tie_count")
    name = named.first().name
    plain = named.first().sort_name
    typo = plain[:4] + plain[5] + plain[4] + plain[6:]
    client = Client(headers={"host": "127.0.0.1"})
    pages = {
        "home": "/es/",
        "city with many ties": city.get_absolute_url(),
        "tie": tie.get_absolute_url(),
        "cities, first page": "/es/ciudades/",
        "ties, first page": "/es/hermanamientos/",
        "ties, deep page": deep_page(client, "/es/hermanamientos/"),
        "ties of two countries": f"/es/hermanamientos/?country={one}&with={other}",
        "search, exact": f"/es/ciudades/?q={name.replace(' ', '+')}",
        "search, no accents": f"/es/ciudades/?q={plain.replace(' ', '+')}",
        "search, typo": f"/es/ciudades/?q={typo.replace(' ', '+')}",
    }
    queries = {}
    for page, path in pages.items():
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = client.get(f"{path}{'&' if '?' in path else '?'}cold=1")
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}.")
        queries[page] = len(asked)
    print(json.dumps({"pages": pages, "queries": queries}))


def deep_page(client, path: str) -> str:
    """The page before the last, by the links that a visitor would follow."""
    last = linked(client.get(path).content.decode())
    end = max(last, key=lambda link: int(re.search(r"page=(\d+)", link)[1]))
    before = linked(client.get(path + end).content.decode())
    wanted = int(re.search(r"page=(\d+)", end)[1]) - 1
    return path + next(link for link in before if re.search(rf"page={wanted}\b", link))


def linked(html: str) -> list[str]:
    """The query parts of the pagination's links."""
    links = re.findall(r'href="[^"?]*(\?[^"]*page=\d+[^"]*)"', html)
    return [link.replace("&amp;", "&") for link in links if "cold=" not in link]


if __name__ == "__main__":
    main()
