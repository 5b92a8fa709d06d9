"""The axes of a tie as pure functions."""

from datetime import date

import pytest

from relationships.axes import Answer, Event, Known, axes_of, months_before
from relationships.models import Tie
from sistercities.partialdates import PartialDate

TODAY = date(2026, 11, 21)


def axes(kind="sister_city", **known):
    return axes_of(Known(kind=kind, **known), TODAY)


def event(kind, day=None, number=0):
    return Event(kind, PartialDate.parse(day) if day else None, number)


@pytest.mark.parametrize(
    ("events", "stage", "status"),
    [
        ([], "idea", "proposed"),
        ([event("contact", "1960")], "contact", "proposed"),
        ([event("letter_of_intent")], "letter_of_intent", "proposed"),
        ([event("signed")], "signed", "unconfirmed"),
        ([event("signed", "1969"), event("registered", "1970")], "registered", "unconfirmed"),
        ([event("signed", "1969"), event("ended", "2004")], "ended", "ended"),
        ([event("ended"), event("signed", "1969")], "ended", "ended"),
        (
            [event("signed", "1969"), event("ended", "1980"), event("renewed", "1990")],
            "signed",
            "unconfirmed",
        ),
        ([event("signed", "1969"), event("suspended", "2011")], "suspended", "dormant"),
        (
            [event("signed", "1969"), event("suspended", "2011"), event("renewed", "2015")],
            "signed",
            "unconfirmed",
        ),
    ],
)
def test_stage_follows_the_events(events, stage, status):
    result = axes(events=events)
    assert (result.stage, result.status) == (stage, status)


def test_since_is_the_first_dated_beginning_and_ended_the_last_end():
    result = axes(
        events=[
            event("contact", "1965"),
            event("registered", "1970-02"),
            event("signed", "1969-05-14"),
            event("ended", "2004"),
        ]
    )
    assert (str(result.since), str(result.ended)) == ("1969-05-14", "2004")


def test_a_contact_counts_from_its_first_contact():
    assert str(axes(kind="contact", events=[event("contact", "1988")]).since) == "1988"


@pytest.mark.parametrize(
    ("last", "vitality"),
    [
        (date(2026, 11, 1), "active"),
        (date(2025, 5, 21), "active"),
        (date(2025, 5, 20), "unconfirmed"),
        (date(2023, 11, 21), "unconfirmed"),
        (date(2023, 11, 20), "dormant"),
    ],
)
def test_vitality_fades_after_18_and_36_months(last, vitality):
    signed = [event("signed", "1969")]
    assert axes(events=signed, answers=[Answer("a", "alive", last)]).vitality == vitality
    assert axes(events=signed, exchanged=last).vitality == vitality


def test_a_tie_never_asked_about_is_to_be_confirmed_not_dormant():
    assert axes(events=[event("signed", "1969")]).status == Tie.Status.UNCONFIRMED


def test_a_fresh_signature_is_a_sign_of_life():
    assert axes(events=[event("signed", "2026-03-01")]).status == Tie.Status.ACTIVE


def test_a_sides_word_that_it_sleeps_counts_until_the_next_sign_of_life():
    asleep = Answer("b", "dormant", date(2026, 6, 1))
    signed = [event("signed", "1969")]
    assert axes(events=signed, answers=[asleep]).vitality == "dormant"
    later = Answer("a", "alive", date(2026, 7, 1))
    assert axes(events=signed, answers=[asleep, later]).vitality == "active"


def test_the_office_may_overrule_vitality_but_never_the_stage():
    result = axes(events=[event("signed", "1969")], override="emeritus")
    assert (result.stage, result.vitality, result.status) == ("signed", "emeritus", "dormant")


@pytest.mark.parametrize(
    ("said_by", "answers", "reciprocity"),
    [
        (set(), [], "unclaimed"),
        ({"a"}, [], "one_sided_a"),
        ({"b"}, [], "one_sided_b"),
        ({"a", "b"}, [], "mutual"),
        ({"a"}, [Answer("b", "ended", date(2024, 1, 1))], "mutual"),
        ({"a"}, [Answer("b", "unknown_to_us", date(2024, 1, 1))], "disputed"),
        (
            {"a"},
            [
                Answer("b", "unknown_to_us", date(2024, 1, 1)),
                Answer("b", "alive", date(2025, 1, 1)),
            ],
            "mutual",
        ),
    ],
)
def test_reciprocity_needs_the_word_of_both_sides(said_by, answers, reciprocity):
    assert axes(said_by=said_by, answers=answers).reciprocity == reciprocity


def test_months_before_stays_inside_short_months():
    assert months_before(date(2026, 8, 31), 18) == date(2025, 2, 28)
