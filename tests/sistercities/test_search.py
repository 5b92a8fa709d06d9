"""Search by any name; the same answers on both databases, since both run this file."""

import pytest

from sistercities.models import SearchName, SearchTail
from sistercities.search import find, put_names

pytestmark = pytest.mark.django_db

CITIES = {
    1: (270_000, ["Gómez Palacio"]),
    2: (20_000, ["South El Monte"]),
    3: (690_000, ["Sevilla", "Seville", "Séville"]),
    4: (1_460_000, ["Kyōto", "京都", "Kioto"]),
    5: (1_390_000, ["Guadalajara"]),
    6: (310_000, ["Cincinnati"]),
    7: (400_000, ["Palacios"]),
    8: (8_900, ["San Juan"]),
    9: (1_430_000, ["San Diego"]),
}


@pytest.fixture(autouse=True)
def cities():
    put_names("city", CITIES)


@pytest.mark.parametrize(
    ("typed", "numbers", "how"),
    [
        ("Gómez Palacio", [1], "exact"),
        ("gomez palacio", [1], "exact"),
        ("  GOMEZ   PALACIO ", [1], "exact"),
        ("gomes palacio", [1], "spelling"),
        ("gomez palacoi", [1], "spelling"),
        ("seville", [3], "exact"),
        ("sevilla", [3], "exact"),
        ("sevile", [3], "spelling"),
        ("sevlile", [3], "spelling"),
        ("kiotto", [4], "spelling"),
        ("Sebilla", [3], "spelling"),
        ("京都", [4], "exact"),
        ("Guadalahara", [5], "spelling"),
        ("cincinatti", [6], "spelling"),
        ("palac", [7, 1], "prefix"),
        ("monte", [2], "prefix"),
        ("san", [9, 8], "prefix"),
        ("京", [4], "prefix"),
    ],
)
def test_finds(typed, numbers, how):
    hits = find(typed)
    assert ([hit.object_id for hit in hits], hits[0].how) == (numbers, how)


@pytest.mark.parametrize("typed", ["", "   ", "%", "xyzzy", "'; DROP TABLE", "\x00", "a" * 5000])
def test_finds_nothing_and_does_not_fall(typed):
    assert find(typed) == []


def test_a_name_that_is_another_objects_beginning_comes_first():
    put_names("city", {10: (1, ["San"])})
    assert [hit.object_id for hit in find("san")] == [10, 9, 8]


def test_names_replaced_are_forgotten_with_their_keys():
    put_names("city", {1: (5, ["Lerdo"])})
    assert find("gomez palacio") == []
    assert [hit.object_id for hit in find("lerdo")] == [1]
    put_names("city", {number: (0, []) for number in CITIES})
    assert [model.objects.count() for model in (SearchName, SearchTail)] == [0] * 2


def test_an_object_with_another_weight_keeps_its_names_and_stands_elsewhere():
    before = set(SearchName.objects.filter(object_id=8).values_list("pk", flat=True))
    put_names("city", {8: (2_000_000, CITIES[8][1])})
    assert set(SearchName.objects.filter(object_id=8).values_list("pk", flat=True)) == before
    assert [hit.object_id for hit in find("san")] == [8, 9]
    assert [hit.object_id for hit in find("san jua")] == [8]


@pytest.mark.parametrize("typed", ["gomez palacio", "san", "gomes palacio", "nowhere at all"])
def test_asks_at_most_four_questions(typed, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        find(typed)
