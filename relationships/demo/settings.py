"""What the demo's office has set: a name, a contact, and one name of a country met in lists."""

from relationships.demo.record import Record
from sistercities.models import Association, CountryAlias

ASSOCIATION = {
    "name_es": "Ciudades Hermanas (demo)",
    "name_en": "Sister Cities (demo)",
    "email": "office@demo.example",
    "telephone": "+52 55 0000 0000",
    "postal_address": "Calle de la Amistad 1\n00000 Ciudad de México",
}
ALIAS, COUNTRY = "Nippon Koku", "JP"


def load_settings(record: Record) -> None:
    """As long as nobody has set anything else."""
    if not Association.objects.exists():
        record.save(Association(**ASSOCIATION))
    if not CountryAlias.objects.exists():
        record.save(CountryAlias(alias=ALIAS, country=COUNTRY))
