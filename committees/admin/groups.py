"""What the office's groups may do with places, committees and people."""

from committees.models import (
    City,
    CityName,
    Committee,
    CommitteeCity,
    Consent,
    Document,
    Invitation,
    Meeting,
    Membership,
    News,
    Office,
    OfficeTerm,
    Person,
    Photo,
    Region,
    SisterText,
)
from sistercities.admin.groups import REGISTRAR, REVIEWER, TREASURER, grant

PLACES = (City, CityName, Region)
TEXTS = (News, Photo, Document, Meeting, SisterText)
PEOPLE = (Person, Membership, Office, OfficeTerm)

for model in (*PLACES, Committee, CommitteeCity, *PEOPLE, *TEXTS, Consent, Invitation):
    grant(REVIEWER, model, "view")
    grant(REGISTRAR, model, "view")
for model in (Committee, *TEXTS):
    grant(REVIEWER, model, "change")
for model in (*PLACES, Committee, CommitteeCity, *PEOPLE):
    grant(REGISTRAR, model, "add", "change")
for model in (CityName, CommitteeCity):  # rows on the page of a city or committee
    grant(REGISTRAR, model, "delete")
for model in TEXTS:
    grant(REGISTRAR, model, "change")
for model in (City, Region, Committee, CommitteeCity, OfficeTerm, Office, Person):
    grant(TREASURER, model, "view")
