import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def entered_by():
    return models.CharField(
        blank=True,
        choices=[("a", "First city"), ("b", "Second city")],
        help_text="Empty: by the side that gave",
        max_length=1,
        verbose_name="entered by",
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("relationships", "0003_take_proposals"),
    ]

    operations = [
        migrations.AddField("donation", "entered_by", entered_by()),
        migrations.AddField("historicaldonation", "entered_by", entered_by()),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("a", "First city"), ("b", "Second city")],
                        max_length=1,
                        verbose_name="side",
                    ),
                ),
                ("text", models.TextField(max_length=1000, verbose_name="in their words")),
                (
                    "told_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="told at"),
                ),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="settled at"),
                ),
                (
                    "settled_as",
                    models.CharField(blank=True, max_length=200, verbose_name="how it was settled"),
                ),
                (
                    "donation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objections",
                        to="relationships.donation",
                        verbose_name="donation",
                    ),
                ),
                (
                    "exchange",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objections",
                        to="relationships.exchange",
                        verbose_name="exchange",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="told by",
                    ),
                ),
            ],
            options={
                "verbose_name": "objection",
                "verbose_name_plural": "objections",
                "ordering": ["-told_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("donation__isnull", False), ("exchange", None)),
                            models.Q(("donation", None), ("exchange__isnull", False)),
                            _connector="OR",
                        ),
                        name="objection_is_about_one_report",
                        violation_error_message="An objection is about one report.",
                    )
                ],
            },
        ),
    ]
