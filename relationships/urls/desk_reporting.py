"""Pages of a committee's reports: exchanges, donations, programmes, and what is written of them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from relationships.views import desk_donations as donations
from relationships.views import desk_exchanges as exchanges
from relationships.views import desk_programmes as programmes
from relationships.views import desk_reports as reports

pages = [
    path(_("exchanges/"), exchanges.ExchangeList.as_view(), name="exchanges"),
    path(_("exchanges/report/"), exchanges.ReportExchange.as_view(), name="exchange-report"),
    path(_("exchanges/<int:pk>/"), exchanges.ExchangeDetail.as_view(), name="exchange"),
    path(_("exchanges/<int:pk>/edit/"), exchanges.EditExchange.as_view(), name="exchange-edit"),
    path(
        _("exchanges/<int:pk>/withdraw/"),
        exchanges.WithdrawExchange.as_view(),
        name="exchange-withdraw",
    ),
    path(
        _("exchanges/<int:pk>/acknowledge/"),
        exchanges.AcknowledgeExchange.as_view(),
        name="exchange-acknowledge",
    ),
    path(
        _("exchanges/<int:pk>/not-right/"),
        exchanges.ObjectToExchange.as_view(),
        name="exchange-object",
    ),
    path(
        _("exchanges/<int:pk>/right/"),
        exchanges.StandByExchange.as_view(),
        name="exchange-stand-by",
    ),
    path(_("donations/"), donations.DonationList.as_view(), name="donations"),
    path(_("donations/report/"), donations.ReportDonation.as_view(), name="donation-report"),
    path(_("donations/<int:pk>/"), donations.DonationDetail.as_view(), name="donation"),
    path(_("donations/<int:pk>/edit/"), donations.EditDonation.as_view(), name="donation-edit"),
    path(
        _("donations/<int:pk>/withdraw/"),
        donations.WithdrawDonation.as_view(),
        name="donation-withdraw",
    ),
    path(
        _("donations/<int:pk>/acknowledge/"),
        donations.AcknowledgeDonation.as_view(),
        name="donation-acknowledge",
    ),
    path(
        _("donations/<int:pk>/not-right/"),
        donations.ObjectToDonation.as_view(),
        name="donation-object",
    ),
    path(
        _("donations/<int:pk>/right/"),
        donations.StandByDonation.as_view(),
        name="donation-stand-by",
    ),
    path(_("programme/"), programmes.ProgrammeList.as_view(), name="programmes"),
    path(_("programme/begin/"), programmes.AddProgramme.as_view(), name="programme-add"),
    path(_("programme/<int:pk>/"), programmes.ProgrammeDetail.as_view(), name="programme"),
    path(_("programme/<int:pk>/edit/"), programmes.EditProgramme.as_view(), name="programme-edit"),
    path(_("programme/<int:pk>/copy/"), programmes.CopyProgramme.as_view(), name="programme-copy"),
    path(_("programme/<int:pk>/add/"), programmes.AddActivity.as_view(), name="activity-add"),
    path(
        _("programme/activities/<int:pk>/edit/"),
        programmes.EditActivity.as_view(),
        name="activity-edit",
    ),
    path(
        _("programme/activities/<int:pk>/done/"),
        programmes.MarkDone.as_view(),
        name="activity-done",
    ),
    path(
        _("programme/activities/<int:pk>/not-done/"),
        programmes.MarkNotDone.as_view(),
        name="activity-not-done",
    ),
    path(
        _("programme/activities/<int:pk>/remove/"),
        programmes.RemoveActivity.as_view(),
        name="activity-remove",
    ),
    path(_("reports/"), reports.Reports.as_view(), name="reports"),
    path(_("reports/<int:year>/"), reports.Annual.as_view(), name="annual-report"),
    path(_("hand-over/"), reports.HandOverPack.as_view(), name="hand-over"),
]
