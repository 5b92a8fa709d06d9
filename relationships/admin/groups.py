"""What the office's groups may do with ties and all that belongs to them."""

from relationships.models import (
    Activity,
    ColumnMatch,
    Comparison,
    Confirmation,
    Correction,
    Donation,
    ErrorReport,
    Evidence,
    Exchange,
    ImportBatch,
    ImportRow,
    Inquiry,
    Objection,
    PlaceAlias,
    Programme,
    Proposal,
    SideContact,
    Statement,
    Tie,
    TieCommittee,
    TieEdit,
    TieEvent,
)
from sistercities.admin.groups import REGISTRAR, REVIEWER, grant

STORY = (TieEvent, Evidence, Statement, Confirmation, TieCommittee)
REPORTS = (Exchange, Donation, Programme, Activity)
LETTERS = (Inquiry, Correction, SideContact, Objection)

for model in (Tie, *STORY, Proposal, *REPORTS, *LETTERS):
    grant(REVIEWER, model, "view")
    grant(REGISTRAR, model, "view")
for model in LETTERS:  # to settle what people wrote
    grant(REVIEWER, model, "change")
grant(REVIEWER, SideContact, "add")
for model in (Tie, *STORY, *REPORTS, SideContact):
    grant(REGISTRAR, model, "add", "change")
for model in (TieEvent, TieCommittee, Activity):  # rows on the page of a tie or programme
    grant(REGISTRAR, model, "delete")
for model in (ImportBatch, ImportRow, ColumnMatch, PlaceAlias, Comparison):
    grant(REVIEWER, model, "view")
    grant(REGISTRAR, model, "view")
grant(REGISTRAR, ImportBatch, "import_ties")
grant(REGISTRAR, Comparison, "compare_lists")
for model in (Tie, Exchange, Donation, TieEdit):
    grant(REVIEWER, model, "view", f"review_{model._meta.model_name}")
grant(REVIEWER, ErrorReport, "view", "change")
for model in (TieEdit, ErrorReport):
    grant(REGISTRAR, model, "view")
