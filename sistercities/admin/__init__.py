"""The national office's desk: what every admin page shares, and the people who log in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sistercities.admin.addresses import AddressAdmin
from sistercities.admin.exports import ExportAdmin
from sistercities.admin.grouppages import GroupAdmin
from sistercities.admin.jobs import JobAdmin
from sistercities.admin.mail import OutgoingMailAdmin
from sistercities.admin.registry import ReadOnlyAdmin, RegistryAdmin, in_words
from sistercities.admin.reviewed import ReviewedAdmin
from sistercities.admin.users import UserAdmin
from sistercities.context import SITE_NAME

# What allauth keeps of a login is changed by its owner, not in the admin.
for model in (EmailAddress, Authenticator, UserSession):
    admin.site.unregister(model)

admin.site.site_header = SITE_NAME
admin.site.site_title = SITE_NAME
admin.site.index_title = _("The national office")

__all__ = [
    "AddressAdmin",
    "ExportAdmin",
    "GroupAdmin",
    "JobAdmin",
    "OutgoingMailAdmin",
    "ReadOnlyAdmin",
    "RegistryAdmin",
    "ReviewedAdmin",
    "UserAdmin",
    "in_words",
]
