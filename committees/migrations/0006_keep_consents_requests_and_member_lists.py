import django.db.models.deletion
import django.utils.timezone
import sistercities.models.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0005_keep_news_photos_and_documents'),
        ('sistercities', '0007_keep_drafts_and_attachments'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('name', 'Name on the board'), ('photo', 'Photos that show the person'), ('email', 'E-mail address'), ('phone', 'Telephone')], max_length=8, verbose_name='what')),
                ('wording_version', models.CharField(max_length=20, verbose_name='version of the wording')),
                ('wording', models.TextField(max_length=1000, verbose_name='wording')),
                ('language', models.CharField(choices=[('es', 'Spanish'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('given_on', models.DateField(verbose_name='given on')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn on')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'ordering': ['-given_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='JoinRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='full name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('why', models.TextField(blank=True, max_length=1000, verbose_name='why')),
                ('language', models.CharField(choices=[('es', 'Spanish'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('wording_version', models.CharField(max_length=20, verbose_name='version of the wording')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked at')),
                ('answer', models.CharField(blank=True, choices=[('approved', 'Approved'), ('declined', 'Declined')], max_length=8, verbose_name='answer')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
            ],
            options={
                'verbose_name': 'request to join',
                'verbose_name_plural': 'requests to join',
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MemberImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(blank=True, max_length=120, verbose_name='file')),
                ('seen', models.CharField(editable=False, max_length=64)),
                ('counts', models.JSONField(default=dict, verbose_name='rows by verdict')),
                ('planned_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='planned at')),
                ('committed_at', models.DateTimeField(blank=True, null=True, verbose_name='carried out at')),
            ],
            options={
                'verbose_name': 'import of members',
                'verbose_name_plural': 'imports of members',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='MemberImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='row')),
                ('verdict', models.CharField(choices=[('new', 'New'), ('changed', 'Changed'), ('same', 'Same'), ('look', 'Needs a look'), ('rejected', 'Rejected')], max_length=8, verbose_name='verdict')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('raw', models.JSONField(default=dict, verbose_name='as written')),
                ('plan', models.JSONField(default=dict, verbose_name='what will be written')),
            ],
            options={
                'verbose_name': 'imported member',
                'verbose_name_plural': 'imported members',
                'ordering': ['batch', 'number'],
            },
        ),
        migrations.AlterModelOptions(
            name='person',
            options={'ordering': ['sort_name', 'pk'], 'verbose_name': 'person', 'verbose_name_plural': 'people'},
        ),
        migrations.AddField(
            model_name='historicalmembership',
            name='note',
            field=models.CharField(blank=True, max_length=500, verbose_name='note'),
        ),
        migrations.AddField(
            model_name='historicaloffice',
            name='on_board',
            field=models.BooleanField(default=True, help_text='Helpers with access only are not shown', verbose_name='of the board'),
        ),
        migrations.AddField(
            model_name='historicalperson',
            name='erased_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='erased at'),
        ),
        migrations.AddField(
            model_name='membership',
            name='note',
            field=models.CharField(blank=True, max_length=500, verbose_name='note'),
        ),
        migrations.AddField(
            model_name='office',
            name='on_board',
            field=models.BooleanField(default=True, help_text='Helpers with access only are not shown', verbose_name='of the board'),
        ),
        migrations.AddField(
            model_name='person',
            name='erased_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='erased at'),
        ),
        migrations.AddField(
            model_name='person',
            name='sort_name',
            field=sistercities.models.fields.FoldedField(default='', editable=False, max_length=150),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['sort_name'], name='person_by_name'),
        ),
        migrations.AddField(
            model_name='consent',
            name='committee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='committees.committee', verbose_name='committee'),
        ),
        migrations.AddField(
            model_name='consent',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='committees.person', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='consent',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='consent',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by'),
        ),
        migrations.AddField(
            model_name='joinrequest',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by'),
        ),
        migrations.AddField(
            model_name='joinrequest',
            name='committee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='join_requests', to='committees.committee', verbose_name='committee'),
        ),
        migrations.AddField(
            model_name='joinrequest',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='join_requests', to='committees.person', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='memberimport',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='memberimport',
            name='committee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='member_imports', to='committees.committee', verbose_name='committee'),
        ),
        migrations.AddField(
            model_name='memberimportrow',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='committees.memberimport', verbose_name='import'),
        ),
        migrations.AddField(
            model_name='memberimportrow',
            name='membership',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='import_rows', to='committees.membership', verbose_name='membership'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['committee', 'what'], name='consent_of_committee'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_on', None)), fields=('person', 'committee', 'what'), name='one_consent_in_force', violation_error_message='This consent is recorded already.'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on', None), ('withdrawn_on__gte', models.F('given_on')), _connector='OR'), name='consent_withdrawn_after_given', violation_error_message='A consent cannot be withdrawn before it was given.'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('committee', 'email'), name='one_waiting_join_request'),
        ),
        migrations.AddIndex(
            model_name='memberimportrow',
            index=models.Index(fields=['batch', 'verdict'], name='member_row_by_verdict'),
        ),
        migrations.AddConstraint(
            model_name='memberimportrow',
            constraint=models.UniqueConstraint(fields=('batch', 'number'), name='member_row_once_per_import'),
        ),
    ]
