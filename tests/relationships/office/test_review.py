"""The office reviews what was sent: each act, its refusals, two at once, queues, what is told."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from zeal import zeal_ignore

from relationships.deriving import derive
from relationships.models import Tie
from sistercities.models import OutgoingMail
from sistercities.models.base import WrongState
from tests import factories as make
from tests.relationships.desk.desks import at, login
from tests.reviewing import decide, form_for, press, shown
from tests.sending import filled
from tests.threads import at_once

pytestmark = pytest.mark.django_db
Review = Tie.Review
QUEUE = "ties-sent"


@pytest.fixture
def office():
    client = Client()
    client.user = make.UserFactory(staff=True, name="Rita")
    client.force_login(client.user)
    client.cookies["language"] = "en"
    return client


def sent_tie(**more) -> Tie:
    return make.TieFactory(review=Review.SUBMITTED, **more)


def text(response) -> str:
    return response.content.decode()


# The verbs

ALLOWED = {
    ("draft", "publish"): "published",
    ("submitted", "publish"): "published",
    ("changes_requested", "publish"): "published",
    ("draft", "ask_for_changes"): "changes_requested",
    ("submitted", "ask_for_changes"): "changes_requested",
    ("draft", "reject"): "rejected",
    ("submitted", "reject"): "rejected",
    ("changes_requested", "reject"): "rejected",
    ("published", "reject"): "rejected",
    ("published", "reopen"): "submitted",
    ("changes_requested", "reopen"): "submitted",
    ("rejected", "reopen"): "submitted",
}


@pytest.mark.parametrize("verb", ["publish", "ask_for_changes", "reject", "reopen"])
def test_a_verb_leads_where_it_may_and_nowhere_else(verb):
    by, found = make.UserFactory(), {}
    tie = make.TieFactory()
    for review in ("draft", "submitted", "changes_requested", "published", "rejected"):
        Tie.objects.filter(pk=tie.pk).update(review=review, reviewed_by=None, reviewed_at=None)
        row = Tie.objects.get(pk=tie.pk)
        try:
            getattr(row, verb)(by=by, reason="Actas vistas")
        except WrongState:
            assert Tie.objects.get(pk=tie.pk).review == review
            continue
        found[review, verb] = row.review
        assert (row.reviewed_by, row.reviewed_at is None) == (by, False)
        assert row.history.latest().history_change_reason == "Actas vistas"
        assert row.history.latest().history_user == by
    assert found == {key: to for key, to in ALLOWED.items() if key[1] == verb}


def test_what_the_reviewer_did_not_see_is_not_decided():
    tie = sent_tie()
    with pytest.raises(WrongState):
        tie.reject(by=make.UserFactory(), reason="No", seen="draft")
    tie.refresh_from_db()
    assert tie.review == "submitted"


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_one_wins():
    tie, users = sent_tie(), make.UserFactory.create_batch(2)
    verbs = ("publish", "reject")

    def work(n: int) -> str:
        row = Tie.objects.get(pk=tie.pk)
        getattr(row, verbs[n])(by=users[n], reason="Yo", seen="submitted")
        return row.review

    results = at_once(2, work)
    won = [one for one in results if isinstance(one, str)]
    assert len(won) == 1 and sum(isinstance(one, WrongState) for one in results) == 1
    tie.refresh_from_db()
    assert tie.review == won[0]
    assert tie.history.filter(history_change_reason="Yo").count() == 1


# The page


def test_the_page_shows_what_everyone_would_see_with_proof_sender_and_likely_duplicates(office):
    lerdo = make.CityFactory(name="Lerdo")
    city, like = make.CityFactory.create_batch(2, name="Torrance", american=True)
    tie = sent_tie(city_a=lerdo, city_b=city)
    other = make.TieFactory(city_a=lerdo, city_b=like)
    committee = make.CommitteeFactory(name="Comité de Lerdo")
    sender = make.UserFactory(name="Ana Luna")
    proposal = {"committee": committee, "sent_by": sender, "contact": "Bob, 555 0100"}
    make.ProposalFactory(tie=tie, **proposal)
    make.TieEventFactory(tie=tie)
    make.EvidenceFactory(tie=tie, title="Acta 12", url="https://example.org/acta")
    page = text(shown(office, tie, QUEUE))
    for said in ("Comité de Lerdo", "Ana Luna", "Bob, 555 0100", "Acta 12", "May 14, 1969"):
        assert said in page
    assert 'href="https://example.org/acta"' in page
    assert reverse("admin:relationships_tie_change", args=[other.pk]) in page
    assert reverse("admin:committees_city_change", args=[like.pk]) in page
    assert "What everyone would see" in page


def test_the_preview_is_the_public_page_of_what_nobody_sees_yet(office):
    for row, said in (
        (sent_tie(), "Its story"),
        (make.ExchangeFactory(review="submitted"), "Student visit"),
        (make.CommitteeFactory(review="submitted", name="Comité de Lerdo"), "Comité de Lerdo"),
    ):
        if isinstance(row, Tie):
            make.TieEventFactory(tie=row)
            derive([row.pk])
            row.refresh_from_db()
        meta = row._meta
        name = f"admin:{meta.app_label}_{meta.model_name}_preview"
        response = office.get(reverse(name, args=[row.pk]))
        assert (response.status_code, said in text(response)) == (200, True)
        assert Client().get(row.get_absolute_url()).status_code == 404


def test_what_was_public_once_is_compared_with_what_it_is_now(office):
    tie = make.TieFactory(signatories_es="Los alcaldes")
    derive([tie.pk])
    decide(office, tie, "submitted", "Se aceptó por error")
    tie.kind, tie.signatories_es = "friendship_city", "Los alcaldes"
    tie.save()
    response = shown(office, tie)
    assert [(one.before, one.after) for one in response.context["changed"]] == [
        ("Sister cities", "Friendship cities")
    ]
    assert "Los alcaldes" in {one.after for one in response.context["same"]}
    page = text(response)
    assert page.index("Friendship cities") < page.index("<details>") < page.index("Los alcaldes")


def test_accepting_publishes_derives_logs_and_leads_on(office):
    tie = sent_tie()
    response = press(office, tie, "accept", "Acta vista")
    tie.refresh_from_db()
    assert (tie.review, tie.reviewed_by) == ("published", office.user)
    assert tie.slug and tie.city_a.is_listed
    assert tie.history.latest().history_change_reason == "Acta vista"
    assert LogEntry.objects.get().change_message == "Accept · Acta vista"
    assert response.url == reverse("admin:relationships_tie_review", args=[tie.pk])
    assert Client().get(tie.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("verb", ["ask", "reject"])
def test_sending_back_and_rejecting_need_a_reason(office, verb):
    tie = sent_tie()
    refused = press(office, tie, verb, "  ")
    tie.refresh_from_db()
    assert (refused.status_code, tie.review) == (200, "submitted")
    assert "Write this first" in text(refused) and "<title>Error:" in text(refused)
    assert not LogEntry.objects.exists()


def test_who_presses_second_reads_who_decided_what_and_keeps_what_was_typed(office):
    tie = sent_tie()
    url, sent = form_for(shown(office, tie), "reject")
    other = Client()
    other.force_login(make.UserFactory(staff=True, name="Otra Persona"))
    decide(other, tie, "published")
    refused = office.post(url, sent | {"change_reason": "No hubo acuerdo"})
    tie.refresh_from_db()
    assert tie.review == "published"
    assert "Otra Persona decided on" in text(refused) and "Published" in text(refused)
    assert "No hubo acuerdo" in text(refused)


def test_what_changed_while_it_was_read_is_read_again_before_it_is_decided(office):
    tie = sent_tie()
    url, sent = form_for(shown(office, tie), "accept")
    make.TieEventFactory(tie=tie)
    refused = office.post(url, sent)
    tie.refresh_from_db()
    assert tie.review == "submitted"
    assert "This was changed while you were reading" in text(refused)
    assert office.post(url, form_for(refused, "accept")[1]).status_code == 302


def test_a_constraint_speaks_on_the_page(office):
    make.CommitteeFactory(level="international")
    second = make.CommitteeFactory(level="international", review="submitted")
    refused = press(office, second, "accept")
    assert "There is one international body only." in text(refused)


def test_a_get_decides_nothing(office):
    tie = sent_tie()
    url, _sent = form_for(shown(office, tie), "accept")
    assert office.get(url).status_code == 302
    tie.refresh_from_db()
    assert tie.review == "submitted"


def test_who_may_only_review_reviews_and_changes_no_fact():
    client = Client()
    client.user = make.UserFactory(is_staff=True)
    names = ("view_tie", "review_tie")
    client.user.user_permissions.set(Permission.objects.filter(codename__in=names))
    tie = sent_tie()
    with_second_step(client)
    change = reverse("admin:relationships_tie_change", args=[tie.pk])
    assert client.post(change, {"kind": "contact"}).status_code == 403
    assert press(client, tie, "accept").status_code == 302
    client.user.user_permissions.set(Permission.objects.filter(codename="change_tie"))
    review = reverse("admin:relationships_tie_review", args=[tie.pk])
    assert client.get(review).status_code == 403
    assert client.post(f"{review}reject/", {"change_reason": "No"}).status_code == 403
    assert review not in text(client.get(change))


def with_second_step(client: Client) -> None:
    client.force_login(client.user)


@pytest.mark.parametrize("number", [0, 999, 2**63])
def test_a_number_that_is_nobodys_is_not_found(office, number):
    for page in ("review/", "review/accept/", "preview/"):
        assert office.get(f"/admin/relationships/tie/{number}/{page}").status_code == 404
    assert office.post(f"/admin/relationships/tie/{sent_tie().pk}/review/eat/").status_code == 404


# The queue


def test_a_queue_leads_to_the_pages_and_each_decision_to_the_next(office):
    ties = [sent_tie() for _n in range(3)]
    for ago, tie in enumerate(reversed(ties)):
        Tie.objects.filter(pk=tie.pk).update(changed_at=f"2026-01-0{ago + 1}T12:00:00Z")
    first, second, third = reversed(ties)
    listed = text(office.get(f"/admin/relationships/tie/?queue={QUEUE}"))
    at_first = f"/admin/relationships/tie/{first.pk}/review/?queue={QUEUE}"
    assert f"/{first.pk}/review/?" in listed and f"/{first.pk}/change/" not in listed
    page = shown(office, first, QUEUE)
    assert "3 left in" in text(page) and f"/{second.pk}/review/?queue={QUEUE}" in text(page)
    assert press(office, first, "accept", queue=QUEUE).url == at_first.replace(
        f"/{first.pk}/", f"/{second.pk}/"
    )
    assert f"/{second.pk}/" in press(office, third, "reject", "No", queue=QUEUE).url
    assert press(office, second, "ask", "Falta", queue=QUEUE).url == (
        f"/admin/relationships/tie/?queue={QUEUE}"
    )


def test_the_list_accepts_several_and_groups_what_it_skipped(office):
    ties = [sent_tie(), sent_tie(), make.TieFactory(review="rejected"), make.TieFactory()]
    chosen = {"action": "publish", "_selected_action": [tie.pk for tie in ties]}
    url = f"/admin/relationships/tie/?queue={QUEUE}"
    with zeal_ignore():  # each row is decided by itself
        response = office.post(url, chosen | {"change_reason": "Actas"}, follow=True)
    assert [str(one) for one in response.context["messages"]] == ["2 were published."]
    url = "/admin/relationships/tie/"
    with zeal_ignore():
        response = office.post(url, chosen | {"change_reason": "Actas"}, follow=True)
    assert len(list(response.context["messages"])) == 2  # by why: published thrice, rejected once
    client = Client()
    client.user = make.UserFactory(is_staff=True)
    client.user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_tie", "change_tie"])
    )
    with_second_step(client)
    waiting = sent_tie()
    client.post(url, {"action": "publish", "_selected_action": [waiting.pk]})
    waiting.refresh_from_db()
    assert waiting.review == "submitted"


def test_the_page_costs_the_same_whatever_belongs_to_the_tie(office):
    def cost(rows: int) -> int:
        tie = sent_tie()
        make.ProposalFactory(tie=tie)
        for _n in range(rows):
            make.TieEventFactory(tie=tie)
            make.EvidenceFactory(tie=tie)
            make.StatementFactory(tie=tie)
            make.TieFactory(
                city_a=make.CityFactory(name=tie.city_a.name),
                city_b=make.CityFactory(american=True, name=tie.city_b.name),
            )
        shown(office, tie, QUEUE)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            shown(office, tie, QUEUE)
        return len(asked)

    assert cost(1) == cost(3)


# What is told, and the way back


def test_exchanges_donations_and_committees_are_decided_and_told_alike(office):
    city = make.CityFactory(name="Lerdo")
    ours = make.CommitteeFactory(name="Comité de Lerdo", cities=[city])
    coordinator = login("coordinator", ours, "Cora").user
    tie = make.TieFactory(city_a=city)
    rows = [
        make.ExchangeFactory(tie=tie, entered_by="a", review="submitted"),
        make.DonationFactory(tie=tie, entered_by="a", review="submitted"),
        ours,
    ]
    type(ours).objects.filter(pk=ours.pk).update(review="submitted")
    ours.refresh_from_db()
    for row in rows:
        decide(office, row, "changes_requested", "Falta la fecha exacta")
    mails = list(OutgoingMail.objects.order_by("pk"))
    assert [mail.to for mail in mails] == [coordinator.email] * 3
    for mail in mails:
        own = mail.text.split("-" * 40)[0]
        assert mail.language == "es" and "pide cambios" in mail.subject
        assert "Falta la fecha exacta" in own and own.count("http") == 1


def test_a_report_that_the_office_sent_back_waits_again_once_it_is_corrected(office):
    city = make.CityFactory(name="Lerdo")
    ours = make.CommitteeFactory(cities=[city])
    ana = login("editor", ours)
    tie = make.TieFactory(city_a=city)
    row = make.ExchangeFactory(tie=tie, entered_by="a", review="submitted")
    decide(office, row, "changes_requested", "Falta el lugar")
    page = text(ana.get(at("exchange", ours, row.pk)))
    assert "The association asks for changes" in page and "Falta el lugar" in page
    url = at("exchange-edit", ours, row.pk)
    assert ana.post(url, filled(ana.get(url), place="Lerdo")).status_code == 302
    row.refresh_from_db()
    assert (row.review, row.place) == ("submitted", "Lerdo")
    since = shown(office, row).context["since"]
    assert ("Place", "–", "Lerdo") in [(one.label, one.before, one.after) for one in since]


def test_a_committee_that_the_office_sent_back_is_sent_again_from_its_desk(office):
    ours = make.CommitteeFactory(review="submitted")
    ana = login("editor", ours)
    decide(office, ours, "changes_requested", "Falta el correo público")
    page = text(ana.get(at("home", ours)))
    assert "Falta el correo público" in page
    url = at("send-again", ours)
    assert url in page
    assert ana.post(url, filled(ana.get(url), reason="Lo añadimos")).status_code == 302
    ours.refresh_from_db()
    assert ours.review == "submitted"
    assert ana.get(url).url == at("home", ours)


def test_the_next_round_shows_what_changed_since_the_last(office):
    ours = make.CommitteeFactory(cities=[make.CityFactory(name="Lerdo")])
    tie = sent_tie(city_a=ours.cities.get())
    make.ProposalFactory(tie=tie, committee=ours)
    ana = login("editor", ours)
    decide(office, tie, "changes_requested", "¿Es de amistad? Falta la fecha")
    url = at("tie-kind", ours, tie.pk)
    ana.post(url, filled(ana.get(url), kind="friendship_city"))
    url = at("tie-add-event", ours, tie.pk)
    ana.post(url, filled(ana.get(url), kind="signed", date="1969"))
    url = at("tie-send-again", ours, tie.pk)
    ana.post(url, filled(ana.get(url), reason="Sí"))
    since = [(one.label, one.before, one.after) for one in shown(office, tie).context["since"]]
    assert ("Kind", "Sister cities", "Friendship cities") in since
    assert [one for one in since if one[0] == "Event" and "added" in one[2]]
