from django.db import migrations, models

import sistercities.models.fields
from sistercities.bulk import update_rows
from sistercities.folding import collapse


def fill_in_sounds(apps, schema_editor):
    """Every name gets its sound, which replaces the keys of its misspellings."""
    model = apps.get_model("sistercities", "SearchName")
    names = model.objects.order_by("pk").values_list("pk", "folded").iterator(2000)
    update_rows(model, ["sound"], ((collapse(folded), pk) for pk, folded in names))


class Migration(migrations.Migration):

    dependencies = [
        ("sistercities", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchname",
            name="sound",
            field=sistercities.models.fields.FoldedField(default="", max_length=24),
            preserve_default=False,
        ),
        migrations.RunPython(fill_in_sounds, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="searchname",
            index=models.Index(fields=["sound"], name="search_name_sound"),
        ),
        migrations.DeleteModel(
            name="SearchSpelling",
        ),
    ]
