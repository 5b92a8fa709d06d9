"""Guides and requests for advice; as tests/factories.py."""

import datetime

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from committees.models import AdviceMessage, AdviceRequest, Guide, GuideFile
from committees.models.guide import Topic
from tests.factories import CommitteeFactory, Saved, UserFactory


class GuideFactory(Saved):
    """A published guide in both languages."""

    class Meta:
        model = Guide

    topic = Topic.AGREEMENT
    title_es = factory.Sequence(lambda n: f"Guía {n}")
    title_en = factory.Sequence(lambda n: f"Guide {n}")
    summary_es = "Para qué sirve."
    summary_en = "What it is for."
    text_es = "Un párrafo."
    text_en = "A paragraph."
    review = Guide.Review.PUBLISHED


class GuideFileFactory(Saved):
    """A PDF that everyone may have."""

    class Meta:
        model = GuideFile

    guide = factory.SubFactory(GuideFactory)
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4 model", "model.pdf"))
    description_es = "Modelo"
    description_en = "Model"


class AdviceRequestFactory(Saved):
    """A question that waits since now and is due in a week; without a message yet."""

    class Meta:
        model = AdviceRequest

    committee = factory.SubFactory(CommitteeFactory)
    asked_by = factory.SubFactory(UserFactory)
    language = "es"
    topic = Topic.AGREEMENT
    subject = factory.Sequence(lambda n: f"Pregunta {n}")
    asked_at = factory.LazyFunction(timezone.now)
    waits_since = factory.SelfAttribute("asked_at")
    due_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=7))


class AdviceMessageFactory(Saved):
    class Meta:
        model = AdviceMessage

    request = factory.SubFactory(AdviceRequestFactory)
    by_desk = True
    author = factory.SelfAttribute("request.asked_by")
    text = "¿Quién firma?"
