"""The sentence that says who confirmed a tie and when, and the words for who states it."""

import datetime

import pytest
from django.utils.translation import override

from committees.models import City
from relationships.freshness import freshness, reciprocity_in_words
from relationships.models import Confirmation, Tie
from sistercities.partialdates import PartialDate

pytestmark = pytest.mark.django_db  # the limits are a setting
TODAY = datetime.date(2026, 11, 21)
CITIES = {
    "city_a": City(pk=1, name="Gómez Palacio", sort_name="gomez palacio"),
    "city_b": City(pk=2, name="South El Monte", sort_name="south el monte"),
}


def answer(side: str, day: str, word: str = "alive") -> Confirmation:
    return Confirmation(side=side, answered_on=datetime.date.fromisoformat(day), answer=word)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ([], "Nobody has confirmed it yet."),
        (
            [answer("a", "2026-02-01"), answer("b", "2026-03-09")],
            "Confirmed by both sides, March 2026.",
        ),
        (
            [answer("b", "2026-03-09")],
            "Confirmed by South El Monte, March 2026. Gómez Palacio has not confirmed it yet.",
        ),
        (
            [answer("b", "2018-03-09"), answer("a", "2025-05-21")],
            "Confirmed by Gómez Palacio, May 2025. South El Monte has not confirmed it since 2018.",
        ),
        (
            [answer("a", "2019-02-01"), answer("b", "2017-03-09")],
            "Nobody has confirmed this tie since 2019.",
        ),
        ([answer("a", "2025-05-20")], "Nobody has confirmed this tie since 2025."),
        (
            [answer("a", "2026-02-01"), answer("b", "2026-04-01", "unknown_to_us")],
            "South El Monte answered that it does not know this tie (April 2026).",
        ),
        (
            [answer("a", "2026-02-01", "dormant"), answer("b", "2026-01-01")],
            "Gómez Palacio answered that the tie sleeps (February 2026).",
        ),
        (
            [answer("a", "2024-02-01", "dormant"), answer("a", "2026-01-01")],
            "Confirmed by Gómez Palacio, January 2026. South El Monte has not confirmed it yet.",
        ),
        (
            [answer("b", "2024-02-01", "ended")],
            "South El Monte answered that the tie has ended (February 2024).",
        ),
    ],
)
def test_the_sentence_names_who_confirmed_and_expires(answers, sentence):
    with override("en"):
        assert freshness(Tie(**CITIES), answers, TODAY) == sentence
        assert freshness(Tie(**CITIES), answers[::-1], TODAY) == sentence


@pytest.mark.parametrize(
    ("ended", "sentence"),
    [
        (PartialDate(2004, 3), "Ended in 2004. We keep it as part of the record."),
        (None, "It has ended. We keep it as part of the record."),
    ],
)
def test_what_has_ended_needs_no_confirmation(ended, sentence):
    tie = Tie(**CITIES, stage=Tie.Stage.ENDED, ended=ended)
    with override("en"):
        assert freshness(tie, [answer("a", "2026-02-01")], TODAY) == sentence


@pytest.mark.parametrize(
    ("reciprocity", "words"),
    [
        ("mutual", "Stated by both cities"),
        ("one_sided_a", "Stated by Gómez Palacio only"),
        ("one_sided_b", "Stated by South El Monte only"),
        ("unclaimed", "Stated by neither city, known from other sources"),
        ("disputed", "Disputed: South El Monte does not know it"),
    ],
)
def test_who_states_a_tie_is_said_by_name(reciprocity, words):
    answers = [answer("a", "2026-02-01"), answer("b", "2026-02-01", "unknown_to_us")]
    with override("en"):
        assert reciprocity_in_words(Tie(**CITIES, reciprocity=reciprocity), answers) == words
