"""Two people, one object: both values of each field to choose from; nothing typed is lost."""

import html5lib
import pytest

from sistercities.partialdates import PartialDate
from tests import factories
from tests.sending import filled, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return factories.CommitteeFactory(name="Viejo", about_en="Old text", founded=PartialDate(1969))


@pytest.fixture
def url(committee) -> str:
    return f"/en/committee/{committee.pk}/"


def choices(response) -> dict[str, tuple[str, str, str]]:
    """By input name: what I wrote, what is saved, which of them is proposed."""
    page = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    words = {
        label.get("for"): " ".join("".join(label.itertext()).split()).partition(": ")[2]
        for label in page.iter("label")
    }
    radios = [each for each in page.iter("input") if each.get("type") == "radio"]
    found = {}
    for radio in radios:
        name = radio.get("name").removeprefix("keep-")
        both = found.setdefault(name, ["", "", ""])
        both[radio.get("value") == "theirs"] = words[radio.get("id")]
        if radio.get("checked") is not None:
            both[2] = radio.get("value")
    return {name: tuple(both) for name, both in found.items()}


def test_the_second_of_two_chooses_between_both_values(ana, ben, committee, url):
    anas, bens = ana.get(url), ben.get(url)
    ana.post(url, filled(anas, name="Of Ana", founded="May 1970", about_en="Ana's text"))
    response = ben.post(url, filled(bens, name="Of Ben", about_en="Old text", colour="blue"))
    html = response.content.decode()
    assert response.status_code == 409
    assert "Ana saved changes while you were writing. Choose what to keep." in " ".join(
        html.split()
    )
    assert choices(response) == {
        "name": ("Of Ben", "Of Ana", "mine"),
        "founded": ("1969", "May 1970", "theirs"),
        "about_en": ("Old text", "Ana's text", "theirs"),
    }
    committee.refresh_from_db()
    assert (committee.name, committee.colour) == ("Of Ana", "green")
    assert ben.post(url, filled(response)).status_code == 302
    committee.refresh_from_db()
    assert (committee.name, str(committee.founded)) == ("Of Ben", "1970-05")
    assert (committee.about_en, committee.colour) == ("Ana's text", "blue")
    assert committee.history.first().history_user == ben.user


def test_what_is_chosen_is_saved(ana, ben, committee, url):
    anas, bens = ana.get(url), ben.get(url)
    ana.post(url, filled(anas, name="Of Ana", founded="1970"))
    response = ben.post(url, filled(bens, name="Of Ben"))
    chosen = {"keep-name": "theirs", "keep-founded": "mine"}
    assert ben.post(url, filled(response, **chosen)).status_code == 302
    committee.refresh_from_db()
    assert (committee.name, str(committee.founded)) == ("Of Ana", "1969")


def test_a_third_editor_meets_the_second(ana, ben, committee, url):
    third = ana.get(url)
    bens = ben.get(url)
    ana.post(url, filled(ana.get(url), name="First"))
    asked = ben.post(url, filled(bens, name="Second"))
    ana.post(url, filled(ana.get(url), name="First again"))
    again = ben.post(url, filled(asked))
    assert again.status_code == 409
    assert choices(again) == {"name": ("Second", "First again", "mine")}
    assert ben.post(url, filled(again)).status_code == 302
    response = ana.post(url, filled(third, name="Third"))
    assert choices(response) == {"name": ("Third", "Second", "mine")}
    assert "Ben saved changes" in response.content.decode()


def test_changes_of_other_fields_stand_in_no_ones_way(ana, ben, committee, url):
    bens = ben.get(url)
    committee.meetings = "Every Tuesday"
    committee.save()
    assert ben.post(url, filled(bens, name="Of Ben")).status_code == 302
    committee.refresh_from_db()
    assert (committee.name, committee.meetings) == ("Of Ben", "Every Tuesday")


def test_two_who_write_the_same_do_not_disagree(ana, ben, committee, url):
    anas, bens = ana.get(url), ben.get(url)
    ana.post(url, filled(anas, founded="May 1970", about_en="One\r\ntwo"))
    assert ben.post(url, filled(bens, founded="1970-05", about_en="One\ntwo ")).status_code == 302
    assert committee.history.count() == 2


def test_a_number_that_both_changed_is_asked_about_even_when_it_is_the_same(ana, ben):
    row = factories.DonationFactory(amount=5)
    url = f"/en/donation/{row.pk}/"
    bens = ben.get(url)
    ana.post(url, filled(ana.get(url), amount="6"))
    assert choices(ben.post(url, filled(bens, amount="6"))) == {"amount": ("6", "6.00", "mine")}
    assert ben.post(url, filled(bens, amount="5.00", currency="MXN")).status_code == 409


def test_an_error_after_choosing_keeps_the_choice(ana, ben, committee, url):
    anas, bens = ana.get(url), ben.get(url)
    ana.post(url, filled(anas, founded="1980", name="Of Ana"))
    asked = ben.post(url, filled(bens, dissolved="1975", name="Of Ben"))
    refused = ben.post(url, filled(asked, **{"keep-founded": "theirs", "keep-name": "mine"}))
    assert "A committee cannot end before it began." in refused.content.decode()
    form = form_of(refused)
    assert (form["founded"], form["dissolved"], form["name"]) == (["1980"], ["1975"], ["Of Ben"])
    assert ben.post(url, filled(refused, dissolved="1985")).status_code == 302
    committee.refresh_from_db()
    assert (str(committee.founded), str(committee.dissolved)) == ("1980", "1985")


def test_all_kinds_of_fields_can_be_chosen(ana, ben):
    other = factories.TieFactory()
    row = factories.DonationFactory(acknowledged_on="2024-02-01")
    url = f"/en/donation/{row.pk}/"
    bens = ben.get(url)
    news = {
        "tie": other.pk,
        "kind": "goods",
        "given_by": "b",
        "date": "about 1993",
        "amount": "3.50",
        "acknowledged_on": "",
        "is_demo": "on",
    }
    ana.post(url, filled(ana.get(url), **news))
    asked = ben.post(url, filled(bens, currency="MXN"))
    assert choices(asked) == {
        "tie": (str(row.tie), str(other), "theirs"),
        "kind": ("Money", "Goods", "theirs"),
        "given_by": ("First city", "Second city", "theirs"),
        "date": ("April 1992", "about 1993", "theirs"),
        "amount": ("100.00", "3.50", "theirs"),
        "acknowledged_on": ("February 1, 2024", "nothing", "theirs"),
        "is_demo": ("No", "Yes", "theirs"),
    }
    assert ben.post(url, filled(asked)).status_code == 302
    row.refresh_from_db()
    assert (row.tie, row.kind, row.given_by, row.currency) == (other, "goods", "b", "MXN")
    assert (str(row.date), row.amount, row.is_demo) == ("1993~", 3.5, True)
    assert row.acknowledged_on is None


def test_without_a_true_version_nothing_is_overwritten_unseen(ana, committee, url):
    factories.CommitteeFactory()
    page = ana.get(url)
    for version in (None, "", "forged", "forged:1:2"):
        response = ana.post(url, filled(page, name="New", _version=version))
        assert choices(response) == {"name": ("New", "Viejo", "mine")}
    committee.refresh_from_db()
    assert committee.name == "Viejo"


def test_the_version_of_another_object_does_not_serve(ana, committee, url):
    twin = factories.CommitteeFactory(name="Viejo", about_en="Old text")
    other = form_of(ana.get(f"/en/committee/{twin.pk}/"))["_version"]
    response = ana.post(url, filled(ana.get(url), name="New", _version=other))
    assert response.status_code == 409


def test_my_own_other_window_is_named_as_mine_and_no_address_is_shown(ana, ben, committee, url):
    one, two, bens = ana.get(url), ana.get(url), ben.get(url)
    ana.user.name = ""
    ana.user.save()
    ana.post(url, filled(one, name="One"))
    assert (
        "You saved changes in another window"
        in ana.post(url, filled(two, name="Two")).content.decode()
    )
    response = ben.post(url, filled(bens, name="Three")).content.decode()
    assert "Somebody saved changes" in response
    assert ana.user.email not in response


def test_what_was_typed_is_carried_as_text_only(ana, ben, committee, url):
    bens = ben.get(url)
    ana.post(url, filled(ana.get(url), name='"><b>Ana'))
    html = ben.post(url, filled(bens, name="<script>1", unknown='"><i>')).content.decode()
    assert "<b>Ana" not in html and "<script>1" not in html and '"><i>' not in html
