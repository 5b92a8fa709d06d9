"""A side answers through its link: once, by a button, without a login."""

import datetime

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from relationships.campaign import PURPOSE, confirm_address
from relationships.confirming import Given, answer
from relationships.deriving import derive
from relationships.models import Confirmation, Correction, Inquiry, Tie
from sistercities import links
from sistercities.models import RegistryVersion
from tests import factories as make
from tests import mailfactories
from tests.threads import at_once

DAY = datetime.timedelta(days=1)


def asked(**more) -> Inquiry:
    """Asked at the contact of the American side of a tie signed in 1969."""
    tie = make.TieFactory(
        city_a=make.CityFactory(name="Gómez Palacio"),
        city_b=make.CityFactory(name="South El Monte", american=True),
    )
    make.TieEventFactory(tie=tie)
    make.StatementFactory(tie=tie, said_by="a")
    derive([tie.pk])
    contact = mailfactories.SideContactFactory(tie=tie, side="b")
    return mailfactories.InquiryFactory(tie=tie, side="b", to=contact.email, language="en", **more)


@pytest.fixture
def inquiry(db) -> Inquiry:
    return asked()


def path_of(inquiry: Inquiry, language: str = "en") -> str:
    return confirm_address(inquiry, language).removeprefix("http://testserver")


def press(client, inquiry: Inquiry, code: str, **fields):
    """The button of one answer with the fields of its form."""
    data = {f"{code}-{name}": value for name, value in fields.items()}
    return client.post(path_of(inquiry), {"answer": code, **data}, follow=True)


def contents() -> dict:
    """Every row of the three floors."""
    return {
        model._meta.label: sorted(map(str, model.objects.values_list()))
        for app in ("sistercities", "committees", "relationships", "sessions", "admin")
        for model in apps.get_app_config(app).get_models()
        if model._meta.model_name != "cacheentry"
    }


# Looking


@pytest.mark.parametrize(
    ("language", "words"), [("es", "Gómez Palacio"), ("en", "Yes, it is alive")]
)
def test_the_page_shows_the_tie_and_a_button_without_a_login(client, inquiry, language, words):
    response = client.get(path_of(inquiry, language))
    page = response.content.decode()
    assert response.status_code == 200
    assert "South El Monte" in page
    assert "1969" in page
    assert words in page
    assert response.headers["Cache-Control"] == "no-store"
    assert 'content="noindex"' in page
    assert inquiry.to not in page


def test_looking_changes_nothing(client, inquiry):
    path, before = path_of(inquiry), contents()
    for _visit in range(20):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert client.get(path + "?answer=alive").status_code == 200
    assert client.put(path).status_code == 405
    assert contents() == before


# Answering


def test_one_button_confirms_the_tie_and_says_so_on_its_page(client, inquiry):
    version = RegistryVersion.now()
    path = path_of(inquiry)
    response = client.post(path, {"answer": "alive"}, follow=True)
    assert response.redirect_chain == [(path, 302)]
    assert "Thank you" in response.content.decode()
    (said,) = Confirmation.objects.all()
    assert (said.side, said.answer, said.inquiry) == ("b", "alive", inquiry)
    assert said.answered_on == timezone.localdate()
    assert "signed link" in said.history.get().history_change_reason
    tie = Tie.objects.get()
    assert (tie.vitality, tie.reciprocity) == ("active", "mutual")
    assert tie.last_confirmed == timezone.localdate()
    assert RegistryVersion.now() > version
    page = client.get(f"/en/ties/{tie.slug_in('en')}/").content.decode()
    assert "South El Monte: It is alive" in page


def test_what_has_changed_confirms_the_tie_and_goes_to_the_office(client, inquiry):
    press(client, inquiry, "changed", text="The mayor is new.", name="Ann Smith", office="Clerk")
    assert Tie.objects.get().vitality == "active"
    told = Correction.objects.get()
    assert (told.kind, told.text, told.side) == ("changed", "The mayor is new.", "b")
    assert told.told_by == "Ann Smith, Clerk"
    said = Confirmation.objects.get()
    assert (said.answered_by, said.answered_as) == ("Ann Smith", "Clerk")
    page = client.get(f"/en/ties/{Tie.objects.get().slug_in('en')}/").content.decode()
    assert "Ann Smith" not in page
    assert "The mayor is new." not in page


def test_an_end_puts_the_tie_to_sleep_until_the_office_enters_it(client, inquiry):
    press(client, inquiry, "ended", year="2019", text="The council")
    tie = Tie.objects.get()
    assert (tie.vitality, tie.stage) == ("dormant", "signed")
    told = Correction.objects.get()
    assert (told.kind, told.year, told.text) == ("ended", 2019, "The council")


def test_a_side_that_does_not_know_the_tie_disputes_it_and_deletes_nothing(client, inquiry):
    rows = Tie.objects.count()
    press(client, inquiry, "unknown")
    assert Tie.objects.get().reciprocity == "disputed"
    assert Tie.objects.count() == rows
    assert Correction.objects.get().kind == "dispute"


@pytest.mark.parametrize(
    ("code", "fields", "words"),
    [
        ("changed", {"text": " ", "name": "Ann"}, "Write what has changed."),
        ("ended", {"year": "nineteen", "text": "The council"}, "with four digits"),
        ("ended", {"year": "1066"}, "between 1900"),
        ("ended", {"year": "9" * 400}, "between 1900"),
    ],
)
def test_a_refused_answer_keeps_what_was_typed_and_changes_nothing(
    client, inquiry, code, fields, words
):
    response = press(client, inquiry, code, **fields)
    page = response.content.decode()
    assert response.redirect_chain == []
    assert page.index("<title>Error: ") > 0
    assert page.count(words) == 2
    assert all(value in page for value in fields.values() if value.strip())
    assert '<details class="answer" open>' in page
    assert Confirmation.objects.count() == 0
    assert Inquiry.objects.get().answered_at is None


@pytest.mark.parametrize("data", [{}, {"answer": "nonsense"}, {"answer": "dormant\0"}])
def test_a_post_without_an_answer_of_the_page_does_not_confirm(client, inquiry, data):
    client.post(path_of(inquiry), data)
    assert Confirmation.objects.count() == 0


def test_a_form_from_elsewhere_is_refused(inquiry):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path_of(inquiry), {"answer": "alive"}).status_code == 403
    assert Confirmation.objects.count() == 0


# Misusing the link


def used(inquiry):
    answer(inquiry, Given("alive"))
    return path_of(inquiry)


def with_token(token: str) -> str:
    return f"/en/confirm/{token}/"


MISUSES = {
    "another purpose": lambda i: with_token(links.make("unsubscribe", str(i.pk), i.to)),
    "another object": lambda i: with_token(links.make(PURPOSE, str(asked().pk), i.to)),
    "no such object": lambda i: with_token(links.make(PURPOSE, "999999", i.to)),
    "a huge number": lambda i: with_token(links.make(PURPOSE, "9" * 80, i.to)),
    "no number": lambda i: with_token(links.make(PURPOSE, "tie", i.to)),
    "another reader": lambda i: with_token(links.make(PURPOSE, str(i.pk), "eva@example.org")),
    "expired": lambda i: with_token(
        links.make(PURPOSE, str(i.pk), i.to, now=timezone.now() - 31 * DAY)
    ),
    "nonsense": lambda i: with_token("nonsense"),
    "the reader left": lambda i: (
        i.tie.side_contacts.update(stopped_on=timezone.localdate()),
        path_of(i),
    )[1],
    "the tie was withdrawn": lambda i: (Tie.objects.update(review="rejected"), path_of(i))[1],
    "the tie has ended": lambda i: (Tie.objects.update(stage="ended"), path_of(i))[1],
}


@pytest.mark.parametrize("how", list(MISUSES))
def test_a_link_that_does_not_work_is_explained_and_changes_nothing(client, inquiry, how):
    path = MISUSES[how](inquiry)
    before = contents()
    for response in (client.get(path), client.post(path, {"answer": "alive"})):
        assert response.status_code in (404, 410)
        assert "Nothing was changed" in response.content.decode()
    assert contents() == before


def test_a_used_link_shows_the_answer_and_takes_no_other(client, inquiry):
    path = path_of(inquiry)
    press(client, inquiry, "alive")
    before = contents()
    again = client.post(path, {"answer": "unknown"}, follow=True)
    assert "cannot be used again" in again.content.decode()
    assert "It is alive" in client.get(path).content.decode()
    assert contents() == before


def test_a_colleague_may_answer_too_and_the_last_word_of_a_day_stands(client, inquiry):
    contact = mailfactories.SideContactFactory(tie=inquiry.tie, side="b")
    second = mailfactories.InquiryFactory(
        tie=inquiry.tie, side="b", to=contact.email, language="en"
    )
    press(client, inquiry, "unknown")
    press(client, second, "alive")
    said = Confirmation.objects.get()
    assert (said.answer, said.history.count()) == ("alive", 2)
    assert Tie.objects.get().reciprocity == "mutual"


@pytest.mark.django_db(transaction=True)
def test_colleagues_who_answer_at_once_are_all_heard():
    first = asked()
    contact = mailfactories.SideContactFactory(tie=first.tie, side="b")
    second = mailfactories.InquiryFactory(tie=first.tie, side="b", to=contact.email, language="en")
    numbers = [first.pk, second.pk]
    results = at_once(2, lambda n: answer(Inquiry.objects.get(pk=numbers[n]), Given("alive")))
    assert [one for one in results if isinstance(one, Exception)] == []
    assert Confirmation.objects.get().history.count() == 2
    assert not Inquiry.objects.filter(answered_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_counts():
    inquiry, codes = asked(), ("alive", "unknown")

    def press_now(number):
        try:
            answer(Inquiry.objects.get(pk=inquiry.pk), Given(codes[number]))
        except links.LinkProblem:
            return "used"
        return "kept"

    outcomes = at_once(2, press_now)
    assert sorted(outcomes) == ["kept", "used"]
    assert Confirmation.objects.count() == 1


@pytest.mark.django_db
def test_the_office_finds_who_was_asked_in_vain_and_what_sides_told(client, settings):
    mailfactories.InquiryFactory(
        times=3, last_on=timezone.localdate() - 20 * DAY, to="silent@example.org"
    )
    mailfactories.InquiryFactory(to="fresh@example.org")
    told = mailfactories.CorrectionFactory()
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "SecondFactor" not in one]
    client.force_login(make.UserFactory(staff=True))
    listed = reverse("admin:relationships_inquiry_changelist")
    page = client.get(listed, {"silent": "yes"}).content.decode()
    assert "silent@example.org" in page
    assert "fresh@example.org" not in page
    for kind in ("open", "no"):
        assert client.get(listed, {"silent": kind}).status_code == 200
    client.post(
        reverse("admin:relationships_correction_changelist"),
        {"action": "mark_done", "_selected_action": [told.pk]},
    )
    told.refresh_from_db()
    assert told.done_at is not None
    assert told.done_by.is_staff
