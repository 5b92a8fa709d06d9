"""What a committee's page tells: one row of every kind, shown to everyone unless a test says no."""

import datetime
import io

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from committees.models import (
    Convention,
    Document,
    Meeting,
    News,
    Photo,
    ProgrammeItem,
    Registration,
    SisterText,
)
from committees.models.document import PURPOSE as DOCUMENT
from committees.models.photo import PURPOSE as PHOTO
from sistercities.models import Attachment
from sistercities.partialdates import PartialDate
from tests.factories import CityFactory, CommitteeFactory, Saved


def picture(width: int = 60, height: int = 40, kind: str = "JPEG") -> bytes:
    """A small picture of one colour."""
    written = io.BytesIO()
    Image.new("RGB", (width, height), (0, 87, 63)).save(written, kind)
    return written.getvalue()


class AttachmentFactory(Saved):
    """A kept file of a committee's page; `document=True` is a PDF."""

    class Meta:
        model = Attachment

    purpose = PHOTO
    width, height = 60, 40
    kept_at = factory.LazyFunction(timezone.now)
    file = factory.LazyFunction(lambda: ContentFile(picture(), "photo.jpg"))
    thumb = factory.LazyFunction(lambda: ContentFile(picture(kind="WEBP"), "thumb.webp"))

    class Params:
        document = factory.Trait(
            purpose=DOCUMENT,
            width=None,
            height=None,
            thumb="",
            file=factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4 nothing", "paper.pdf")),
        )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kept = model_class(*args, **kwargs)
        kept.take_fingerprint()
        kept.save()
        return kept


class PhotoFactory(Saved):
    class Meta:
        model = Photo

    committee = factory.SubFactory(CommitteeFactory)
    file = factory.SubFactory(AttachmentFactory, owner=factory.SelfAttribute("..committee.pk"))
    description_es = factory.Sequence(lambda n: f"Foto {n}")
    description_en = factory.Sequence(lambda n: f"Photo {n}")
    has_consent = True


class NewsFactory(Saved):
    class Meta:
        model = News

    committee = factory.SubFactory(CommitteeFactory)
    title_es = factory.Sequence(lambda n: f"Noticia {n}")
    title_en = factory.Sequence(lambda n: f"News item {n}")
    text_es = "Pasó algo."
    text_en = "Something happened."

    class Params:
        illustrated = factory.Trait(
            photo=factory.SubFactory(PhotoFactory, committee=factory.SelfAttribute("..committee"))
        )


class DocumentFactory(Saved):
    class Meta:
        model = Document

    committee = factory.SubFactory(CommitteeFactory)
    file = factory.SubFactory(
        AttachmentFactory, document=True, owner=factory.SelfAttribute("..committee.pk")
    )
    title_es = factory.Sequence(lambda n: f"Acta {n}")
    title_en = factory.Sequence(lambda n: f"Minutes {n}")
    is_public = True


class MeetingFactory(Saved):
    class Meta:
        model = Meeting

    committee = factory.SubFactory(CommitteeFactory)
    date = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=7))
    place = "Centro Cívico"


class SisterTextFactory(Saved):
    class Meta:
        model = SisterText

    committee = factory.SubFactory(CommitteeFactory)
    city = factory.SubFactory(CityFactory)
    text_es = "Ciudad hermana."
    text_en = "A sister city."


class ConventionFactory(Saved):
    """A public one, in two months, for which committees may register their people."""

    class Meta:
        model = Convention

    name_es = factory.Sequence(lambda n: f"Convención {n}")
    name_en = factory.Sequence(lambda n: f"Convention {n}")
    begins = factory.LazyFunction(
        lambda: PartialDate.of(timezone.localdate() + datetime.timedelta(days=60))
    )
    registration_until = factory.LazyFunction(
        lambda: timezone.localdate() + datetime.timedelta(days=30)
    )
    is_public = True


class ProgrammeItemFactory(Saved):
    class Meta:
        model = ProgrammeItem

    convention = factory.SubFactory(ConventionFactory)
    day = factory.LazyAttribute(lambda item: item.convention.last_day)
    title_es = factory.Sequence(lambda n: f"Sesión {n}")
    title_en = factory.Sequence(lambda n: f"Session {n}")


class RegistrationFactory(Saved):
    class Meta:
        model = Registration

    convention = factory.SubFactory(ConventionFactory)
    committee = factory.SubFactory(CommitteeFactory)
    name = factory.Sequence(lambda n: f"Asistente Privado {n}")
    email = factory.Sequence(lambda n: f"comes{n}@example.org")
