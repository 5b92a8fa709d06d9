"""A long form in steps: kept from the first Continue, shared, checked, sent once."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from relationships.models import Donation
from sistercities.models import Attachment, Draft
from tests import factories
from tests.sending import filled, form_of
from tests.sistercities.editing.test_once import again
from tests.sistercities.test_uploads import picture
from tests.threads import at_once

pytestmark = pytest.mark.django_db
START = "/en/give/"
WHO = {"giver": "The Lions", "kind": "goods", "date": "May 1992"}


@pytest.fixture(autouse=True)
def _place(settings, tmp_path, db):
    settings.MEDIA_ROOT = str(tmp_path)
    factories.TieFactory()


def go(client: Client, url: str, **answers):
    return client.post(url, filled(client.get(url), **answers))


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def draft(ana) -> Draft:
    go(ana, START, **WHO)
    return Draft.objects.get()


def at(draft: Draft, step: str) -> str:
    return f"/en/give/{draft.pk}/{step}/"


def test_the_way_from_the_first_step_to_the_act(ana):
    first = go(ana, START, **WHO)
    draft = Draft.objects.get()
    assert (draft.owner, draft.kind, draft.title) == (7, "gift", "Gift of The Lions")
    assert (draft.changed_by, first.url) == (ana.user, at(draft, "amount"))
    second = go(ana, first.url, amount="250", is_estimate="on")
    assert second.url == at(draft, "check")
    page = ana.get(second.url)
    for answer in ("The Lions", "Goods", "May 1992", "250", "Yes"):
        assert answer in text(page)
    assert f'href="{at(draft, "who")}?from=check#id_giver"' in text(page)
    assert "Send to the association" in text(page)
    last = ana.post(second.url, filled(page))
    row = Donation.objects.get()
    assert last.url == f"/en/donation/{row.pk}/"
    assert (row.amount, row.description_en, str(row.date)) == (250, "The Lions", "1992-05")
    assert Draft.objects.count() == 0
    assert ana.post(second.url, filled(page)).url == last.url
    assert Donation.objects.count() == 1
    assert ana.get(second.url).status_code == 404


def test_a_change_leads_back_to_the_check_page(ana, draft):
    go(ana, at(draft, "amount"), amount="5")
    url = at(draft, "who") + "?from=check"
    page = ana.get(url)
    assert form_of(page)["giver"] == ["The Lions"]
    assert f'<a href="{at(draft, "check")}">Back</a>' in text(page)
    response = ana.post(url, filled(page, giver="The Rotary"))
    assert response.url == at(draft, "check")
    assert "The Rotary" in text(ana.get(response.url))


def test_save_and_come_back_later_keeps_what_is_not_yet_right(ana):
    response = go(ana, START, giver="Somebody", date="thirtieth of", _later="1")
    assert response.url == "/en/done/"
    assert "You find it among the drafts." in text(ana.get("/en/done/"))
    draft = Draft.objects.get()
    assert form_of(ana.get(at(draft, "who")))["date"] == ["thirtieth of"]
    assert "There is a problem" not in text(ana.get(at(draft, "who")))
    assert "Gift of Somebody" in text(ana.get(START))


def test_continue_keeps_the_typed_text_on_the_page_when_it_is_wrong(ana):
    response = go(ana, START, giver="Somebody", date="nonsense")
    assert "<title>Error: Who gave" in text(response)
    assert form_of(response)["date"] == ["nonsense"]


def test_a_refused_continue_is_kept_for_who_closes_the_window(ana):
    go(ana, START, giver="Somebody", date="nonsense")
    draft = Draft.objects.get()
    assert (draft.title, draft.changed_by) == ("Gift of Somebody", ana.user)
    assert "Gift of Somebody" in text(ana.get(START))
    page = ana.get(at(draft, "who"))
    assert (form_of(page)["giver"], form_of(page)["date"]) == (["Somebody"], ["nonsense"])
    assert "Not finished yet." in text(ana.get(at(draft, "check")))
    go(ana, at(draft, "check"))
    assert (Donation.objects.count(), Draft.objects.count()) == (0, 1)


def test_a_refused_continue_goes_on_with_the_same_draft(ana):
    response = go(ana, START, giver="Somebody", date="nonsense")
    draft = Draft.objects.get()
    assert f'action="{at(draft, "who")}"' in text(response)
    again = ana.post(at(draft, "who"), filled(response, date="still nonsense"))
    assert "There is a problem" in text(again) and form_of(again)["date"] == ["still nonsense"]
    same = ana.post(at(draft, "who"), filled(again))
    assert "There is a problem" in text(same)
    right = ana.post(at(draft, "who"), filled(same, kind="goods", date="1992"))
    assert right.url == at(draft, "amount")
    draft.refresh_from_db()
    assert draft.data["who"] == {"giver": ["Somebody"], "kind": ["goods"], "date": ["1992"]}
    assert Draft.objects.count() == 1


def test_a_refused_continue_pressed_twice_makes_one_draft_and_shows_what_is_wrong(ana):
    page = ana.get(START)
    sent = filled(page, giver="Somebody", date="nonsense")
    ana.post(START, sent)
    second = ana.post(START, sent)
    assert Draft.objects.count() == 1 and second.status_code == 302
    shown = ana.get(second.url)
    assert "<title>Error: Who gave" in text(shown)
    assert form_of(shown)["date"] == ["nonsense"]
    assert ana.post(second.url, filled(shown, **WHO)).status_code == 302


def test_who_goes_back_and_mends_the_first_page_goes_on_with_the_same_draft(ana):
    page = ana.get(START)
    ana.post(START, filled(page, giver="Somebody", date="nonsense"))
    worse = ana.post(START, filled(page, giver="Somebody else", date="still nonsense"))
    assert worse.status_code == 200 and form_of(worse)["giver"] == ["Somebody else"]
    assert Draft.objects.get().data["who"]["giver"] == ["Somebody else"]
    right = ana.post(START, filled(page, **WHO))
    draft = Draft.objects.get()
    assert right.url == at(draft, "amount") and Draft.objects.count() == 1


def test_a_colleague_who_mended_the_draft_meanwhile_is_not_overwritten(ana, ben):
    page = ana.get(START)
    ana.post(START, filled(page, giver="Somebody", date="nonsense"))
    draft = Draft.objects.get()
    go(ben, at(draft, "who"), giver="Of Ben", kind="goods", date="1993")
    assert ana.post(START, filled(page, **WHO)).status_code == 409
    draft.refresh_from_db()
    assert draft.data["who"]["giver"] == ["Of Ben"]


def test_what_others_wrote_meanwhile_is_not_overwritten_by_a_refused_continue(ana, ben, draft):
    bens = ben.get(at(draft, "who"))
    go(ana, at(draft, "who"), giver="Of Ana")
    response = ben.post(at(draft, "who"), filled(bens, giver="Of Ben", date="nonsense"))
    assert response.status_code == 409
    draft.refresh_from_db()
    assert draft.data["who"]["giver"] == ["Of Ana"]


def test_an_empty_page_makes_no_draft(ana):
    page = ana.get(START)
    assert "There is a problem" in text(ana.post(START, filled(page, giver="", kind="", date="")))
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("button", [{}, {"_later": "1"}])
def test_what_no_database_keeps_is_left_out(ana, button):
    go(ana, START, giver="A\0B" * 50, date="no\0nsense", **button)
    assert Draft.objects.get().data["who"]["date"] == ["nonsense"]


def test_two_people_see_the_same_draft_and_who_touched_it(ana, ben, draft):
    Draft.objects.update(changed_at=timezone.now() - datetime.timedelta(minutes=4))
    page = ben.get(at(draft, "who"))
    assert "Ana changed it 4 minutes ago." in text(page)
    assert "Ana changed it" not in text(ana.get(at(draft, "who")))
    assert ana.user.email not in text(page)


def test_two_who_change_the_same_step_choose(ana, ben, draft):
    url = at(draft, "who")
    bens = ben.get(url)
    go(ana, url, giver="Of Ana", date="1993")
    response = ben.post(url, filled(bens, giver="Of Ben"))
    assert response.status_code == 409
    assert "Ana saved changes while you were writing." in text(response)
    assert ben.post(url, filled(response)).url == at(draft, "amount")
    draft.refresh_from_db()
    assert draft.data["who"] == {"giver": ["Of Ben"], "kind": ["goods"], "date": ["1993"]}


def test_two_at_different_steps_do_not_meet(ana, ben, draft):
    bens = ben.get(at(draft, "amount"))
    go(ana, at(draft, "who"), giver="Of Ana")
    assert ben.post(at(draft, "amount"), filled(bens, amount="3")).status_code == 302
    draft.refresh_from_db()
    assert (draft.data["who"]["giver"], draft.data["amount"]["amount"]) == (["Of Ana"], ["3"])


def test_nothing_is_sent_that_changed_since_it_was_checked(ana, ben, draft):
    go(ana, at(draft, "amount"), amount="3")
    page = ana.get(at(draft, "check"))
    go(ben, at(draft, "amount"), amount="3000")
    response = ana.post(at(draft, "check"), filled(page))
    assert "The answers changed in the meantime." in text(response)
    assert "3000" in text(response) and "Ben changed it" in text(response)
    assert Donation.objects.count() == 0
    assert ana.post(at(draft, "check"), filled(response)).status_code == 302
    assert Donation.objects.get().amount == 3000


def test_what_is_missing_is_named_with_a_link_and_nothing_is_sent(ana, draft):
    page = ana.get(at(draft, "check"))
    assert "Not finished yet." in text(page) and "There is a problem" not in text(page)
    response = ana.post(at(draft, "check"), filled(page))
    assert "<title>Error: Check your answers" in text(response)
    link = f'<a href="{at(draft, "amount")}?from=check">Finish “How much”</a>'
    assert f"<li>{link}</li>" in text(response)
    assert (Donation.objects.count(), Draft.objects.count()) == (0, 1)


def test_a_refusal_of_the_act_stands_above_the_answers(ana):
    go(ana, START, **WHO | {"giver": "Nobody"})
    draft = Draft.objects.get()
    go(ana, at(draft, "amount"), amount="3")
    assert "Nobody gives nothing." in text(go(ana, at(draft, "check")))
    assert Draft.objects.count() == 1


def test_a_photo_waits_with_the_draft(ana, draft):
    photo = SimpleUploadedFile("plaza.jpg", picture())
    response = go(ana, at(draft, "amount"), amount="x", photo=photo)
    assert "Kept: plaza.jpg" in text(response)
    ana.post(at(draft, "amount"), filled(response, amount="9"))
    assert Attachment.objects.get().draft == draft
    assert "plaza.jpg" in text(ana.get(at(draft, "check")))
    assert "Kept: plaza.jpg" in text(ana.get(at(draft, "amount")))
    go(ana, at(draft, "check"))
    kept = Attachment.objects.get()
    assert (kept.draft, kept.kept_at is not None) == (None, True)


def test_drafts_of_others_do_not_exist(ana, draft):
    stranger = Client()
    stranger.force_login(factories.UserFactory(name="Eve"))
    page = filled(ana.get(at(draft, "who")), giver="Eve")
    for step in ("who", "amount", "check"):
        assert stranger.get(at(draft, step)).status_code == 404
        assert stranger.post(at(draft, step), page).status_code == 404
    assert "Gift of" not in text(stranger.get(START))
    assert ana.get(at(draft, "unknown")).status_code == 404
    assert ana.get(f"/en/give/{draft.pk + 1}/who/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_draft_sent_by_many_at_once_acts_once(ana, draft):
    go(ana, at(draft, "amount"), amount="3")
    sent = filled(ana.get(at(draft, "check")))
    clients = [again(ana) for _n in range(12)]
    results = at_once(12, lambda n: clients[n].post(at(draft, "check"), sent).url)
    assert results == [f"/en/donation/{Donation.objects.get().pk}/"] * 12


def test_drafts_are_purged_after_a_year(ana, draft):
    assert Draft.purge() == 0
    later = timezone.now() + datetime.timedelta(days=366)
    assert (Draft.purge(later), Draft.purge(later)) == (1, 0)
