"""Who sees the files of a committee's page that are not public: who has its desk; of photos also
the national office, which may have hidden them. A private document is the desk's own."""

from committees.models import Committee
from committees.models.document import PURPOSE as DOCUMENT
from committees.models.photo import PURPOSE as PHOTO
from sistercities.editing.attachments import let_see
from sistercities.models import Attachment


def has_desk(attachment: Attachment, user) -> bool:
    """Whether the user is in office at the committee whose file it is."""
    return Committee.objects.for_user(user).filter(pk=attachment.owner).exists()


def sees_photo(attachment: Attachment, user) -> bool:
    """Whether the user is in office there, or looks after photos at the national office."""
    at_the_office = user.is_staff and user.has_perm("committees.view_photo")
    return at_the_office or has_desk(attachment, user)


let_see(PHOTO, sees_photo)
let_see(DOCUMENT, has_desk)
