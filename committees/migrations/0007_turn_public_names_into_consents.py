"""Who agreed to be named becomes a consent for each committee in which they hold an office."""

from django.db import migrations

from sistercities.folding import fold

VERSION = "before-2026"
WORDING = {
    "es": "Registrado antes de que se guardaran los textos: la persona aceptó que se muestre su nombre.",
    "en": "Recorded before wordings were kept: the person agreed to have the name shown.",
}


def forwards(apps, schema_editor):
    Person = apps.get_model("committees", "Person")
    Consent = apps.get_model("committees", "Consent")
    OfficeTerm = apps.get_model("committees", "OfficeTerm")
    for person in Person.objects.filter(sort_name="").iterator():
        person.sort_name = fold(person.name)[:150]
        person.save(update_fields=["sort_name"])
    seen = set()
    terms = OfficeTerm.objects.filter(person__name_is_public=True)
    for term in terms.select_related("person", "committee").iterator():
        if (term.person_id, term.committee_id) not in seen:
            seen.add((term.person_id, term.committee_id))
            language = "en" if term.committee.country == "US" else "es"
            Consent.objects.create(
                person=term.person,
                committee=term.committee,
                what="name",
                wording_version=VERSION,
                wording=WORDING[language],
                language=language,
                given_on=term.person.agreed_on,
            )


def backwards(apps, schema_editor):
    Person = apps.get_model("committees", "Person")
    Consent = apps.get_model("committees", "Consent")
    for consent in Consent.objects.filter(what="name", withdrawn_on=None).order_by("given_on"):
        Person.objects.filter(pk=consent.person_id).update(
            name_is_public=True, agreed_on=consent.given_on
        )
    Consent.objects.filter(wording_version=VERSION).delete()


class Migration(migrations.Migration):

    dependencies = [("committees", "0006_keep_consents_requests_and_member_lists")]

    operations = [migrations.RunPython(forwards, backwards)]
