"""Who sees the files of a committee's page that are not public: who has its desk."""

from committees.models import Committee
from committees.models.document import PURPOSE as DOCUMENT
from committees.models.photo import PURPOSE as PHOTO
from sistercities.editing.attachments import let_see
from sistercities.models import Attachment


def has_desk(attachment: Attachment, user) -> bool:
    """Whether the user is in office at the committee whose file it is."""
    return Committee.objects.for_user(user).filter(pk=attachment.owner).exists()


let_see(PHOTO, has_desk)
let_see(DOCUMENT, has_desk)
