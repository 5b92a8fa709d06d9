"""Whatever is written into the address of a list: an answer, never an error, never a secret."""

from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sistercities.models import RegistryVersion

URLS = [
    *("/en/", "/en/cities/", "/en/ties/", "/en/committees/", "/en/exchanges/"),
    *("/en/anniversaries/", "/es/ciudades/", "/es/hermanamientos/"),
]
KEYS = [
    *("q", "country", "with", "state", "kind", "status", "since", "voice", "theme", "year"),
    *("sort", "page", "from", "level", "committee", "month"),
    *("members__email__startswith", "id__in", "review", "order_by", "", "q[]", "page\x00"),
]
VALUES = [
    *("MX", "US", "México", "mx", "ZZ", "US-CA", "MX-DUR", "active", "sister_city", "1960"),
    *("unknown", "mutual", "one_sided", "sports", "2012", "0000", "9999", "name", "-name", "since"),
    *("-since", "ties", "-population", "level", "newest", "-date", "1", "2", "1000000000", "-1"),
    *("0", "12", "13", "yes", "no", "guadalajara", "gomes palacio", "京都", "%", "_", "a" * 5000),
    *("1969.kyoto.1", "kyoto.1", "2.sevilla.3", "2012-06.4", "05-14.3", "0.downey.4", "1.1.1"),
    *("9" * 4400, "1e9", "' OR 1=1 --", "\x00", "\ufeff", "\u202e", "💥", "..", ".1", "NULL"),
]
TEXT = st.one_of(st.sampled_from(VALUES), st.text(max_size=40))
PAIRS = st.lists(
    st.tuples(st.one_of(st.sampled_from(KEYS), st.text(max_size=12)), TEXT), max_size=6
)


@pytest.fixture
def strict(settings):
    """Every page is rendered, none is taken from those kept."""
    settings.PUBLIC_PAGES_KEPT = 0


@settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(url=st.sampled_from(URLS), pairs=PAIRS)
def test_any_keys_and_values_are_answered(registry, db, strict, client, url, pairs):
    query = urlencode(pairs, errors="surrogatepass")
    response = client.get(f"{url}?{query}")
    assert response.status_code in (200, 301, 302, 400, 404)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(url=st.sampled_from(URLS), octets=st.binary(max_size=60))
def test_any_octets_are_answered(registry, db, strict, client, url, octets):
    query = quote_from_bytes(octets, safe="&=+;%")
    response = client.get(url, QUERY_STRING=query)
    assert response.status_code in (200, 301, 302, 400, 404)


ODD = [
    "members__email__startswith=a",
    "city_a__committees__memberships__person__email__contains=@",
    "review=draft",
    "country__in=MX",
    "kind=",
    "country=Narnia&status=dead&since=196&voice=all&theme=x&year=20&level=x&committee=x",
    "state=us-ca",
    "sort=changed_at",
    "q=%00",
    "q=%20%20",
]


@pytest.mark.parametrize("url", URLS[1:6])
def test_what_a_list_does_not_understand_changes_nothing(registry, db, strict, client, url):
    plain = main_part(client.get(url))
    for query in ODD:
        assert main_part(client.get(f"{url}?{query}")) == plain, query


def main_part(response) -> str:
    """The page between header and footer, which name the page's own address."""
    text = response.content.decode()
    return text[text.index("<main") : text.index("</main>")]


def test_the_last_of_repeated_keys_counts(registry, db, strict, client):
    twice = client.get("/en/ties/?country=JP&country=MX&page=9&page=1")
    once = client.get("/en/ties/?country=MX&page=1")
    assert main_part(twice) == main_part(once)


def test_too_many_keys_are_refused(registry, db, strict, client):
    assert client.get("/en/ties/?" + "&".join(f"k{n}=1" for n in range(2500))).status_code == 400


def test_a_list_is_read_only(registry, db, client):
    before = RegistryVersion.now()
    for url in URLS:
        assert client.post(url).status_code == 405
        assert client.get(url).status_code == 200
    assert RegistryVersion.now() == before


def test_what_is_typed_is_shown_as_text(registry, db, strict, client):
    for url in ("/en/cities/", "/en/ties/", "/en/committees/", "/en/exchanges/"):
        response = client.get(url, {"q": "<script>alert(1)</script>\"'"})
        data = b'<script type="application/ld+json">'
        assert b"<script" not in response.content.replace(data, b"")
        assert b"&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;" in response.content
