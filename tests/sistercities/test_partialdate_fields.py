"""Partial dates in forms, models and the rules of the database."""

import copy
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps
from django.utils.translation import override

from sistercities.partialdates import (
    PartialDate,
    PartialDateField,
    PartialDateFormField,
    not_before,
)


class SpanForm(forms.Form):
    begun = PartialDateFormField(required=False)


def test_the_form_field_reads_the_active_language_and_shows_what_was_stored():
    with override("es"):
        form = SpanForm({"begun": "5/6/1969"})
        assert form.is_valid()
    assert form.cleaned_data == {"begun": PartialDate(1969, 6, 5)}
    for language, words in (("es", "hacia 1969"), ("en", "about 1969")):
        with override(language):
            shown = SpanForm(initial={"begun": PartialDate(1969, about=True)})["begun"]
            assert shown.value() == words
            assert shown.as_widget() == (
                f'<input type="text" name="begun" value="{words}" inputmode="text" '
                'autocomplete="off" maxlength="80" id="id_begun">'
            )
            assert SpanForm({"begun": words}).fields["begun"].clean(words).about


def test_the_form_field_keeps_what_it_cannot_read_and_says_why():
    with override("en"):
        form = SpanForm({"begun": "July 39, 1958"})
        assert form.errors == {
            "begun": ["That month has no day 39: check the day, or leave it out."]
        }
    assert form["begun"].value() == "July 39, 1958"


def test_the_form_field_may_be_empty_and_notices_changes_of_meaning_only():
    form = SpanForm({"begun": "  "})
    assert form.is_valid()
    assert form.cleaned_data == {"begun": None}
    field, stored = PartialDateFormField(), PartialDate(1969, 5)
    assert field.has_changed(stored, "mayo de 1969") is False
    assert field.has_changed(stored, "1969") is True
    assert field.has_changed(stored, "soon") is True
    assert field.has_changed(None, "") is False
    with pytest.raises(ValidationError):
        field.clean("")


@pytest.fixture(scope="module")
def span_table(django_db_setup: None, django_db_blocker: object) -> Iterator[type[models.Model]]:
    """A throw-away model with a table of its own."""
    with isolate_apps("sistercities"):

        class Span(models.Model):
            begun = PartialDateField("begun", blank=True)
            ended = PartialDateField("ended", blank=True, null=True)
            claimed = PartialDateField("claimed", blank=True)

            class Meta:
                app_label = "sistercities"
                constraints = [
                    models.CheckConstraint(
                        condition=not_before("begun", "ended"),
                        name="span_in_order",
                        violation_error_message="The end is before the beginning.",
                    )
                ]

            def __str__(self) -> str:
                return f"{self.begun}/{self.ended}"

    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Span)
    yield Span
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Span)


@pytest.fixture
def span(span_table: type[models.Model], db: None) -> type[models.Model]:
    return span_table


def test_a_model_stores_the_text_and_returns_the_value(span):
    one = span.objects.create(begun="1969-05-14", ended=PartialDate(1980, about=True))
    two = span.objects.create(begun=date(1969, 5, 14))
    one.refresh_from_db()
    assert (one.begun, one.ended) == (PartialDate(1969, 5, 14), PartialDate(1980, about=True))
    assert span.objects.values_list("begun", "ended").get(pk=two.pk) == (
        PartialDate(1969, 5, 14),
        None,
    )
    assert span(begun=None).begun is None
    assert span().begun is None


def test_a_model_says_why_a_value_cannot_be_stored(span):
    with pytest.raises(ValidationError) as caught:
        span(begun="1969-02-30").full_clean()
    with override("en"):
        assert caught.value.message_dict == {
            "begun": ["That month has no day 30: check the day, or leave it out."]
        }
    with pytest.raises(ValidationError):
        span.objects.create(begun="July 1969")


def test_stored_dates_are_found_by_year_range_anniversary_and_text(span):
    texts = ["1968-12-31", "1969", "1969-05-14", "1969-05-14~", "1969~", "1970-05-14"]
    for text in texts:
        span.objects.create(begun=text)

    def found(**lookups: object) -> list[str]:
        rows = span.objects.filter(**lookups).order_by("begun")
        return [str(value) for value in rows.values_list("begun", flat=True)]

    assert found(begun__isnull=False) == texts
    assert found(begun__year=1969) == ["1969", "1969-05-14", "1969-05-14~", "1969~"]
    assert found(begun__year__lt=1969) == ["1968-12-31"]
    assert found(begun__gte="1969", begun__lt=PartialDate(1970)) == texts[1:5]
    assert found(begun__anniversary="05-14") == ["1969-05-14", "1970-05-14"]
    assert found(begun__startswith="1969-05") == ["1969-05-14", "1969-05-14~"]
    assert found(begun__in=["1969", PartialDate(1968, 12, 31)]) == ["1968-12-31", "1969"]
    assert span.objects.aggregate(models.Max("begun")) == {"begun__max": PartialDate(1970, 5, 14)}


ORDERS = [
    ("1969", "1969", True),
    ("1969", "1970", True),
    ("1970", "1969", False),
    ("1969-05-14", "1969", True),
    ("1969", "1969-05-14", True),
    ("1969-05-14", "1969-05", True),
    ("1969-05-14", "1969-04", False),
    ("1969-05", "1969-04-30", False),
    ("1969-05-14", "1969-05-13", False),
    ("1969-05-14", "1969-05-14", True),
    ("1969-12~", "1969-01", True),
    ("1969-12", "1969-01-01~", True),
    ("1970~", "1969-12-31", False),
    ("1969-12-31~", "1970", True),
    ("1970-01", "1969-12-31~", False),
    ("0999-12", "1000-01", True),
    (None, "1969", True),
    ("1969", None, True),
    (None, None, True),
]


@pytest.mark.parametrize(("begun", "ended", "allowed"), ORDERS)
def test_the_database_the_model_and_the_value_agree_whether_an_end_is_possible(
    span, begun, ended, allowed
):
    row = span(begun=begun, ended=ended)
    if begun and ended:
        assert PartialDate.parse(ended).is_before(PartialDate.parse(begun)) is not allowed
    if allowed:
        row.full_clean()
        row.save()
        assert span.objects.filter(not_before("begun", "ended")).count() == 1
    else:
        with pytest.raises(ValidationError, match=r"The end is before the beginning\."):
            row.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
        assert span.objects.count() == 0


def test_the_database_agrees_with_the_value_on_many_pairs(span):
    day, texts = date(1968, 2, 27), []
    for step in range(12):
        stored = str(PartialDate.of(day + timedelta(days=step * 35 % 400)))
        texts += [stored, stored[:7], stored[:4], stored + "~", stored[:7] + "~"]
    texts = sorted(set(texts))
    span.objects.bulk_create(span(begun=one, claimed=other) for one in texts for other in texts)
    kept = span.objects.filter(not_before("begun", "claimed")).values_list("begun", "claimed")
    assert set(kept) == {
        (one, other)
        for one in map(PartialDate.parse, texts)
        for other in map(PartialDate.parse, texts)
        if not other.is_before(one)
    }


def test_the_order_of_stored_dates_does_not_hang_on_the_servers_language():
    collation = PartialDateField().db_parameters(connection)["collation"]
    assert collation == ("C" if connection.vendor == "postgresql" else None)


def test_the_field_survives_a_migration_and_a_copy():
    for field in (
        PartialDateField(),
        PartialDateField(blank=True),
        PartialDateField("since", blank=True, null=False, max_length=20),
    ):
        name, path, arguments, options = field.deconstruct()
        again = PartialDateField(*arguments, **options)
        assert (again.null, again.blank, again.max_length) == (
            field.null,
            field.blank,
            field.max_length,
        )
        assert again.deconstruct() == (name, path, arguments, options)
        assert field.clone().deconstruct()[1:] == copy.copy(field).deconstruct()[1:]
    assert MigrationWriter.serialize(PartialDateField(blank=True)) == (
        "sistercities.partialdates.PartialDateField(blank=True, null=True)",
        {"import sistercities.partialdates"},
    )


def test_the_field_takes_every_kind_of_date_and_writes_plain_text(span):
    field = span._meta.get_field("begun")
    assert field.to_python(datetime(1969, 5, 14, 23, 59)) == PartialDate(1969, 5, 14)
    assert field.to_python("") is None
    assert field.value_to_string(span(begun=PartialDate(1969, 5))) == "1969-05"
    assert field.value_to_string(span()) == ""
    assert isinstance(field.formfield(), PartialDateFormField)
    assert field.formfield().required is False
