"""What the office sets without a developer: name, contact, texts, names of countries."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from sistercities import association, settled
from sistercities.models import Association, CountryAlias, PageText, RegistryVersion
from sistercities.prose import Block, blocks
from tests.adminforms import filled
from tests.factories import UserFactory
from tests.settingfactories import AssociationFactory, PageTextFactory

pytestmark = pytest.mark.django_db
WHY = {"change_reason": "Decided by the board"}
CONTACT = {"email": "office@association.example", "telephone": "+52 33 1234 5678"}


@pytest.fixture
def office(client):
    client.force_login(UserFactory(staff=True))
    client.cookies["language"] = "en"
    return client


def add(model: str) -> str:
    return reverse(f"admin:sistercities_{model}_add")


def change(row) -> str:
    return reverse(f"admin:sistercities_{row._meta.model_name}_change", args=[row.pk])


def public(client, page: str, language: str = "en") -> str:
    with override(language):
        path = reverse(f"public:{page}")
    return client.get(path).content.decode()


# Name and contact


def test_the_name_and_contact_stand_on_the_public_pages_from_the_next_request_on(office):
    before = public(office, "about")
    assert "Sister Cities Registry" in before
    assert "<h2>Contact</h2>" not in before
    sent = filled(office, add("association")) | WHY | CONTACT
    sent |= {"name_es": "Hermanas de México", "name_en": "Sisters of Mexico"}
    assert office.post(add("association"), sent).status_code == 302
    for language, name in (("en", "Sisters of Mexico"), ("es", "Hermanas de México")):
        page = public(office, "privacy", language)
        assert f"– {name}</title>" in page
        assert 'href="mailto:office@association.example"' in page
        assert 'href="tel:+523312345678"' in page
    assert Association.objects.get().history.get().history_change_reason == WHY["change_reason"]


def test_a_name_in_one_language_is_shown_to_all():
    AssociationFactory(name_en="")
    with override("en"):
        assert str(association.NAME) == "Asociación de Ciudades Hermanas"


def test_no_setting_is_changed_without_a_reason_not_even_the_first_time(office):
    refused = office.post(add("association"), filled(office, add("association")) | CONTACT)
    assert list(refused.context["adminform"].form.errors) == ["change_reason"]
    assert Association.objects.count() == 0


def test_of_two_who_change_a_setting_at_once_the_second_reads_a_sentence(office):
    row = AssociationFactory()
    first, second = (filled(office, change(row)) | WHY for _ in range(2))
    assert office.post(change(row), first | {"email": "a@example.org"}).status_code == 302
    refused = office.post(change(row), second | {"email": "b@example.org"})
    assert "Somebody else changed this while you wrote" in refused.content.decode()
    assert 'value="b@example.org"' in refused.content.decode()
    assert Association.objects.get().email == "a@example.org"


def test_the_second_who_enters_what_exists_once_is_led_to_it(office):
    sent = filled(office, add("association")) | WHY
    AssociationFactory(email="a@example.org")
    answer = office.post(add("association"), sent | {"email": "b@example.org"}, follow=True)
    assert answer.redirect_chain[0][0] == reverse("admin:sistercities_association_changelist")
    assert Association.objects.get().email == "a@example.org"


def test_a_page_asks_for_the_version_once_and_for_no_setting(client, django_assert_num_queries):
    AssociationFactory()
    PageTextFactory(page="about")
    public(client, "privacy")
    with django_assert_num_queries(1):
        assert "Who we are" in public(client, "about")


def test_a_page_with_a_version_takes_what_was_read_with_it_and_others_read_once(
    django_assert_num_queries,
):
    AssociationFactory(email="a@example.org")

    def shown(*, dated: bool = True) -> str:
        with settled.one_page():
            if dated:
                settled.version()
            return association.known().email and association.known().email

    assert shown() == "a@example.org"
    Association.objects.update(email="b@example.org")  # as nothing of ours does: unnoticed
    with django_assert_num_queries(1):
        assert shown() == "a@example.org"
    with django_assert_num_queries(1):
        assert shown(dated=False) == "b@example.org"
    RegistryVersion.move_on()
    assert shown() == "b@example.org"


# Texts


def test_a_page_shows_the_offices_text_where_there_is_one_and_its_own_where_there_is_none(client):
    built_in = public(client, "about", "es")
    PageTextFactory(page="about", text_en="# Who we are\nVolunteers.", text_es=" \n")
    shown = public(client, "about")
    assert "<h1>About sister cities</h1>" in shown
    assert "<h2>Who we are</h2>" in shown
    assert "President Eisenhower" not in shown
    assert public(client, "about", "es").count("Eisenhower") == built_in.count("Eisenhower") > 0


def test_a_preview_shows_both_languages_and_saves_nothing(office):
    sent = filled(office, add("pagetext")) | {"page": "privacy", "text_en": "# Your rights\n\nAsk."}
    shown = office.post(add("pagetext"), sent | {"_preview": "1"}).content.decode()
    assert "Preview: nothing is saved yet" in shown
    assert "<h4>Your rights</h4>" in shown
    assert "Empty: the page shows its built-in text." in shown
    assert "# Your rights" in shown
    assert PageText.objects.count() == 0
    row = PageTextFactory(page="about")
    moment = row.changed_at
    sent = filled(office, change(row)) | {"text_en": "# New", "_preview": "1"}
    assert "<h4>New</h4>" in office.post(change(row), sent).content.decode()
    row.refresh_from_db()
    assert (row.text_en, row.changed_at) == ("# Who we are\nWe are volunteers.", moment)


def test_a_page_has_one_text(office):
    PageTextFactory(page="about")
    sent = filled(office, add("pagetext")) | WHY | {"page": "about", "text_en": "x"}
    refused = office.post(add("pagetext"), sent).content.decode()
    assert "This page has its text already: change that one." in refused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n#\n- \n", []),
        ("# Title\nA\nB\n\nC", [("heading", "Title"), ("paragraph", "A", "B"), ("paragraph", "C")]),
        ("- a\r\n- b\n# T\n# U", [("list", "a", "b"), ("heading", "T"), ("heading", "U")]),
        ("#1 of all\n-5 degrees", [("paragraph", "#1 of all", "-5 degrees")]),
    ],
)
def test_plain_text_has_headings_lists_and_paragraphs(text, expected):
    assert blocks(text) == [Block(kind, tuple(lines)) for kind, *lines in expected]


def test_a_text_is_text_and_its_addresses_are_links(client):
    PageTextFactory(page="about", text_en="# <b>x\n<script>\nhttps://example.org/a?b=1&c=2\na@b.mx")
    shown = public(client, "about")
    assert "<h2>&lt;b&gt;x</h2>" in shown
    assert "<p>&lt;script&gt;<br>" in shown
    assert 'href="https://example.org/a?b=1&amp;c=2"' in shown
    assert 'href="mailto:a@b.mx"' in shown


# Names of countries


@pytest.mark.parametrize(
    ("alias", "country", "field"),
    [
        ("France", "DE", "alias"),
        ("méxico", "MX", "alias"),
        ("¡¿?!", "MX", "alias"),
        ("Lutecia", "QQ", "country"),
        ("LUTÈCIA", "DE", "alias"),
    ],
)
def test_a_name_that_is_known_or_names_nothing_is_refused(alias, country, field):
    CountryAlias.objects.create(alias="Lutecia", country="FR")
    with pytest.raises(ValidationError) as refused:
        CountryAlias(alias=alias, country=country).full_clean()
    assert list(refused.value.message_dict) == [field]


def test_the_office_adds_a_name_and_chooses_the_country_by_its_own(office):
    sent = {"alias": "Tenochtitlan", "country": "MX"} | WHY
    answer = office.post(add("countryalias"), sent, follow=True)
    assert answer.status_code == 200
    assert CountryAlias.words() == {"tenochtitlan": "MX"}
    page = office.get(reverse("admin:sistercities_countryalias_changelist")).content.decode()
    assert "Mexico" in page
