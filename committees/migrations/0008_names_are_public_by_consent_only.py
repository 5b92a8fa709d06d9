from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0007_turn_public_names_into_consents'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='person',
            name='public_name_needs_a_date',
        ),
        migrations.RemoveField(
            model_name='historicalperson',
            name='agreed_on',
        ),
        migrations.RemoveField(
            model_name='historicalperson',
            name='name_is_public',
        ),
        migrations.RemoveField(
            model_name='person',
            name='agreed_on',
        ),
        migrations.RemoveField(
            model_name='person',
            name='name_is_public',
        ),
    ]
