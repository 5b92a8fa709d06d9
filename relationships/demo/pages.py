"""What two committees tell on their pages: news, drawings in the place of photos, a document."""

import datetime
import io

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from committees.models import Committee, Document, News, Photo
from committees.models.document import PURPOSE as DOCUMENT
from committees.models.photo import PURPOSE as PHOTO
from relationships.demo.drawings import drawn
from relationships.demo.files import bilingual, partial, tables
from relationships.demo.paper import pdf_of
from relationships.demo.record import Record
from sistercities.models import Attachment
from sistercities.uploads import THUMB_SIDE

DAY = datetime.date(2026, 11, 21)
"""The day of the demo: its news are dated back from here, whenever it is loaded."""


def load_pages(record: Record, committees: dict[str, Committee]) -> None:
    """News, photos and documents. A file is known by its name, which no form changes."""
    photos = {table["file"]: _photo(record, committees, table) for table in tables("photos")}
    for table in tables("newsitems"):
        committee = committees[table["committee"]]
        if not News.objects.filter(committee=committee, title_es=table["title_es"]).exists():
            record.save(
                News(
                    committee=committee,
                    date=DAY - datetime.timedelta(days=table["days_before"]),
                    photo=photos.get(table.get("drawing", "")),
                    **bilingual(table, "title", "text"),
                )
            )
    for table in tables("papers"):
        _paper(record, committees[table["committee"]], table)


def _photo(record: Record, committees: dict[str, Committee], table: dict) -> Photo:
    committee = committees[table["committee"]]
    known = Photo.objects.filter(committee=committee, file__file_name=table["file"]).first()
    if known:
        return known
    content = drawn(table["file"])
    thumb = io.BytesIO()
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
        picture.thumbnail((THUMB_SIDE, THUMB_SIDE))
        picture.save(thumb, "WEBP", quality=72, method=2)
    file = _kept(record, committee, PHOTO, table["file"], content)
    file.thumb = ContentFile(thumb.getvalue(), "thumb.webp")
    file.width, file.height = width, height
    file.save()
    return record.save(
        Photo(
            committee=committee,
            file=file,
            has_consent=True,  # nobody is in it
            **bilingual(table, "description"),
        )
    )


def _paper(record: Record, committee: Committee, table: dict) -> None:
    if Document.objects.filter(committee=committee, file__file_name=table["file"]).exists():
        return
    content = pdf_of(f"{table['title_es']} / {table['title_en']}", table["lines"])
    record.save(
        Document(
            committee=committee,
            file=_kept(record, committee, DOCUMENT, table["file"], content),
            date=partial(table["date"]),
            is_public=True,
            **bilingual(table, "title"),
        )
    )


def _kept(
    record: Record, committee: Committee, purpose: str, name: str, content: bytes
) -> Attachment:
    file = Attachment(
        purpose=purpose,
        owner=committee.pk,
        file=ContentFile(content, name),
        kept_at=timezone.now(),
    )
    file.take_fingerprint()
    return record.save(file)
