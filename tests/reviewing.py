"""What a reviewer of the national office presses, as a browser would send it."""

from django.http import HttpResponse
from django.test import Client

from sistercities.admin import queues
from sistercities.admin.reviewing import review_url
from tests.sending import form_of

VERBS = {
    "published": "accept",
    "changes_requested": "ask",
    "rejected": "reject",
    "submitted": "reopen",
}
"""The act that leads to a review."""


def shown(office: Client, row, queue: str = "") -> HttpResponse:
    """The review page of an object; `queue`: come from there."""
    response = office.get(review_url(type(row), row.pk, queues._queues.get(queue)))
    assert response.status_code == 200
    return response


def form_for(page: HttpResponse, verb: str) -> tuple[str, dict]:
    """Where the form of an act leads, and what it holds as it is shown."""
    keys = [act["verb"].key for act in page.context["acts"]]
    number = keys.index(verb) - len(keys)
    return page.context["acts"][number]["url"], form_of(page, number)


def press(office: Client, row, verb: str, reason: str = "", queue: str = "", **more):
    """The answer to an act on the page as it stands now."""
    url, sent = form_for(shown(office, row, queue), verb)
    return office.post(url, sent | {"change_reason": reason} | more)


def decide(office: Client, row, review: str, reason: str = "Actas vistas") -> None:
    """Lead an object to a review, and read it anew."""
    response = press(office, row, VERBS[review], reason)
    assert response.status_code == 302, response.context["problems"]
    row.refresh_from_db()
