"""Pages of a committee's ties: the list, one tie, its story, our answer, its end, a proposal."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from relationships.views import desk_ties as ties
from relationships.views import desk_ties_answer as answer
from relationships.views import desk_ties_edit as edit
from relationships.views import desk_ties_propose as propose
from relationships.views import desk_ties_story as story
from relationships.views.desk_ties_take_back import TakeEndBack

events = [
    path(_("add/"), story.AddEvent.as_view(), name="tie-add-event"),
    path("<int:pk>/", story.EditEvent.as_view(), name="tie-event"),
    path(_("<int:pk>/withdraw/"), story.WithdrawEvent.as_view(), name="tie-event-withdraw"),
]
evidence = [
    path(_("add/"), story.AddEvidence.as_view(), name="tie-add-evidence"),
    path("<int:pk>/", story.EditEvidence.as_view(), name="tie-evidence"),
    path(_("<int:pk>/withdraw/"), story.WithdrawEvidence.as_view(), name="tie-evidence-withdraw"),
    path(_("<int:pk>/file/"), ties.EvidenceFile.as_view(), name="tie-evidence-file"),
]
one_tie = [
    path("", ties.OneTie.as_view(), name="tie"),
    path(_("history/"), ties.TieHistory.as_view(), name="tie-history"),
    path(_("confirm/"), answer.Confirm.as_view(), name="tie-confirm"),
    path(_("disagree/"), answer.Disagree.as_view(), name="tie-disagree"),
    path(_("end/"), answer.EndTie.as_view(), name="tie-end"),
    path(
        _("end/<int:draft>/throw-away/"), answer.ThrowAwayEnd.as_view(), name="tie-end-throw-away"
    ),
    path(_("end/<int:draft>/<slug:step>/"), answer.EndTie.as_view(), name="tie-end-step"),
    path(_("end/take-back/"), TakeEndBack.as_view(), name="tie-end-take-back"),
    path(_("events/"), include(events)),
    path(_("evidence/"), include(evidence)),
    path(_("propose-change/"), edit.ProposeChange.as_view(), name="tie-change"),
    path(_("changes/<int:pk>/"), edit.OneEdit.as_view(), name="tie-edit"),
    path(_("kind/"), story.EditProposedKind.as_view(), name="tie-kind"),
    path(_("send-again/"), story.SendAgain.as_view(), name="tie-send-again"),
    path(_("sent/"), propose.Sent.as_view(), name="tie-sent"),
]
pages = [
    path(
        _("ties/"),
        include(
            [
                path("", ties.TieList.as_view(), name="ties"),
                path(_("propose/"), propose.Propose.as_view(), name="tie-propose"),
                path(
                    _("propose/<int:draft>/throw-away/"),
                    propose.ThrowAwayProposal.as_view(),
                    name="tie-propose-throw-away",
                ),
                path(
                    _("propose/<int:draft>/<slug:step>/"),
                    propose.Propose.as_view(),
                    name="tie-propose-step",
                ),
                path("<int:tie>/", include(one_tie)),
            ]
        ),
    ),
]
