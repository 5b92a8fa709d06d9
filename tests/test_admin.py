"""The national office's desk: every page opens, few queries, no change without a reason."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from committees.invitations import invite
from committees.models import City, Committee, CommitteeCity, Office, Person, Region
from relationships.deriving import derive
from relationships.models import Tie, TieEdit, TieEvent
from sistercities.admin import ReadOnlyAdmin
from sistercities.models import RegistryVersion, Reviewed, User
from sistercities.models.base import WrongState
from tests import (
    advicefactories,
    duesfactories,
    factories,
    importfactories,
    mailfactories,
    mergefactories,
    page_factories,
    settingfactories,
)
from tests.adminforms import filled

MADE = {
    "city": factories.CityFactory,
    "region": factories.RegionFactory,
    "committee": factories.CommitteeFactory,
    "person": factories.PersonFactory,
    "membership": factories.MembershipFactory,
    "office": factories.OfficeFactory,
    "officeterm": factories.OfficeTermFactory,
    "tie": factories.TieFactory,
    "tiecommittee": factories.TieCommitteeFactory,
    "tieevent": factories.TieEventFactory,
    "proposal": factories.ProposalFactory,
    "tieedit": factories.TieEditFactory,
    "errorreport": factories.ErrorReportFactory,
    "evidence": factories.EvidenceFactory,
    "statement": factories.StatementFactory,
    "confirmation": factories.ConfirmationFactory,
    "exchange": factories.ExchangeFactory,
    "donation": factories.DonationFactory,
    "programme": factories.ProgrammeFactory,
    "importbatch": factories.ImportBatchFactory,
    "importrow": factories.ImportRowFactory,
    "user": factories.UserFactory,
    "inquiry": mailfactories.InquiryFactory,
    "sidecontact": mailfactories.SideContactFactory,
    "correction": mailfactories.CorrectionFactory,
    "outgoingmail": mailfactories.OutgoingMailFactory,
    "mailing": mailfactories.MailingFactory,
    "objection": factories.ObjectionFactory,
    "news": page_factories.NewsFactory,
    "photo": page_factories.PhotoFactory,
    "document": page_factories.DocumentFactory,
    "meeting": page_factories.MeetingFactory,
    "sistertext": page_factories.SisterTextFactory,
    "guide": advicefactories.GuideFactory,
    "advicerequest": advicefactories.AdviceRequestFactory,
    **duesfactories.MADE,
    **mergefactories.MADE,
    "convention": page_factories.ConventionFactory,
    "registration": page_factories.RegistrationFactory,
}
OURS = ("sistercities", "committees", "relationships")
MODELS = sorted(
    (model for model in admin.site._registry if model._meta.app_label in OURS),
    key=lambda model: model._meta.label,
)
WRITABLE = [model for model in MODELS if not isinstance(admin.site._registry[model], ReadOnlyAdmin)]
FROM_THE_DESK = {"photo", "document", "advicerequest", "dues", "tieedit"}
"""They come in at a committee's desk only, with its consent; dues by charging a year."""
WITH_HISTORY = [model for model in WRITABLE if model not in (User, TieEdit)]
MOST_QUERIES = 11

pytestmark = pytest.mark.django_db


def an_invitation():
    """Somebody invited to a desk."""
    return invite(factories.PersonFactory(), factories.CommitteeFactory(), factories.UserFactory())


MADE["invitation"] = an_invitation
MADE |= settingfactories.MADE | importfactories.MADE


def page(model, name: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def make(model):
    """One row with all that the admin may show beside it."""
    if model._meta.model_name == "address":
        factories.CityFactory()
        return model.objects.latest("pk")
    return MADE[model._meta.model_name]()


def by_label(model) -> str:
    return model._meta.model_name


@pytest.fixture(autouse=True)
def _files_of_the_test_only(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def staff():
    return factories.UserFactory(staff=True)


@pytest.fixture
def office(client, staff):
    """A browser in which somebody of the national office has logged in."""
    client.force_login(staff)
    return client


def test_every_object_of_the_registry_has_a_page():
    below = {"cityname", "committeecity", "activity", "consent", "guidefile", "advicemessage"}
    kept = {"cacheentry", "tally", "searchname", "searchtail", "registryversion"}
    kept |= {"knock", "mailrefusal", "usedlink"}  # fingerprints
    kept |= {"message", "thread"}  # between a visitor and a committee
    below |= {"programmeitem", "difference", "learntid"}
    kept |= {"credentials", "credential"}  # on a page of the convention
    kept |= {"attachment", "draft", "formreceipt"}  # what is being written
    kept |= {
        "joinrequest",
        "memberimport",
        "memberimportrow",
    }  # told the desk only
    from django.apps import apps

    ours = {
        model._meta.model_name
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if not model._meta.model_name.startswith("historical")
    }
    assert ours - {model._meta.model_name for model in MODELS} == below | kept


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_a_list_costs_few_queries_and_as_many_with_three_rows_as_with_one(
    office, model, django_assert_max_num_queries
):
    make(model)
    with django_assert_max_num_queries(MOST_QUERIES) as one:
        assert office.get(page(model, "changelist")).status_code == 200
    make(model)
    make(model)
    with django_assert_max_num_queries(MOST_QUERIES) as three:
        assert office.get(page(model, "changelist")).status_code == 200
    assert len(three) == len(one)


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_a_search_costs_few_queries(office, model, django_assert_max_num_queries):
    make(model)
    with django_assert_max_num_queries(MOST_QUERIES):
        response = office.get(page(model, "changelist"), {"q": "gomez palacio, mx"})
    assert response.status_code == 200


@pytest.mark.parametrize("model", WRITABLE, ids=by_label)
def test_a_new_one_can_be_entered_but_for_what_comes_in_at_a_desk_only(office, model):
    wanted = 403 if model._meta.model_name in FROM_THE_DESK else 200
    assert office.get(page(model, "add")).status_code == wanted


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_one_can_be_opened_and_its_history_read(office, model):
    row = make(model)
    assert office.get(page(model, "change", row.pk)).status_code == 200
    assert office.get(page(model, "history", row.pk)).status_code == 200


@pytest.mark.parametrize("model", WITH_HISTORY, ids=by_label)
def test_a_change_without_a_reason_is_refused(office, model):
    row = make(model)
    before = row.history.count()
    response = office.post(
        page(model, "change", row.pk), filled(office, page(model, "change", row.pk))
    )
    assert list(response.context["adminform"].form.errors) == ["change_reason"]
    assert row.history.count() == before


@pytest.mark.parametrize("model", WITH_HISTORY, ids=by_label)
def test_a_change_with_a_reason_is_kept_with_who_and_in_which_request(office, staff, model):
    row = make(model)
    url = page(model, "change", row.pk)
    response = office.post(url, filled(office, url) | {"change_reason": "Letter of 3 May"})
    assert response.status_code == 302
    last = row.history.latest()
    assert last.history_change_reason == "Letter of 3 May"
    assert last.history_user == staff
    assert last.history_request_id == response.headers["X-Request-ID"]
    assert LogEntry.objects.get().change_message.startswith("Letter of 3 May · ")


def test_the_history_says_what_changed_in_words_and_only_that(office):
    office.cookies["language"] = "en"
    event = factories.TieEventFactory(kind="contact", date=None, note_en=None)
    url = page(TieEvent, "change", event.pk)
    change = {"kind": "signed", "date": "14 May 1969", "note_es": "Con banda", "change_reason": "x"}
    assert office.post(url, filled(office, url) | change).status_code == 302
    newest = office.get(page(TieEvent, "history", event.pk)).context["page_obj"][0]
    assert [
        (made["field"], str(made["old"]), str(made["new"])) for made in newest.history_delta_changes
    ] == [
        ("Date", "–", "May 14, 1969"),
        ("What happened", "First contact", "Agreement signed"),
        ("Note [es]", "–", "Con banda"),
    ]


@pytest.mark.parametrize("model", WITH_HISTORY, ids=by_label)
def test_an_earlier_version_is_read_and_not_put_back(office, model):
    row = make(model)
    url = page(model, "simple_history", row.pk, row.history.latest().pk)
    assert office.get(url).status_code == 200
    assert office.post(url, {"change_reason": "back"}).status_code == 403


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_nothing_is_deleted(office, model):
    row = make(model)
    response = office.post(page(model, "delete", row.pk), {"post": "yes"})
    assert response.status_code == 403
    assert model.objects.filter(pk=row.pk).count() == 1


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_a_person_who_may_only_look_sees_the_page_and_no_field(client, model):
    from django.contrib.auth.models import Permission

    reader = factories.UserFactory(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(reader)
    response = client.get(page(model, "change", make(model).pk))
    assert response.status_code == 200
    main = response.content.decode().partition('id="content-main"')[2]
    fields = re.findall(r"<(?:input|select|textarea|button)[^>]*>", main)
    assert [field for field in fields if 'type="hidden"' not in field] == []


def test_visitors_and_people_without_the_office_are_sent_to_log_in(client):
    url = page(Tie, "changelist")
    assert client.get(url).status_code == 302
    client.force_login(factories.UserFactory())
    assert client.get(url).status_code == 302


def test_the_second_page_of_a_list_goes_on_where_the_first_ends(office):
    regions = [factories.RegionFactory(name=f"State {n:03}") for n in range(60)]
    pages = [office.get(page(Region, "changelist"), {"p": n}).context["cl"] for n in (1, 2)]
    assert [list(shown.result_list) for shown in pages] == [regions[:50], regions[50:]]


def test_every_change_dates_the_public_pages_anew(office):
    chair = factories.OfficeFactory()
    before = RegistryVersion.now()
    url = page(Office, "change", chair.pk)
    assert office.post(url, filled(office, url) | {"change_reason": "New name"}).status_code == 302
    assert RegistryVersion.now() > before


@pytest.mark.parametrize("typed", ["gomez", "GÓMEZ", "Gómez Pal", "palacio"])
def test_a_city_is_found_without_accents(office, typed):
    city = factories.CityFactory(name="Gómez Palacio")
    factories.CityFactory(name="Torreón")
    derive([factories.TieFactory(city_a=city).pk])
    found = office.get(page(City, "changelist"), {"q": typed}).context["cl"].result_list
    assert list(found) == [city]


def test_a_city_that_nobody_listed_is_found_by_the_beginning_of_any_name(office):
    city = factories.CityFactory(name="Sevilla", country="ES")
    factories.CityNameFactory(city=city, name="Seville", language="en")
    found = office.get(page(City, "changelist"), {"q": "sevill"}).context["cl"].result_list
    assert list(found) == [city]


def test_the_country_after_a_comma_decides_between_cities_of_one_name(office):
    factories.CityFactory(name="Guadalajara", country="ES")
    city = factories.CityFactory(name="Guadalajara", country="MX")
    found = office.get(page(City, "changelist"), {"q": "guadalajara, mx"}).context["cl"]
    assert list(found.result_list) == [city]


def test_a_tie_is_found_by_the_names_of_both_its_cities(office):
    one = factories.CityFactory(name="Gómez Palacio")
    tie = factories.TieFactory(city_a=one, city_b__name="South El Monte")
    derive([tie.pk, factories.TieFactory(city_a=one, city_b__name="Salem").pk])
    found = office.get(page(Tie, "changelist"), {"q": "gomez south el monte"}).context["cl"]
    assert list(found.result_list) == [tie]


def test_a_person_is_found_without_accents(office):
    person = factories.PersonFactory(name="María Gómez")
    factories.PersonFactory(name="Ana Pérez")
    found = office.get(page(Person, "changelist"), {"q": "gomez maria"}).context["cl"]
    assert list(found.result_list) == [person]


def test_the_autocomplete_of_a_tie_offers_cities_with_their_place(office):
    region = factories.RegionFactory(name="Durango", name_es="Durango")
    city = factories.CityFactory(name="Gómez Palacio", region=region)
    factories.CityFactory(name="Torreón", region=region)
    asked = {"app_label": "relationships", "model_name": "tie", "field_name": "city_a"}
    office.cookies["language"] = "en"
    answer = office.get(reverse("admin:autocomplete"), asked | {"term": "gomez"}).json()
    assert answer["results"] == [{"id": str(city.pk), "text": "Gómez Palacio, Durango, Mexico"}]


@pytest.mark.parametrize("typed", ["\0", "a\0b", "%", "_", "'", "9" * 30, "𐏿" * 300, "،", "-1"])
def test_odd_searches_are_answered(office, typed):
    factories.TieFactory()
    for model in (City, Tie, Committee, Person):
        response = office.get(page(model, "changelist"), {"q": typed})
        assert response.status_code in (200, 302)
        asked = {"app_label": "relationships", "model_name": "tie", "field_name": "city_a"}
        assert office.get(reverse("admin:autocomplete"), asked | {"term": typed}).status_code == 200


def test_publishing_is_won_by_one_of_two_reviewers():
    first, second = factories.UserFactory.create_batch(2)
    tie = factories.TieFactory(review=Reviewed.Review.SUBMITTED)
    other_copy = Tie.objects.get(pk=tie.pk)
    tie.publish(by=first, reason="Agreement seen")
    with pytest.raises(WrongState):
        other_copy.publish(by=second)
    stored = Tie.objects.get(pk=tie.pk)
    assert (stored.review, stored.reviewed_by) == (Reviewed.Review.PUBLISHED, first)
    assert [(row.history_change_reason, row.history_user) for row in tie.history.all()][:1] == [
        ("Agreement seen", first)
    ]


def test_the_action_publishes_what_waits_and_says_what_it_skipped(office, staff):
    waiting = factories.TieFactory(review=Reviewed.Review.SUBMITTED)
    rejected = factories.TieFactory(review=Reviewed.Review.REJECTED)
    office.cookies["language"] = "en"
    chosen = {"action": "publish", "_selected_action": [waiting.pk, rejected.pk]}
    response = office.post(
        page(Tie, "changelist"), chosen | {"change_reason": "Agreement seen"}, follow=True
    )
    waiting.refresh_from_db()
    assert (waiting.review, waiting.reviewed_by) == (Reviewed.Review.PUBLISHED, staff)
    assert waiting.city_a.is_listed == City.objects.get(pk=waiting.city_a_id).is_listed is True
    assert [str(message) for message in response.context["messages"]] == [
        "1 was published.",
        f"Not published: {rejected}. Their review says: Rejected",
    ]
    assert waiting.history.latest().history_change_reason == "Agreement seen"


def test_a_second_international_body_is_not_published(office):
    factories.CommitteeFactory(level=Committee.Level.INTERNATIONAL)
    second = factories.CommitteeFactory(level=Committee.Level.INTERNATIONAL, review="submitted")
    office.cookies["language"] = "en"
    chosen = {"action": "publish", "_selected_action": [second.pk], "change_reason": ""}
    response = office.post(page(Committee, "changelist"), chosen, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        f"Not published: {second}. There is one international body only."
    ]


def test_a_committee_that_no_longer_serves_a_city_takes_it_from_the_list(office):
    city = factories.CityFactory()
    committee = factories.CommitteeFactory(cities=[city])
    url = page(Committee, "change", committee.pk)
    sent = filled(office, url)
    assert office.post(url, sent | {"change_reason": "first"}).status_code == 302
    assert City.objects.get(pk=city.pk).is_listed is True
    sent = filled(office, url) | {"city_links-0-DELETE": "on", "change_reason": "Wrong city"}
    assert office.post(url, sent).status_code == 302
    assert CommitteeCity.objects.count() == 0
    assert City.objects.get(pk=city.pk).is_listed is False
    removed = CommitteeCity.history.latest()
    assert (removed.history_type, removed.history_change_reason) == ("-", "Wrong city")
