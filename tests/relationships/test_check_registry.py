"""check_registry names every kind of fault, repairs derived columns and nothing else."""

import io
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction

from committees.findable import refresh_committees
from committees.models import City, CityName, Committee, Membership, OfficeTerm, Region
from relationships.checking import differences
from relationships.deriving import derive
from relationships.models import Confirmation, Donation, Evidence, Exchange, Tie, TieEvent
from sistercities.models import Address, SearchName, SearchTail, Tally
from sistercities.partialdates import PartialDate
from tests.factories import (
    CityFactory,
    CityNameFactory,
    CommitteeFactory,
    ConfirmationFactory,
    DonationFactory,
    EvidenceFactory,
    ExchangeFactory,
    MembershipFactory,
    OfficeFactory,
    OfficeTermFactory,
    RegionFactory,
    TieEventFactory,
    TieFactory,
)
from tests.page_factories import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """An empty MEDIA_ROOT."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def sound(django_db_setup, django_db_blocker):
    """A sound registry: a tie of two cities with a state, and a committee that serves one. Made
    once for all tests of the module; what one of them breaks is whole again before the next."""
    with django_db_blocker.unblock(), transaction.atomic():
        region = RegionFactory(name="Durango")
        first = CityFactory(name="Gómez Palacio", region=region)
        tie = TieFactory(city_a=first, city_b=CityFactory(name="South El Monte", american=True))
        TieEventFactory(tie=tie, date=PartialDate(1969))
        committee = CommitteeFactory(name="Comité de Gómez Palacio", cities=[first])
        refresh_committees([committee.pk])
        derive()
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def tie(sound, db):
    """The tie of the sound registry."""
    return Tie.objects.get()


def found() -> list[str]:
    """What is wrong, as it is printed."""
    return [str(one) for one in differences()]


def run(*arguments) -> tuple[int, str]:
    """Exit code and output of the command."""
    out = io.StringIO()
    try:
        call_command("check_registry", *arguments, stdout=out, stderr=io.StringIO())
    except SystemExit as left:
        return left.code, out.getvalue()
    return 0, out.getvalue()


def let_break(model, name: str) -> None:
    """Have the database forget one of its rules until the test is over."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {name}")
            if model is OfficeTerm:  # whose range cannot be written with the ends swapped
                cursor.execute(
                    "ALTER TABLE committees_officeterm "
                    "DROP CONSTRAINT one_holder_of_an_exclusive_office"
                )
        else:
            cursor.execute("PRAGMA ignore_check_constraints = ON")


@pytest.fixture(autouse=True)
def _rules_again():
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def test_an_empty_registry_has_no_difference():
    assert not City.objects.exists(), "this test comes before the sound registry is made"
    assert found() == []


def test_a_sound_registry_has_no_difference(tie):
    assert found() == []
    assert run() == (0, "The registry is as it should be.\n")


# What the database should hold.


def test_a_pair_out_of_order_is_named(tie):
    let_break(Tie, "tie_cities_in_order")
    Tie.objects.update(city_a=tie.city_b, city_b=tie.city_a)
    assert found() == [f"tie {tie.pk}: breaks the rule tie_cities_in_order"]


RULES = [
    (DonationFactory, Donation, "donation_amount_has_currency", {"currency": ""}),
    (ExchangeFactory, Exchange, "exchange_ends_after_it_begins", {"ends": PartialDate(2018)}),
    (MembershipFactory, Membership, "membership_until_after_since", {"until": date(2019, 1, 1)}),
    (OfficeTermFactory, OfficeTerm, "term_ends_after_it_begins", {"ends": date(2019, 1, 1)}),
]


def test_a_broken_rule_is_named():
    """Each in a table of its own, all looked for at once."""
    lines = set()
    for factory, model, rule, fault in RULES:
        row = factory()
        let_break(model, rule)
        assert model.objects.update(**fault) == 1
        lines.add(f"{model._meta.model_name} {row.pk}: breaks the rule {rule}")
    broken = [line for line in found() if "rule" in line]
    assert (len(broken), set(broken)) == (len(RULES), lines)


def test_two_open_memberships_are_named():
    first = MembershipFactory()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_open_membership")
    MembershipFactory(person=first.person, committee=first.committee)
    assert [line for line in found() if "one_open" in line] == [
        f"membership {first.pk}: is one of 2 rows that break one_open_membership"
    ]


def test_overlapping_terms_are_named():
    first = OfficeTermFactory(begins=date(2020, 1, 1), ends=date(2021, 1, 1))
    office = OfficeFactory(is_exclusive=False)
    same = {"committee": first.committee, "office": office}
    OfficeTermFactory(**same, begins=date(2020, 6, 1))
    third = OfficeTermFactory(**same, begins=date(2021, 1, 1), ends=date(2022, 1, 1))
    assert [line for line in found() if line.startswith("officeterm")] == []
    office.is_exclusive = True
    office.save()
    lines = [line for line in found() if line.startswith("officeterm")]
    assert lines[-1] == f"officeterm {third.pk}: holds an exclusive office with another on one day"
    assert len(lines) == 3  # and two terms that do not know that the office became exclusive


def test_a_term_that_is_not_exclusive_as_its_office_is_repaired():
    term = OfficeTermFactory()
    OfficeTerm.objects.update(is_exclusive=False)
    assert f"officeterm {term.pk}: is_exclusive should be True" in found()
    run("--fix-derived")
    assert OfficeTerm.objects.get().is_exclusive is True


def test_a_circle_of_merged_cities_is_named(tie):
    City.objects.filter(pk=tie.city_a_id).update(merged_into=tie.city_b_id)
    City.objects.filter(pk=tie.city_b_id).update(merged_into=tie.city_a_id)
    lines = [line for line in found() if "merged" in line]
    assert lines == [
        f"city {pk}: was merged into itself" for pk in sorted([tie.city_a_id, tie.city_b_id])
    ]


def test_a_merged_tie_that_is_still_public_is_named(tie):
    other = TieFactory()
    derive()
    Tie.objects.filter(pk=other.pk).update(merged_into=tie)
    assert found() == [f"tie {other.pk}: was merged into another but is not marked so"]


# Addresses, history, files.


def test_a_lost_address_is_named(tie):
    ExchangeFactory(tie=tie)
    derive()
    lines = []
    for subject in ("city", "committee", "exchange", "tie"):
        address = Address.objects.filter(subject=subject).latest("pk")
        address.delete()
        tail = " (es)" if "-y-" in address.slug else " (en)" if "-and-" in address.slug else ""
        lines.append(
            f"{subject} {address.object_id}: "
            f"the slug {address.slug!r} is not kept as an address{tail}"
        )
    assert found() == lines


def test_an_address_of_somebody_else_is_named(tie):
    Address.objects.filter(subject="city", object_id=tie.city_a_id).update(object_id=tie.city_b_id)
    slug = City.objects.get(pk=tie.city_a_id).slug
    assert found() == [f"city {tie.city_a_id}: the slug {slug!r} belongs to city {tie.city_b_id}"]


def test_an_object_without_history_is_named(tie):
    lines = []
    for model in (City, Committee, Region, Tie, TieEvent):
        row = model.objects.order_by("pk").first()
        model.history.filter(id=row.pk).delete()
        lines.append(f"{model._meta.model_name} {row.pk}: has no history")
    assert sorted(found()) == lines


def test_names_of_the_gazetteer_need_no_history_and_those_of_people_do(tie):
    by_people = CityNameFactory(city=tie.city_a, name="La Perla")
    loaded = CityNameFactory(city=tie.city_a, name="Gomez", kind=CityName.Kind.GAZETTEER)
    SearchName.objects.all().delete()
    CityName.history.filter(id__in=[by_people.pk, loaded.pk]).delete()
    lines = [line for line in found() if "history" in line]
    assert lines == [f"cityname {by_people.pk}: has no history"]


def test_a_missing_or_changed_file_is_named(tie, media):
    """Each of other evidence, whose file has five bytes; one that nobody touched among them."""
    files = [f"%PDF{n}".encode() for n in range(4)]
    kept = [EvidenceFactory(tie=tie, file=ContentFile(one, name="act.pdf")) for one in files]
    assert found() == []
    _whole, missing, longer, changed = kept
    (media / missing.file.name).unlink()
    (media / longer.file.name).write_bytes(b"%PDF21")
    (media / changed.file.name).write_bytes(b"%PDF_")
    assert found() == [
        f"evidence {missing.pk}: the file {missing.file.name} cannot be read",
        f"evidence {longer.pk}: the file {longer.file.name} has 6 bytes, should have 5",
        f"evidence {changed.pk}: the file {changed.file.name} is not the one whose SHA-256 is kept",
    ]


def test_a_small_picture_belongs_to_its_photo(tie, media):
    file = PhotoFactory(committee=Committee.objects.get()).file
    assert found() == []
    (media / file.thumb.name).unlink()
    assert found() == [f"attachment {file.pk}: the small picture {file.thumb.name} cannot be read"]


def test_a_file_that_belongs_to_nothing_is_named(tie):
    EvidenceFactory(tie=tie, file=ContentFile(b"%PDF-", name="act.pdf"))
    name = default_storage.save("ab/left.pdf", ContentFile(b"left over"))
    assert found() == [f"file {name}: belongs to nothing"]


# Derived columns.


def assert_named_and_mended(*lines: str) -> None:
    """These differences and no other; the command names them, repairs them, and leaves with 0."""
    assert run() == (1, "".join(f"{line}\n" for line in lines))
    assert run("--fix-derived") == (0, "".join(f"{line} [fixed]\n" for line in lines))
    assert found() == []


AXES = [
    # column, what it wrongly holds, what it should hold
    ("sort_name", "zz", "gomez palacio south el monte"),
    ("stage", "idea", "signed"),
    ("vitality", "active", "unconfirmed"),
    ("reciprocity", "disputed", "unclaimed"),
    ("anniversary", "05-14", ""),
    ("last_confirmed", date(2020, 1, 1), None),
]


def test_a_wrong_axis_of_a_tie_is_named_and_mended(tie):
    """Each of another tie: nothing else is wrong with it, by which it would be found."""
    others = TieFactory.create_batch(len(AXES) - 1)
    for other in others:
        TieEventFactory(tie=other, date=PartialDate(1969))
    derive()
    lines = []
    for one, (column, wrong, right) in zip([tie, *others], AXES, strict=True):
        Tie.objects.filter(pk=one.pk).update(**{column: wrong})
        lines.append(f"tie {one.pk}: {column} is {wrong}, should be {right}")
    assert_named_and_mended(*lines)


def test_a_tie_counted_wrongly_is_named_and_mended(tie):
    right = tie.counted_as
    Tie.objects.update(counted_as="")
    lines = found()
    assert lines[0] == f"tie {tie.pk}: counted_as is , should be {right}"
    assert {line.split()[0] for line in lines[1:]} == {"tally"}
    assert run("--fix-derived")[0] == 0
    assert found() == []


def test_a_wrong_count_of_a_city_is_named_and_mended(tie):
    City.objects.filter(pk=tie.city_a_id).update(first_tie_year=1066)
    assert_named_and_mended(f"city {tie.city_a_id}: first_tie_year is 1066, should be 1969")


def test_a_city_that_is_listed_for_no_reason_is_named_and_mended(tie):
    alone = CityFactory(is_listed=True)
    line = f"city {alone.pk}: is_listed is True, should be False"
    assert line in found()
    assert run("--fix-derived")[0] == 0
    assert City.objects.get(pk=alone.pk).is_listed is False


def test_a_wrong_tally_is_named_and_mended(tie):
    Tally.objects.filter(listing="ties", by="", facet="kind", value="sister_city").update(n=7)
    assert_named_and_mended("tally of ties kind=sister_city: is 7, should be 1")


@pytest.mark.parametrize(
    ("model", "column", "right"),
    [
        (Region, "folded", "durango"),
        (CityName, "folded", "gomez palacio"),
        (Committee, "sort_name", "comite de gomez palacio"),
    ],
)
def test_a_wrongly_folded_name_is_named_and_mended(tie, model, column, right):
    row = model.objects.order_by("pk").first()
    model.objects.filter(pk=row.pk).update(**{column: "zz"})
    line = f"{model._meta.model_name} {row.pk}: {column} is zz, should be {right}"
    assert found()[0] == line
    assert run("--fix-derived")[0] == (1 if model is CityName else 0)
    assert [found() for _ in range(2)] == [[], []]


def test_a_wrongly_folded_city_takes_its_ties_along(tie):
    City.objects.filter(pk=tie.city_a_id).update(sort_name="zz")
    assert f"city {tie.city_a_id}: sort_name is zz, should be gomez palacio" in found()
    run("--fix-derived")
    assert found() == []
    tie.refresh_from_db()
    assert tie.sort_name == "gomez palacio south el monte"


def test_a_city_without_its_own_name_is_named(tie):
    CityName.objects.filter(city=tie.city_a).delete()
    assert found()[0] == f"city {tie.city_a_id}: its own name is not among its names"


def test_a_forgotten_search_name_is_named_and_mended(tie):
    """A forgotten name, lost words of one, a lost misspelling, and a name of nobody: each of
    another subject or another row."""
    SearchName.objects.filter(subject="city", object_id=tie.city_a_id).delete()
    SearchTail.objects.filter(name__subject="committee", tail="palacio").delete()
    SearchName.objects.filter(subject="region").update(sound="")
    SearchName.objects.create(subject="committee", object_id=10**6, text="X", folded="x")
    assert_named_and_mended(
        f"city {tie.city_a_id}: is not found by the names that it has",
        f"region {Region.objects.get().pk}: is not found by misspelled names",
        f"committee {Committee.objects.get().pk}: is not found by the words of its names",
        f"committee {10**6}: is searched for but does not exist",
    )


def test_time_passing_is_seen(tie):
    ConfirmationFactory(tie=tie, answered_on=date(2024, 1, 1))
    derive(today=date(2024, 2, 1))
    stale = [str(one) for one in differences(today=date(2026, 2, 1))]
    assert f"tie {tie.pk}: vitality is active, should be unconfirmed" in stale
    assert [str(one) for one in differences(today=date(2024, 2, 1))] == []


def test_fixing_leaves_other_faults_alone(tie):
    Confirmation.objects.all().delete()
    Address.objects.filter(subject="city", object_id=tie.city_a_id).delete()
    Evidence.objects.all().delete()
    Tie.objects.update(stage="idea")
    code, out = run("--fix-derived")
    assert code == 1
    assert [line.endswith("[fixed]") for line in out.splitlines()] == [False, True]
    assert len(found()) == 1
