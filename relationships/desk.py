"""The sections that this floor adds to the committee's desk."""

from django.utils.translation import gettext_lazy as _

from committees.desk import Section, Shortcut, offer, register
from relationships.witnessing import PURPOSE, files_of, may_see_upload
from sistercities.editing import attachments

register(Section("ties", _("Ties"), "desk:ties", order=40))
register(Section("exchanges", _("Exchanges"), "desk:exchanges", order=50))
register(Section("donations", _("Donations"), "desk:donations", order=60))
register(Section("programme", _("Work programme"), "desk:programmes", order=70))
register(Section("reports", _("Annual report"), "desk:reports", order=95))

offer(Shortcut(_("Report an exchange"), "desk:exchange-report", order=10))
offer(Shortcut(_("Report a donation"), "desk:donation-report", order=20))

attachments.let_see(PURPOSE, may_see_upload)
attachments.count_use(files_of)
