"""What the office's groups may do with places, committees and people."""

from committees.models import (
    AdviceRequest,
    Affiliation,
    Application,
    City,
    CityName,
    Committee,
    CommitteeCity,
    Consent,
    Convention,
    Credentials,
    Delegation,
    Document,
    Dues,
    DuesRate,
    DuesRule,
    Guide,
    GuideFile,
    Invitation,
    Meeting,
    Membership,
    News,
    Office,
    OfficeTerm,
    Payment,
    Person,
    Photo,
    ProgrammeItem,
    Region,
    Registration,
    SisterText,
)
from sistercities.admin.groups import REGISTRAR, REVIEWER, TREASURER, grant

PLACES = (City, CityName, Region)
TEXTS = (News, Photo, Document, Meeting, SisterText)
PEOPLE = (Person, Membership, Office, OfficeTerm)
CONVENTIONS = (Convention, ProgrammeItem, Registration)
MEMBERSHIP = (Affiliation, Delegation)
MONEY = (DuesRate, DuesRule, Dues, Payment)

for model in (*PLACES, Committee, CommitteeCity, *PEOPLE, *TEXTS, Consent, Invitation):
    grant(REVIEWER, model, "view")
    grant(REGISTRAR, model, "view")
grant(REVIEWER, Committee, "review_committee")
for model in TEXTS:
    grant(REVIEWER, model, "change")
for model in (*PLACES, Committee, CommitteeCity, *PEOPLE):
    grant(REGISTRAR, model, "add", "change")
for model in (CityName, CommitteeCity):  # rows on the page of a city or committee
    grant(REGISTRAR, model, "delete")
for model in TEXTS:
    grant(REGISTRAR, model, "change")
for model in (City, Region, Committee, CommitteeCity, OfficeTerm, Office, Person):
    grant(TREASURER, model, "view")
for model in (*MEMBERSHIP, *MONEY, Application):
    for group in (REVIEWER, REGISTRAR, TREASURER):
        grant(group, model, "view")
for group in (REGISTRAR, TREASURER):
    grant(group, Affiliation, "add", "change")
    grant(group, Application, "change")  # the board's decisions
grant(REGISTRAR, Delegation, "add", "change")
for model in MONEY:
    grant(TREASURER, model, "add", "change")
for model in CONVENTIONS:
    for group in (REVIEWER, REGISTRAR, TREASURER):
        grant(group, model, "view")
    grant(REGISTRAR, model, "add", "change")
grant(REGISTRAR, ProgrammeItem, "delete")  # rows on the page of a convention
grant(REGISTRAR, Credentials, "add")  # to close the list, and to set it aside
for group in (REVIEWER, REGISTRAR):  # whoever is asked may answer
    grant(group, AdviceRequest, "view", "change")
    grant(group, Guide, "view", "add", "change")
    grant(group, GuideFile, "view", "add", "change", "delete")  # rows on the page of a guide
grant(REVIEWER, Guide, "review_guide")
