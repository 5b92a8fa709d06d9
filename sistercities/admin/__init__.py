"""The national office's desk: what every admin page shares, and the people who log in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sistercities.admin.addresses import AddressAdmin
from sistercities.admin.association import AssociationAdmin, PageTextAdmin
from sistercities.admin.exports import ExportAdmin
from sistercities.admin.grouppages import GroupAdmin
from sistercities.admin.jobs import JobAdmin
from sistercities.admin.mail import OutgoingMailAdmin
from sistercities.admin.mailing import MailingAdmin
from sistercities.admin.merges import DuplicateAdmin, MergeAdmin
from sistercities.admin.registry import ReadOnlyAdmin, RegistryAdmin, in_words
from sistercities.admin.reviewed import ReviewedAdmin
from sistercities.admin.users import UserAdmin
from sistercities.admin.words import CountryAliasAdmin
from sistercities.association import NAME

# What allauth keeps of a login is changed by its owner, not in the admin.
for model in (EmailAddress, Authenticator, UserSession):
    admin.site.unregister(model)

admin.site.site_header = NAME
admin.site.site_title = NAME
admin.site.index_title = _("The national office")

__all__ = [
    "AddressAdmin",
    "AssociationAdmin",
    "CountryAliasAdmin",
    "DuplicateAdmin",
    "ExportAdmin",
    "GroupAdmin",
    "JobAdmin",
    "MailingAdmin",
    "MergeAdmin",
    "OutgoingMailAdmin",
    "PageTextAdmin",
    "ReadOnlyAdmin",
    "RegistryAdmin",
    "ReviewedAdmin",
    "UserAdmin",
    "in_words",
]
