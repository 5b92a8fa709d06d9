"""The ties of a committee at its desk: what is shown, answered, added, corrected, ended."""

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from relationships import witnessing
from relationships.models import Confirmation, Correction, Evidence, Inquiry, Tie, TieEvent
from sistercities.models import Attachment
from tests import factories as make
from tests import mailfactories
from tests.relationships.desk.desks import PDF, at, login, pdf, signed_tie
from tests.sending import filled

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def gomez():
    return make.CityFactory(name="Gómez Palacio")


@pytest.fixture
def monte():
    return make.CityFactory(american=True, name="South El Monte")


@pytest.fixture
def ours(gomez):
    return make.CommitteeFactory(name="Comité de Gómez Palacio", cities=[gomez])


@pytest.fixture
def theirs(monte):
    return make.CommitteeFactory(name="South El Monte Association", country="US", cities=[monte])


@pytest.fixture
def tie(gomez, monte):
    return signed_tie(gomez, monte)


@pytest.fixture
def ana(ours):
    return login("editor", ours)


def text(response) -> str:
    return response.content.decode()


# Reading


def test_the_list_shows_published_and_proposed_ties_with_what_is_due(ana, ours, gomez, tie):
    make.TieFactory(
        city_a=gomez, city_b=make.CityFactory(name="Lerdo"), review=Tie.Review.SUBMITTED
    )
    page = text(ana.get(at("ties", ours)))
    assert "South El Monte" in page and at("tie-confirm", ours, tie.pk) in page
    assert "Lerdo" in page and "Waiting for review" in page


def test_the_list_costs_as_many_queries_with_ten_ties_as_with_one(
    ana, ours, gomez, tie, django_assert_num_queries, django_assert_max_num_queries
):
    ana.get(at("ties", ours))
    with django_assert_max_num_queries(20) as one:
        ana.get(at("ties", ours))
    for _number in range(9):
        signed_tie(gomez, make.CityFactory(american=True))
    with django_assert_num_queries(len(one)):
        ana.get(at("ties", ours))


def test_one_tie_shows_its_five_axes_what_is_missing_and_where_to_give_it(ana, ours, theirs, tie):
    page = text(ana.get(at("tie", ours, tie.pk)))
    for word in ("Sister cities", "Signed", "To be confirmed", "Stated by neither", "Published"):
        assert word in page
    assert "The signed agreement" in page
    assert at("tie-add-evidence", ours, tie.pk) + "?kind=agreement" in page
    assert theirs.name in page and tie.get_absolute_url() in page


def test_a_page_of_a_tie_costs_few_queries_whatever_it_has(
    ana, ours, tie, django_assert_max_num_queries
):
    for number in range(5):
        event = make.TieEventFactory(tie=tie, kind="renewed", date=f"19{80 + number}")
        make.EvidenceFactory(tie=tie, event=event)
    ana.get(at("tie", ours, tie.pk))
    with django_assert_max_num_queries(22):
        ana.get(at("tie", ours, tie.pk))


def test_a_private_file_is_for_the_side_that_gave_it(ana, ours, theirs, tie):
    own = make.EvidenceFactory(tie=tie, entered_by="a", title="Nuestro", file=pdf())
    other = make.EvidenceFactory(tie=tie, entered_by="b", title="Ajeno", file=pdf())
    page = text(ana.get(at("tie", ours, tie.pk)))
    assert "Nuestro" in page and "Ajeno" not in page
    file = ana.get(at("tie-evidence-file", ours, tie.pk, own.pk))
    assert b"".join(file.streaming_content) == PDF
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert ana.get(at("tie-evidence-file", ours, tie.pk, other.pk)).status_code == 404
    assert "Ajeno" not in text(ana.get(at("tie-history", ours, tie.pk)))
    bob = login("viewer", theirs)
    file = bob.get(at("tie-evidence-file", theirs, tie.pk, other.pk))
    assert b"".join(file.streaming_content) == PDF


# Our answer


def test_confirming_writes_our_answer_and_the_axes_follow(ana, ours, tie):
    asked = mailfactories.InquiryFactory(tie=tie, side="a")
    url = at("tie-confirm", ours, tie.pk)
    response = ana.post(url, filled(ana.get(url), answer="alive"))
    assert response.status_code == 302
    answer = Confirmation.objects.get()
    assert (answer.tie, answer.side, answer.answer) == (tie, "a", "alive")
    assert answer.answered_by == "Ana" and answer.answered_on == TODAY()
    tie.refresh_from_db()
    assert (tie.status, tie.reciprocity) == ("active", "one_sided_a")
    asked.refresh_from_db()
    assert asked.answered_at is not None
    assert "The tie is confirmed as of today." in text(ana.get(response.url))


def test_a_second_answer_of_the_same_day_replaces_the_first(ana, ours, tie):
    url = at("tie-confirm", ours, tie.pk)
    ana.post(url, filled(ana.get(url), answer="alive"))
    ana.post(url, filled(ana.get(url), answer="unknown", text="Nadie lo recuerda"))
    assert Confirmation.objects.get().answer == "unknown_to_us"
    tie.refresh_from_db()
    assert tie.reciprocity == "disputed"
    assert Correction.objects.get().kind == "dispute"


def test_who_says_that_something_changed_says_what(ana, ours, tie):
    url = at("tie-confirm", ours, tie.pk)
    refused = ana.post(url, filled(ana.get(url), answer="changed"))
    assert "Write what has changed." in text(refused) and not Confirmation.objects.exists()
    ana.post(url, filled(refused, answer="changed", text="Hay otra presidenta"))
    assert Correction.objects.get().text == "Hay otra presidenta"
    assert Confirmation.objects.get().answer == "alive"


@pytest.mark.parametrize("answer", ["ended", "dormant", "x", "", None])
def test_no_other_answer_is_taken(ana, ours, tie, answer):
    url = at("tie-confirm", ours, tie.pk)
    assert ana.post(url, filled(ana.get(url), answer=answer)).status_code == 200
    assert not Confirmation.objects.exists()


# Story and proof


def test_an_event_is_added_once_by_a_double_click(ana, ours, tie):
    url = at("tie-add-event", ours, tie.pk)
    sent = filled(ana.get(url), kind="renewed", date="May 1990", note_en="In the theatre")
    assert [ana.post(url, sent).status_code for _click in "12"] == [302, 302]
    event = TieEvent.objects.get(kind="renewed")
    assert (str(event.date), event.entered_by, event.note_en) == ("1990-05", "a", "In the theatre")


@pytest.mark.parametrize("kind", ["ended", "suspended", "nonsense"])
def test_an_end_or_a_pause_is_no_event_to_be_added(ana, ours, tie, kind):
    url = at("tie-add-event", ours, tie.pk)
    assert ana.post(url, filled(ana.get(url), kind=kind, date="1990")).status_code == 200
    assert TieEvent.objects.count() == 1


def test_what_is_still_to_come_did_not_happen(ana, ours, tie):
    url = at("tie-add-event", ours, tie.pk)
    sent = filled(ana.get(url), kind="renewed", date=str(TODAY().year + 1))
    response = ana.post(url, sent)
    assert "This day is still to come." in text(response)
    assert "<title>Error: " in text(response)


def test_fields_that_the_form_does_not_ask_change_nothing(ana, ours, tie):
    batch = make.ImportBatchFactory()
    other = make.TieFactory()
    url = at("tie-add-event", ours, tie.pk)
    forbidden = {
        "tie": other.pk,
        "entered_by": "b",
        "batch": batch.pk,
        "private_note": "x",
        "date_text": "x",
        "id": 7777,
    }
    ana.post(url, filled(ana.get(url), kind="renewed", date="1990") | forbidden)
    event = TieEvent.objects.get(kind="renewed")
    assert (event.tie, event.entered_by, event.batch) == (tie, "a", None)
    assert (event.private_note, event.date_text) == ("", "") and event.pk != 7777


def test_evidence_comes_with_its_file_and_fingerprint(ana, ours, tie):
    url = at("tie-add-evidence", ours, tie.pk) + "?kind=agreement"
    page = ana.get(url)
    sent = filled(page, title="Acuerdo", event=str(tie.events.get().pk))
    response = ana.post(url, sent | {"upload": pdf("../../ac\r\nuerdo.pdf")})
    assert response.status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.entered_by, evidence.is_public) == ("agreement", "a", True)
    assert len(evidence.sha256) == 64 and evidence.file_size and "/" not in evidence.file_name
    assert default_storage.exists(evidence.file.name)
    assert not Attachment.objects.exists()


def test_a_file_outlasts_the_error_of_another_field(ana, ours, tie):
    url = at("tie-add-evidence", ours, tie.pk)
    refused = ana.post(url, filled(ana.get(url), kind="press") | {"upload": pdf("nota.pdf")})
    assert refused.status_code == 200 and "nota.pdf" in text(refused)
    assert ana.post(url, filled(refused, title="Nota")).status_code == 302
    assert Evidence.objects.get().file_name == "nota.pdf"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"", "The file is empty."),
        ("a.png", b"<html><script>alert(1)</script>", "The file must be a PDF"),
        ("a.pdf", b"%PDF-1.4 /JavaScript (app.alert(1))", "contains a program"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"<script>" * 9, "The picture cannot be read."),
    ],
)
def test_a_hostile_file_gets_a_sentence(ana, ours, tie, name, content, sentence):
    url = at("tie-add-evidence", ours, tie.pk)
    sent = filled(ana.get(url), kind="press", title="Nota") | {"upload": pdf(name, content)}
    assert sentence in text(ana.post(url, sent))
    assert not Evidence.objects.exists() and not Attachment.objects.exists()


def test_evidence_needs_a_file_or_an_address_of_the_web(ana, ours, tie):
    url = at("tie-add-evidence", ours, tie.pk)
    sent = filled(ana.get(url), kind="press", title="Nota")
    assert "Choose a file, or write where it is" in text(ana.post(url, sent))
    refused = ana.post(url, sent | {"url": ["javascript:alert(1)"]})
    assert refused.status_code == 200 and not Evidence.objects.exists()
    assert ana.post(url, sent | {"url": ["https://example.org/nota"]}).status_code == 302


def test_evidence_cannot_point_to_an_event_of_another_tie(ana, ours, tie):
    foreign = make.TieEventFactory()
    url = at("tie-add-evidence", ours, tie.pk)
    sent = filled(ana.get(url), kind="press", title="Nota", url="https://example.org/")
    assert ana.post(url, sent | {"event": [str(foreign.pk)]}).status_code == 200
    assert not Evidence.objects.exists()


def test_two_editors_of_one_event_choose_what_to_keep(ana, ours, tie):
    event = make.TieEventFactory(tie=tie, kind="renewed", date="1990", entered_by="a")
    eva, url = login("editor", ours, "Eva"), at("tie-event", ours, tie.pk, event.pk)
    first, second = ana.get(url), eva.get(url)
    assert eva.post(url, filled(second, place="Teatro")).status_code == 302
    conflict = ana.post(url, filled(first, place="Plaza"))
    assert conflict.status_code == 409 and "Eva" in text(conflict)
    event.refresh_from_db()
    assert event.place == "Teatro"
    ana.post(url, filled(conflict, **{"keep-place": "mine"}))
    event.refresh_from_db()
    assert event.place == "Plaza"


def test_a_withdrawn_file_is_deleted_and_its_history_stays(
    ana, ours, tie, django_capture_on_commit_callbacks
):
    evidence = make.EvidenceFactory(tie=tie, entered_by="a", title="Acta", file=pdf())
    name = evidence.file.name
    url = at("tie-evidence-withdraw", ours, tie.pk, evidence.pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert ana.post(url, filled(ana.get(url), reason="Otra página")).status_code == 302
    assert not Evidence.objects.exists() and not default_storage.exists(name)
    page = text(ana.get(at("tie-history", ours, tie.pk)))
    assert "Evidence: Acta" in page and "Otra página" in page and "Ana, " in page


def test_an_event_that_was_withdrawn_no_longer_counts(ana, ours, gomez):
    tie = make.TieFactory(city_a=gomez, city_b=make.CityFactory(american=True))
    event = make.TieEventFactory(tie=tie, kind="signed", date="1969", entered_by="a")
    url = at("tie-event-withdraw", ours, tie.pk, event.pk)
    ana.post(url, filled(ana.get(url), reason="Fue otro"))
    tie.refresh_from_db()
    assert (tie.stage, tie.since) == ("idea", None)


# Who reads what, and what the office reads


def test_the_registrys_own_reasons_are_said_in_the_readers_language(ana, ours, tie):
    url = at("tie-add-event", ours, tie.pk)
    ana.post(url, filled(ana.get(url), kind="renewed", date="1990"))
    pages = {
        one: text(ana.get(at("tie-history", ours, tie.pk, language=one))) for one in ("es", "en")
    }
    assert "Added at the desk" in pages["en"]
    assert "Agregado en el espacio de trabajo" in pages["es"]
    assert "Added at the desk" not in pages["es"]


def test_the_history_names_persons_to_their_own_committee_only(ana, ours, theirs, tie):
    url = at("tie-add-event", ours, tie.pk)
    ana.post(url, filled(ana.get(url), kind="renewed", date="1990"))
    assert "Ana, " in text(ana.get(at("tie-history", ours, tie.pk)))
    bob = login("viewer", theirs, "Bob")
    page = text(bob.get(at("tie-history", theirs, tie.pk)))
    assert "Ana" not in page and ours.name in page


def test_files_of_our_side_count_for_our_quota(ours, theirs, tie):
    make.EvidenceFactory(tie=tie, entered_by="a", file=pdf())
    make.EvidenceFactory(tie=tie, entered_by="b", file=pdf())
    make.EvidenceFactory(tie=tie, file=pdf())
    assert witnessing.files_of(ours.pk) == (1, len(pdf().read()))
    assert witnessing.files_of(0) == (0, 0)


def test_what_only_the_office_changes_goes_there_in_words(ana, ours, tie):
    url = at("tie-change", ours, tie.pk)
    ana.post(url, filled(ana.get(url), text="Es de 1970, según el acta"))
    told = Correction.objects.get()
    assert (told.kind, told.side, told.tie) == ("changed", "a", tie)
    assert told.told_by.startswith("Ana, ")
    assert "Es de 1970" in text(ana.get(at("tie", ours, tie.pk)))
    assert Inquiry.objects.count() == 0
