"""Attachments: taken in, counted against a quota, shown to whom their purpose allows."""

from collections.abc import Callable

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from sistercities import uploads
from sistercities.models import Attachment

MOST_FILES = 200
MOST_BYTES = 500 * uploads.MEGABYTE
FULL = _("There is no room for more files (200 files, 500 MB). Remove one that is not needed.")
UNAVAILABLE = _("The file could not be kept just now. Try again in a moment.")
_SALT = "sistercities.editing.attachment"
_LOCK = 7_311
"""Of PostgreSQL's advisory locks, those for files of an owner."""

MaySee = Callable[[Attachment, object], bool]
Use = Callable[[int], tuple[int, int]]
_may_see: dict[str, MaySee] = {}
_uses: list[Use] = []


def let_see(purpose: str, rule: MaySee) -> None:
    """Say who sees private attachments of a purpose: rule(attachment, user). Unsaid: nobody."""
    _may_see[purpose] = rule


def count_use(use: Use) -> None:
    """Count files that lie elsewhere against the quota: use(owner) -> (files, bytes)."""
    _uses.append(use)


def may_see(attachment: Attachment, user) -> bool:
    """Everyone, if it is kept and public; else whom the purpose allows, or its sender before."""
    if attachment.kept_at and attachment.is_public:
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    if attachment.kept_at is None and attachment.made_by_id == user.pk:
        return True
    rule = _may_see.get(attachment.purpose)
    return rule is not None and rule(attachment, user)


def used(owner: int) -> tuple[int, int]:
    """How many files and bytes an owner has."""
    own = Attachment.objects.filter(owner=owner).aggregate(n=Count("pk"), size=Sum("file_size"))
    counts = [(own["n"], own["size"] or 0), *(use(owner) for use in _uses)]
    return sum(files for files, _size in counts), sum(size for _files, size in counts)


def make_sure_of_room(owner: int | None, coming: int) -> None:
    """ValidationError when one more file of so many bytes is too much for its owner."""
    if owner is None:
        return
    files, size = used(owner)
    if files >= MOST_FILES or size + coming > MOST_BYTES:
        raise ValidationError(FULL)


def wait_for_others(owner: int | None) -> None:
    """Let nobody else add a file of this owner until the transaction ends. SQLite has one writer
    at a time by itself: its transactions begin as writers (settings.py)."""
    if owner is not None and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, owner % 2**31])


def store(
    sent: UploadedFile, *, kinds: tuple[str, ...], purpose: str, owner: int | None, user
) -> Attachment:
    """Keep a file that came with a form; ValidationError with one sentence when it cannot be."""
    make_sure_of_room(owner, min(sent.size or 0, uploads.MOST_PDF))  # before any work
    kept = uploads.accept(sent, kinds, uploads.PHOTO_SIDE)
    attachment = Attachment(
        purpose=purpose, owner=owner, made_by=user if user.is_authenticated else None
    )
    attachment.file = kept
    if kept.content_type != "application/pdf":
        thumb, attachment.width, attachment.height = uploads.small(kept)
        attachment.thumb = ContentFile(thumb, "thumb.webp")
    attachment.take_fingerprint()
    try:
        with transaction.atomic():
            wait_for_others(owner)
            make_sure_of_room(owner, attachment.file_size)
            attachment.save()
    except OSError as error:
        for stored in (attachment.file, attachment.thumb):
            if stored and stored._committed:
                stored.storage.delete(stored.name)
        raise ValidationError(UNAVAILABLE) from error
    return attachment


def sign(attachment: Attachment) -> str:
    """What a form carries instead of the file."""
    return signing.Signer(salt=_SALT).sign(attachment.pk)


def find(signed: str) -> Attachment | None:
    """The attachment that a form carries; None when the text is not ours or the file is gone."""
    try:
        number = signing.Signer(salt=_SALT).unsign(signed)
    except signing.BadSignature:
        return None
    return Attachment.objects.filter(pk=number).first()
