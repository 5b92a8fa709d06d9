"""What the forms of the admin refuse, in whose words, and that nothing makes them stumble."""

import datetime

import pytest
import zeal
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees.models import City, CityName, Committee, OfficeTerm
from relationships.deriving import derive
from relationships.models import Donation, Exchange, Statement, Tie
from sistercities.models import User
from tests import factories
from tests.adminforms import filled
from tests.reviewing import decide

pytestmark = pytest.mark.django_db
WHY = {"change_reason": "Put right"}


@pytest.fixture
def office(client):
    """A browser of the national office, in English."""
    client.force_login(factories.UserFactory(staff=True))
    client.cookies["language"] = "en"
    return client


def add(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def change(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def refusals(response) -> list[str]:
    """All sentences on a page that was shown again, of the form and of the rows below."""
    assert response.status_code == 200
    said = [text for texts in response.context["adminform"].form.errors.values() for text in texts]
    for inline in response.context["inline_admin_formsets"]:
        said.extend(inline.formset.non_form_errors())
        said.extend(
            text for row in inline.formset.errors for texts in row.values() for text in texts
        )
    return said


def row(prefix: str, number: int, **fields) -> dict[str, object]:
    return {f"{prefix}-{number}-{name}": value for name, value in fields.items()}


def rows(prefix: str, *given: dict) -> dict[str, object]:
    sent = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": 0}
    for number, fields in enumerate(given):
        sent |= row(prefix, number, **fields)
    return sent


def test_the_constraints_of_a_tie_speak_beside_its_form(office):
    tie = factories.TieFactory()
    derive([tie.pk])
    sent = filled(office, add(Tie))
    pair = {"city_a": tie.city_a_id, "city_b": tie.city_b_id}
    assert refusals(office.post(add(Tie), sent | pair)) == ["These two cities already have a tie."]
    turned = {"city_a": tie.city_b_id, "city_b": tie.city_a_id}
    assert refusals(office.post(add(Tie), sent | turned)) == [
        "These two cities already have a tie."
    ]
    itself = {"city_a": tie.city_a_id, "city_b": tie.city_a_id}
    assert refusals(office.post(add(Tie), sent | itself)) == ["A city cannot be tied to itself."]
    sent = filled(office, change(tie)) | WHY | {"vitality_override": "emeritus"}
    assert refusals(office.post(change(tie), sent)) == [
        "Say why the office sets the vitality by hand."
    ]


@pytest.mark.parametrize("review", ["merged", "rejected", "draft"])
def test_the_form_of_what_exists_does_not_decide(office, review):
    tie = factories.TieFactory()
    sent = filled(office, change(tie)) | WHY | {"review": review}
    assert office.post(change(tie), sent).status_code == 302
    tie.refresh_from_db()
    assert tie.review == "published"


def test_nothing_is_born_merged(office):
    tie = factories.TieFactory.build(city_a=factories.CityFactory(), city_b=factories.CityFactory())
    pair = {"city_a": tie.city_a.pk, "city_b": tie.city_b.pk, "review": "merged"}
    assert len(refusals(office.post(add(Tie), filled(office, add(Tie)) | pair))) == 1


@pytest.mark.parametrize(
    ("language", "typed"),
    [("es", "14 de mayo de 1969"), ("en", "May 14, 1969"), ("en", "1969-05-14")],
)
def test_an_event_below_a_tie_is_dated_in_words_and_decides_its_axes(office, language, typed):
    office.cookies["language"] = language
    tie = factories.TieFactory()
    sent = filled(office, change(tie)) | WHY
    sent |= rows("events", {"kind": "signed", "date": typed, "tie": tie.pk})
    assert office.post(change(tie), sent).status_code == 302
    tie.refresh_from_db()
    assert (str(tie.since), tie.stage) == ("1969-05-14", "signed")


def test_two_answers_of_one_side_on_one_day_are_refused(office):
    tie = factories.TieFactory()
    answer = {"side": "a", "answer": "alive", "answered_on": "2026-03-01", "tie": tie.pk}
    sent = filled(office, change(tie)) | WHY | rows("confirmations", answer, answer)
    assert refusals(office.post(change(tie), sent)) == [
        "Please correct the duplicate data for side and answered_on, which must be unique.",
        "Please correct the duplicate values below.",
    ]
    assert tie.confirmations.count() == 0


def test_sides_are_called_by_the_names_of_the_cities(office):
    tie = factories.TieFactory(city_a__name="Gómez Palacio", city_b__name="South El Monte")
    page = office.get(add(Exchange), {"tie": tie.pk})
    choices = page.context["adminform"].form.fields
    assert [text for _value, text in choices["direction"].choices][:2] == [
        "From Gómez Palacio to South El Monte",
        "From South El Monte to Gómez Palacio",
    ]
    assert [text for value, text in choices["entered_by"].choices if value] == [
        "Gómez Palacio",
        "South El Monte",
    ]


@pytest.mark.parametrize("wanted", ["x", "-1", "9" * 40, "1.5", "½", ""])
def test_a_tie_that_is_none_in_the_address_is_no_fault(office, wanted):
    assert office.get(add(Exchange), {"tie": wanted}).status_code == 200


def test_the_constraints_of_an_exchange_speak_beside_its_form(office):
    tie = factories.TieFactory()
    sent = filled(office, add(Exchange)) | {"tie": tie.pk, "theme": "sports", "begins": "1992"}
    assert refusals(office.post(add(Exchange), sent)) == [
        "Write the title in Spanish or in English."
    ]
    sent["title_en"] = "A match"
    early, dear = {"ends": "1991"}, {"cost": "100"}
    assert refusals(office.post(add(Exchange), sent | early)) == [
        "An exchange cannot end before it began."
    ]
    assert refusals(office.post(add(Exchange), sent | dear)) == [
        "Say in which currency the cost is."
    ]
    assert office.post(add(Exchange), sent).status_code == 302
    assert Exchange.objects.get().slug == "1992-a-match"


def test_an_activity_has_a_title(office):
    year = factories.ProgrammeFactory()
    plan = {"title_es": "", "title_en": "", "theme": "sports", "programme": year.pk}
    sent = filled(office, change(year)) | WHY
    untitled = office.post(change(year), sent | rows("activities", plan))
    assert refusals(untitled) == ["Write the title in Spanish or in English."]
    titled = sent | rows("activities", plan | {"title_en": "A match"})
    assert office.post(change(year), titled).status_code == 302
    assert str(year.activities.get()) == "A match"


def test_an_address_of_another_page_is_refused(office):
    first, second = factories.ExchangeFactory.create_batch(2)
    first_slug = first.slug
    first.slug = "moved"
    first.save()
    sent = filled(office, change(second)) | WHY | {"slug": first_slug}
    assert refusals(office.post(change(second), sent)) == [
        "This address already belongs to another page."
    ]


def test_a_donation_names_amount_currency_and_an_exchange_of_its_tie(office):
    tie = factories.TieFactory()
    sent = filled(office, add(Donation))
    sent |= {"tie": tie.pk, "kind": "money", "given_by": "a", "date": "1985"}
    assert refusals(office.post(add(Donation), sent)) == ["Say how much money was given."]
    refused = refusals(office.post(add(Donation), sent | {"amount": "100", "currency": "ABC"}))
    assert len(refused) == 1 and "“ABC” is not the code of a currency." in refused[0]
    other = factories.ExchangeFactory()
    sent |= {"amount": "100", "currency": "USD", "exchange": other.pk}
    assert refusals(office.post(add(Donation), sent)) == ["This exchange belongs to another tie."]


def test_a_name_is_kept_once_however_it_is_written(office):
    sent = filled(office, add(City)) | {"name": "Gómez Palacio", "country": "MX"}
    name = {"language": "", "kind": "alias"}
    twice = rows("names", name | {"name": "Gomez P."}, name | {"name": "GÓMEZ P"})
    assert refusals(office.post(add(City), sent | twice)) == ["The city already has this name."]
    own = rows("names", name | {"name": "gomez palacio"})
    assert refusals(office.post(add(City), sent | own)) == ["The city already has this name."]
    assert office.post(add(City), sent).status_code == 302
    city = City.objects.get()
    assert list(city.names.values_list("name", flat=True)) == ["Gómez Palacio"]
    sent = filled(office, change(city)) | WHY | {"names-0-DELETE": "on"}
    assert refusals(office.post(change(city), sent)) == [
        "The city's own name stays: rename the city instead."
    ]
    assert CityName.objects.count() == 1


def test_a_renamed_city_is_found_by_both_names_and_names_its_ties_anew(office):
    tie = factories.TieFactory(city_a__name="Villa Vieja", city_b__name="Salem")
    derive([tie.pk])
    city = tie.city_a
    sent = filled(office, change(city)) | WHY | {"name": "Ciudad Nueva"}
    assert office.post(change(city), sent).status_code == 302
    tie.refresh_from_db()
    assert tie.sort_name == "ciudad nueva salem"
    for typed in ("villa vieja", "ciudad nueva"):
        found = office.get(reverse("admin:committees_city_changelist"), {"q": typed}).context["cl"]
        assert list(found.result_list) == [city]


def test_two_holders_of_one_office_in_one_form_are_refused(office):
    committee = factories.CommitteeFactory()
    chair = factories.OfficeFactory(is_exclusive=True, name_en="Chair")
    first, second = factories.PersonFactory.create_batch(2)
    term = {"office": chair.pk, "committee": committee.pk}
    both = rows(
        "terms",
        term | {"person": first.pk, "begins": "2020-01-01", "ends": ""},
        term | {"person": second.pk, "begins": "2024-01-01", "ends": ""},
    )
    sent = filled(office, change(committee)) | WHY | both
    with zeal.zeal_ignore():  # Django's own formset asks for each row
        response = office.post(change(committee), sent)
    assert refusals(response) == ["Chair: two people hold this office on some of these days."]
    assert OfficeTerm.objects.count() == 0


def test_what_was_said_is_kept_word_for_word(office):
    said = factories.StatementFactory(source="A list", verbatim={"town": "Gomes Palacio"})
    sent = filled(office, change(said)) | WHY | {"source": "Mine", "said_by": "a"}
    assert office.post(change(said), sent).status_code == 302
    said.refresh_from_db()
    assert (said.source, said.verbatim) == ("A list", {"town": "Gomes Palacio"})
    assert Tie.objects.get(pk=said.tie_id).reciprocity == "one_sided_a"


def test_the_same_statement_taken_in_twice_is_told_in_words(office):
    tie = factories.TieFactory()
    sent = filled(office, add(Statement)) | {"tie": tie.pk, "source": "A list", "said_by": "a"}
    assert office.post(add(Statement), sent).status_code == 302
    response = office.post(add(Statement), sent, follow=True)
    assert Statement.objects.count() == 1
    assert [message.level_tag for message in response.context["messages"]][-1:] == ["error"]


def test_a_fault_that_only_the_database_sees_is_told_in_words(office, monkeypatch):
    """Two people save at once: the form saw nothing, the constraint does."""
    tie = factories.TieFactory()
    monkeypatch.setattr(Tie, "validate_constraints", lambda self, exclude=None: None)
    sent = filled(office, add(Tie)) | {"city_a": tie.city_a_id, "city_b": tie.city_a_id}
    response = office.post(add(Tie), sent, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "A city cannot be tied to itself."
    ]
    assert Tie.objects.count() == 1


def test_only_those_with_all_rights_hand_out_rights(client):
    from django.contrib.auth.models import Permission

    limited = factories.UserFactory(is_staff=True)
    limited.user_permissions.set(
        Permission.objects.filter(codename__in=["change_user", "view_user"])
    )
    boss = factories.UserFactory(staff=True)
    client.force_login(limited)
    sent = filled(client, change(limited)) | WHY | {"is_superuser": "on"}
    assert client.post(change(limited), sent).status_code == 302
    limited.refresh_from_db()
    assert limited.is_superuser is False
    assert client.post(change(boss), filled(client, change(boss)) | WHY).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[boss.pk])
    assert client.post(password, {"password1": "x", "password2": "x"}).status_code == 403


def test_a_new_login_is_made_by_e_mail(office):
    sent = filled(office, add(User)) | {
        **{"email": "ana@example.org", "name": "Ana", "usable_password": "true"},
        **{"password1": "a rather long secret", "password2": "a rather long secret"},
    }
    assert office.post(add(User), sent).status_code == 302
    assert User.objects.get(email="ana@example.org").check_password("a rather long secret") is True


def test_a_number_of_rows_makes_none(office):
    """Only rows that were sent are read and shown again, whatever their number is said to be."""
    tie = factories.TieFactory()
    sent = filled(office, change(tie)) | {"events-TOTAL_FORMS": "199"}
    page = office.post(change(tie), sent | row("events", 0, kind="signed", date="1969", id=""))
    events, *_others = page.context["inline_admin_formsets"]
    assert page.status_code == 200 and 1 <= len(events.formset.forms) < 10


odd_text = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["\0", "9" * 25, "-1", "1e400", "NaN", "Infinity", "٣", "'; --", "\ud83d\ude00"]
    ),
    st.sampled_from(
        ["1969", "May 1969", "39 July 1958", "c. 1969", "0000", "9999-12-31", "29/2/1900"]
    ),
    st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31)).map(str),
    st.text(alphabet="x", min_size=500, max_size=5000),
    st.integers().map(str),
    st.sampled_from(["a", "b", "signed", "ended", "alive", "published", "merged", "sports", "on"]),
).map(lambda text: text.encode("utf-8", "replace").decode())


@pytest.mark.parametrize("model", [Tie, Exchange])
def test_nothing_that_is_sent_makes_a_form_stumble(office, model):
    tie = factories.TieFactory()
    cities = [tie.city_a_id, tie.city_b_id, *(c.pk for c in factories.CityFactory.create_batch(3))]
    blank = filled(office, add(model))
    good = {"theme": "sports", "title_es": "Partido", "begins": "1990", "kind": "sister_city"}
    below = [
        f"{prefix}-0-{name}"
        for prefix, names in {
            "events": ("kind", "date", "date_text", "place", "id", "tie", "DELETE"),
            "evidence": ("kind", "title", "url", "date", "is_public"),
            "confirmations": ("side", "answer", "answered_on", "answered_as"),
        }.items()
        for name in names
    ]
    counts = [f"{prefix}-TOTAL_FORMS" for prefix in ("events", "evidence", "confirmations")]
    names = [*blank, *good, *(below if model is Tie else ())]
    office.raise_request_exception = True

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.dictionaries(st.sampled_from(names), odd_text, max_size=8),
        st.tuples(st.sampled_from(cities), st.sampled_from(cities)),
        st.booleans(),
    )
    def send(odd, pair, with_rows):
        sent = blank | good | {"tie": tie.pk, "city_a": pair[0], "city_b": pair[1]} | odd
        if with_rows and model is Tie:
            sent |= dict.fromkeys(counts, "1")
        assert office.post(add(model), sent).status_code in (200, 302)

    send()


@pytest.mark.parametrize("name", ["city", "tie", "person", "exchange"])
def test_nothing_in_an_address_makes_a_list_stumble(office, name):
    factories.ExchangeFactory()
    app = "committees" if name in ("city", "person") else "relationships"
    place = reverse(f"admin:{app}_{name}_changelist")
    keys = st.sampled_from(
        ["q", "p", "o", "all", "e", "review", "kind__exact", "country", "_to_field"]
    )
    keys |= st.sampled_from(
        ["is_listed__exact", "pk__in", "city_a__name", "tie__id__exact", "_popup"]
    )

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(keys, odd_text, max_size=4))
    def ask(query):
        assert office.get(place, query).status_code in (200, 302, 400)

    ask()


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "x", "%00", "1.5", "_5F"])
def test_a_number_that_is_nobodys_leads_back(office, number):
    for name in ("committees_city", "relationships_tie"):
        place = reverse(f"admin:{name}_changelist")
        assert office.get(f"{place}{number}/change/").status_code in (302, 404)
        assert office.get(f"{place}{number}/history/").status_code in (302, 404)
        assert office.get(f"{place}{number}/history/{number}/").status_code in (302, 404)


def test_a_committee_keeps_its_number_of_reviews(office):
    committee = factories.CommitteeFactory(review="submitted")
    decide(office, committee, "rejected")
    stored = Committee.objects.get(pk=committee.pk)
    assert (stored.review, stored.reviewed_by is None, stored.reviewed_at is None) == (
        "rejected",
        False,
        False,
    )
