"""What a committee of the demo registry tells beyond what the demo has: one row of each."""

from committees.models import Committee, Document, News, Photo
from tests import page_factories


def told_by(committee: Committee) -> tuple[News, Photo, Document]:
    """A news item with a photo, and a public document; made when they are first asked for."""
    item = News.objects.filter(committee=committee).exclude(photo=None).first()
    item = item or page_factories.NewsFactory(committee=committee, illustrated=True)
    document = Document.objects.filter(committee=committee, is_public=True).first()
    document = document or page_factories.DocumentFactory(committee=committee)
    return item, item.photo, document
