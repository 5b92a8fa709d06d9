"""Signed links: one purpose, one object, one reader, thirty days, one use."""

import datetime

import pytest
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone

from sistercities import links
from sistercities.models import UsedLink
from tests.threads import at_once

pytestmark = pytest.mark.django_db
ANA = "ana@example.org"
DAY = datetime.timedelta(days=1)


def token(**changed) -> str:
    return links.make("confirm", "12-a-2026", ANA, **changed)


def reason(purpose: str, text: str, **more) -> str:
    with pytest.raises(links.LinkProblem) as problem:
        links.read(purpose, text, **more)
    return problem.value.reason


def test_a_link_says_what_it_is_about_and_for_whom():
    link = links.read("confirm", token())
    assert link.about == "12-a-2026"
    assert link.is_for(" Ana@Example.org")
    assert not link.is_for("eva@example.org")
    assert ANA not in token()
    assert len(token()) < 75


def test_a_link_holds_thirty_days():
    made = timezone.now()
    text = token(now=made)
    assert links.read("confirm", text, now=made + 29 * DAY).about
    assert reason("confirm", text, now=made + 31 * DAY) == "expired"
    assert reason("confirm", text, now=made - DAY) == "wrong"


def misused() -> dict[str, tuple[str, str]]:
    text = token()
    about, recipient, when, signature = text.split(".")
    eva = links.make("confirm", "12-a-2026", "eva@example.org").split(".")[1]
    later = links.make("confirm", "12-a-2026", ANA, now=timezone.now() + DAY).split(".")[2]
    return {
        "another purpose": ("unsubscribe", text),
        "another object": ("confirm", f"13-a-2026.{recipient}.{when}.{signature}"),
        "another reader": ("confirm", f"{about}.{eva}.{when}.{signature}"),
        "another day": ("confirm", f"{about}.{recipient}.{later}.{signature}"),
        "cut off": ("confirm", text[:-1]),
        "a letter more": ("confirm", text + "A"),
        "empty": ("confirm", ""),
        "dots": ("confirm", "..."),
        "no signature": ("confirm", f"{about}.{recipient}.{when}."),
        "not ASCII": ("confirm", text[:-1] + "é"),
        "very long": ("confirm", text * 1000),
        "NUL": ("confirm", text + "\0"),
    }


@pytest.mark.parametrize("how", list(misused()))
def test_a_link_put_to_another_use_is_wrong(how):
    assert reason(*misused()[how]) == "wrong"


def test_a_link_outlives_a_change_of_the_key_while_the_old_one_is_kept(settings):
    text, old = token(), settings.SECRET_KEY
    settings.SECRET_KEY = "another long secret key for this test only"
    assert reason("confirm", text) == "wrong"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert links.read("confirm", text).about == "12-a-2026"
    assert links.read("confirm", token()).about == "12-a-2026"


def test_a_link_is_used_once_also_when_the_old_key_signed_it(settings):
    text, old = token(), settings.SECRET_KEY
    link = links.read("confirm", text)
    links.use(link)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key " * 5, [old]
    assert reason("confirm", text) == "used"
    with pytest.raises(links.LinkProblem):
        links.use(link)


def test_a_link_whose_work_failed_is_not_used_up():
    text = token()
    with pytest.raises(RuntimeError), transaction.atomic():
        links.use(links.read("confirm", text))
        raise RuntimeError
    assert links.read("confirm", text)


def test_reading_writes_nothing():
    text = token()
    for _visit in range(3):
        links.read("confirm", text)
    assert UsedLink.objects.count() == 0


@pytest.mark.parametrize("about", ["", "a b", "a.b", "a/b", "ñ", "a\n"])
def test_only_plain_codes_can_be_signed(about):
    with pytest.raises(ValueError):
        links.make("confirm", about, ANA)


@pytest.mark.parametrize(("why", "status"), [("wrong", 404), ("expired", 410), ("used", 410)])
def test_the_page_says_why_and_what_to_do(why, status, client):
    request = RequestFactory().get("/en/")
    request.resolver_match = None
    problem = links.LinkProblem(links.Reason(why))
    page = links.problem_page(request, problem, advice="Write to the office.")
    assert page.status_code == status
    assert "Write to the office." in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_works():
    link = links.read("confirm", token())

    def press(_number):
        try:
            with transaction.atomic():
                links.use(link)
        except links.LinkProblem:
            return "used"
        return "done"

    outcomes = at_once(4, press)
    assert sorted(outcomes) == ["done", "used", "used", "used"]
