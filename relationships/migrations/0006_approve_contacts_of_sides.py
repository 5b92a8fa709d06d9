"""Contacts of sides wait for the office; what the office itself entered counts as approved."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def decision():
    return models.CharField(
        blank=True,
        choices=[("approved", "Approved"), ("refused", "Refused")],
        editable=False,
        max_length=8,
        verbose_name="decision of the office",
    )


def decision_reason():
    return models.CharField(
        blank=True, editable=False, max_length=200, verbose_name="reason of the decision"
    )


def decided_at():
    return models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at")


def decided_by(**options):
    return models.ForeignKey(
        blank=True,
        editable=False,
        null=True,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name="decided by",
        **options,
    )


def approve_those_of_the_office(apps, schema_editor):
    """Entered by staff, by a command, or by somebody of whom no history tells."""
    contacts = apps.get_model("relationships", "SideContact").objects
    history = apps.get_model("relationships", "HistoricalSideContact").objects
    by_desks = history.filter(history_type="+", history_user__is_staff=False).values("id")
    contacts.exclude(pk__in=by_desks).update(decision="approved")


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("relationships", "0005_take_known_currencies_only"),
    ]

    operations = [
        migrations.AddField("sidecontact", "decision", decision()),
        migrations.AddField("sidecontact", "decision_reason", decision_reason()),
        migrations.AddField("sidecontact", "decided_at", decided_at()),
        migrations.AddField(
            "sidecontact", "decided_by", decided_by(on_delete=django.db.models.deletion.PROTECT)
        ),
        migrations.AddField("historicalsidecontact", "decision", decision()),
        migrations.AddField("historicalsidecontact", "decision_reason", decision_reason()),
        migrations.AddField("historicalsidecontact", "decided_at", decided_at()),
        migrations.AddField(
            "historicalsidecontact",
            "decided_by",
            decided_by(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING),
        ),
        migrations.RunPython(approve_those_of_the_office, migrations.RunPython.noop),
    ]
