"""How long this floor keeps what people write: the duties of `manage.py retention`."""

from committees.models import Application, Invitation, JoinRequest, MemberImport, Thread
from sistercities import retention

retention.duty("messages", Thread.purge)
retention.duty("requests to join", JoinRequest.purge)
retention.duty("applications", Application.purge)
retention.duty("invitations", Invitation.purge)
retention.duty("lists of members", MemberImport.purge)
