"""The demo registry: large enough, true to its files, complete, and loaded once only."""

import re
import stat
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.test import TestCase
from PIL import Image

from committees.models import (
    City,
    CityName,
    Committee,
    Document,
    News,
    Office,
    OfficeTerm,
    Person,
    Photo,
)
from committees.rights import role_of
from relationships.demo import load as loading
from relationships.demo.load import load_demo
from relationships.demo.logins import ADMIN, STAFF, second_steps
from relationships.deriving import derive
from relationships.models import (
    Confirmation,
    Donation,
    Evidence,
    Exchange,
    Programme,
    Statement,
    Tie,
    TieEvent,
)
from sistercities.models import RegistryVersion, User
from sistercities.partialdates import PartialDate
from sistercities.search import find
from tests.factories import CityFactory, RegionFactory

TODAY = date(2026, 11, 21)
KINDS = (City, CityName, Committee, Person, OfficeTerm, Tie, TieEvent, Evidence, Statement)
KINDS += (Confirmation, Exchange, Donation, Programme, News, Photo, Document)


def everything() -> dict[str, tuple[int, int]]:
    """Rows and rows of history of each kind."""
    return {kind.__name__: (kind.objects.count(), kind.history.count()) for kind in KINDS}


class TheDemoRegistry(TestCase):
    """Loaded once for all of these."""

    @classmethod
    def setUpTestData(cls):
        cls.record = load_demo(TODAY)

    def test_it_is_as_large_as_promised(self):
        public = Tie.objects.public()
        assert City.objects.listed().count() >= 70
        assert public.count() >= 90
        assert Committee.objects.public().count() >= 12
        assert Exchange.objects.public().count() >= 14
        assert Programme.objects.filter(year=2026).count() == 3

    def test_a_second_run_changes_nothing_and_leaves_what_people_changed(self):
        tie = Tie.objects.order_by("pk").first()
        tie.summary_es = "Lo escribió el comité."
        tie.save()
        before, version = everything(), RegistryVersion.now()
        record = load_demo(TODAY)
        assert (dict(record.created), dict(record.completed)) == ({}, {})
        assert (everything(), RegistryVersion.now()) == (before, version)
        tie.refresh_from_db()
        assert tie.summary_es == "Lo escribió el comité."

    def test_a_run_on_a_later_day_changes_nothing_either(self):
        before = everything()
        load_demo(date(2027, 6, 1))
        assert everything() == before

    def test_every_word_for_visitors_appears(self):
        public = Tie.objects.public()
        assert set(public.values_list("status", flat=True)) == set(Tie.Status.values)
        assert set(public.values_list("reciprocity", flat=True)) == set(Tie.Reciprocity.values)
        assert set(public.values_list("vitality", flat=True)) == set(Tie.Vitality.values)
        assert set(public.values_list("kind", flat=True)) == set(Tie.Kind.values) - {"other"}
        assert Tie.objects.filter(review="submitted").count() == 1

    def test_every_word_appears_whenever_it_is_loaded(self):
        later = date(2029, 2, 28)
        for answer in Confirmation.objects.filter(is_demo=True):
            answer.answered_on += later - TODAY
            answer.save()
        derive(today=later)
        statuses = Tie.objects.public().values_list("status", flat=True)
        assert set(statuses) == set(Tie.Status.values)

    def test_every_theme_has_an_exchange_and_every_kind_a_donation(self):
        assert set(Exchange.objects.values_list("theme", flat=True)) == set(Exchange.Theme.values)
        assert set(Donation.objects.values_list("kind", flat=True)) == set(Donation.Kind.values)

    def test_every_tie_says_where_it_is_known_from(self):
        assert list(Tie.objects.filter(Q(evidence=None) | Q(statements=None))) == []
        sourceless = Evidence.objects.filter(Q(title="") | Q(url="") & ~Q(title__contains="demo"))
        assert list(sourceless) == []

    def test_every_event_names_its_source_or_its_tie_does(self):
        unproven = TieEvent.objects.filter(evidence=None)
        assert list(unproven) == []

    def test_everybody_is_invented_and_says_so(self):
        assert Person.objects.count() >= 20
        assert list(Person.objects.exclude(is_demo=True, name__endswith="(demo)")) == []
        assert list(Person.objects.exclude(email__endswith=".example")) == []
        assert list(Committee.objects.exclude(public_email__endswith=".example")) == list(
            Committee.objects.filter(public_email="")
        )
        assert list(Programme.objects.exclude(is_demo=True)) == []

    def test_every_public_text_is_there_in_both_languages(self):
        for model, fields in (
            (City.objects.listed(), ["about"]),
            (Committee.objects.all(), ["about", "mission"]),
            (Exchange.objects.all(), ["title", "summary"]),
            (Donation.objects.all(), ["description"]),
            (Programme.objects.all(), ["summary"]),
            (Office.objects.all(), ["name"]),
            (News.objects.all(), ["title", "text"]),
            (Photo.objects.all(), ["description"]),
            (Document.objects.all(), ["title"]),
        ):
            for field in fields:
                for language in ("es", "en"):
                    assert list(model.filter(**{f"{field}_{language}": ""})) == []
                    assert list(model.filter(**{f"{field}_{language}": None})) == []

    def test_two_committees_tell_something_and_it_says_that_it_is_invented(self):
        for slug, news in (
            ("south-el-monte", 3),
            ("guadalajara", 2),
        ):
            committee = Committee.objects.get(slug=slug)
            assert (committee.news.shown().count(), committee.photos.shown().count()) == (news, 2)
            (paper,) = committee.documents.shown()
            assert paper.file.file_name.endswith("-demo.pdf")
            for language in ("es", "en"):
                paths = [f"/{language}/comites/{slug}/", f"/{language}/committees/{slug}/"]
                page = self.client.get(paths[language == "en"]).content.decode()
                assert page.count("(demo)") >= 4 and "img" in page
        for model, field in ((News, "title"), (Photo, "description"), (Document, "title")):
            for language in ("es", "en"):
                said = model.objects.values_list(f"{field}_{language}", flat=True)
                assert [one for one in said if not one.endswith("(demo)")] == []
        assert News.objects.filter(date__gt=TODAY).count() == 0

    def test_its_pictures_are_drawings_of_nobody_and_its_papers_are_whole(self):
        for photo in Photo.objects.all():
            assert photo.description_es.startswith("Dibujo de")
            assert photo.description_en.startswith("Drawing of")
            with photo.file.file.open() as file, Image.open(file) as picture:
                assert (photo.file.width, photo.file.height) == picture.size == (1200, 800)
        for paper in Document.objects.all():
            with paper.file.file.open() as file:
                content = file.read()
            start = int(re.search(rb"startxref\n(\d+)", content)[1])
            assert content[start:].startswith(b"xref")
            places = [int(one) for one in re.findall(rb"(\d{10}) 00000 n", content)]
            assert [content[at:].split()[0] for at in places] == [b"%d" % n for n in range(1, 7)]

    def test_south_el_monte_can_leave_its_old_site(self):
        city = City.objects.get(slug="south-el-monte-ca-us")
        sister = City.objects.get(slug="gomez-palacio-dgo-mx")
        committee = Committee.objects.get(slug="south-el-monte")
        tie = Tie.objects.get(city_a=min(city.pk, sister.pk), city_b=max(city.pk, sister.pk))
        assert list(committee.cities.all()) == [city]
        assert (city.incorporated, city.government) == (
            PartialDate(1958, 7, 30),
            "Council–manager",
        )
        assert sister.founded == PartialDate(1898)
        assert (tie.since, tie.kind, tie.reciprocity, tie.status) == (
            PartialDate(1969),
            "sister_city",
            "mutual",
            "active",
        )
        assert tie.slug_in("es") == "gomez-palacio-y-south-el-monte"
        for word in ("1956", "Eisenhower", "1969", "22,700", "253", "273,000", "125"):
            assert word in committee.about_es
            assert word in committee.about_en
        assert committee.terms.current(TODAY).count() == 5
        assert tie.exchanges.count() >= 3
        assert tie.donations.count() >= 5

    def test_guadalajara_has_the_sisters_of_the_seed(self):
        guadalajara = City.objects.get(slug="guadalajara-jal-mx")
        ties = Tie.objects.of(guadalajara).with_cities()
        sisters = {tie.other(guadalajara).name for tie in ties}
        assert {"Downey", "Alajuela", "Sevilla", "Kyoto", "Portland", "San Antonio"} - sisters == (
            set()
        )

    def test_help_of_1985_and_1992_is_remembered(self):
        for year, word in ((1985, "1985"), (1992, "Guadalajara")):
            given = Donation.objects.filter(date__startswith=str(year))
            assert given.count() >= 3
            assert given.exclude(emergency_es__contains=word).count() == 0

    def test_a_name_in_another_language_finds_the_city(self):
        for words, slug in (
            ("seville", "sevilla-es"),
            ("京都", "kyoto-jp"),
            ("tenochtitlan", "ciudad-de-mexico-cdmx-mx"),
            ("gomes palacio", "gomez-palacio-dgo-mx"),
        ):
            hits = [hit.object_id for hit in find(words) if hit.subject == "city"]
            assert City.objects.get(slug=slug).pk in hits

    def test_what_is_stored_is_what_would_be_derived(self):
        assert derive(today=TODAY) == 0

    @pytest.mark.usefixtures("var")
    def test_a_board_may_log_in_and_the_office_takes_a_second_step(self):
        call_command("load_demo", with_logins=True, verbosity=0)
        committee = Committee.objects.get(slug="south-el-monte")
        mary, alice = (User.objects.get(email=f"{name}@demo.example") for name in ("mary", "alice"))
        assert (role_of(mary, committee), role_of(alice, committee)) == ("coordinator", "editor")
        codes = second_steps()
        assert set(codes) == {ADMIN, STAFF}
        for email, code in codes.items():
            assert TOTP(Authenticator.objects.get(user__email=email)).validate_code(code)

    def test_an_ended_tie_keeps_both_sides_last_words(self):
        tie = Tie.objects.get(slug="osaka_san-francisco")
        answers = set(tie.confirmations.values_list("answer", "answered_on", "is_demo"))
        assert (tie.status, tie.ended) == ("ended", PartialDate(2018, 10, 2))
        assert answers == {
            ("ended", date(2018, 10, 2), False),
            ("alive", date(2018, 10, 4), False),
        }


@pytest.mark.django_db
def test_a_city_of_the_gazetteer_is_completed_and_keeps_its_name():
    durango = RegionFactory(code="MX-DUR", name="Durango", abbreviation="Dgo.")
    known = CityFactory(name="Victoria de Durango", geonames_id=4011743, region=durango)
    load_demo(TODAY)
    known.refresh_from_db()
    assert (known.name, known.founded, known.population_year) == (
        "Victoria de Durango",
        PartialDate(1563, 7, 8),
        2020,
    )
    assert set(known.names.values_list("name", flat=True)) == {"Victoria de Durango"}
    assert City.objects.filter(country="MX", name__contains="Durango").count() == 1


@pytest.mark.django_db
def test_a_load_that_fails_leaves_nothing(monkeypatch):
    def fail(*_args):
        raise RuntimeError("cut short")

    monkeypatch.setattr(loading, "load_programmes", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        load_demo(TODAY)
    assert (City.objects.count(), Tie.objects.count()) == (0, 0)


@pytest.fixture
def var(settings, tmp_path, monkeypatch):
    """An empty var/ and a demo that is loaded already, for what concerns the logins only."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr("relationships.management.commands.load_demo.load_demo", loading.Record)
    return tmp_path


@pytest.mark.django_db
def test_without_being_asked_it_makes_no_login(var, capsys):
    call_command("load_demo")
    assert User.objects.count() == 0
    assert list(var.iterdir()) == []
    assert capsys.readouterr().out == ("The demo registry is there already; nothing was changed.\n")


@pytest.mark.django_db
def test_the_logins_get_the_password_of_the_environment(var, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "a word from outside")
    call_command("load_demo", with_logins=True, verbosity=0)
    admin, staff = User.objects.get(email=ADMIN), User.objects.get(email=STAFF)
    assert admin.check_password("a word from outside")
    assert staff.check_password("a word from outside")
    assert (admin.is_superuser, staff.is_superuser, staff.is_staff) == (True, False, True)
    assert staff.has_perm("relationships.change_tie")
    assert not staff.has_perm("relationships.delete_tie")


@pytest.mark.django_db
def test_a_random_password_is_kept_for_its_owner_only(var, monkeypatch, capsys):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    call_command("load_demo", with_logins=True)
    kept = var / "demo_logins.txt"
    password = kept.read_text().split()[-1]
    assert User.objects.get(email=ADMIN).check_password(password)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    capsys.readouterr()
    call_command("load_demo", with_logins=True)
    assert User.objects.get(email=ADMIN).check_password(password)
    assert password in capsys.readouterr().out
