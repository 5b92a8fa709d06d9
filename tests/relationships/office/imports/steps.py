"""A list on its way through the pages of the office."""

from pathlib import Path

from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from committees.models import City
from relationships.models import ImportBatch
from sistercities.jobs.working import work_off
from sistercities.models import User
from tests.adminforms import values_of
from tests.factories import UserFactory

DIRTY = (
    "Ciudad,Estado,Sister city,Sister state,Año,Notas\n"
    "Gómez Palacio,Durango,South El Monte,CA,1969,\n"
    "Guadalajara,Jalisco,Springfield,,1974,which one?\n"
    "Guadalajara,Jalisco,Downey,CA,31/02/1960,bad date\n"
    "Gómez Palacio,Durango,South El Monte,CA,1969,\n"
    "Guadalajara,Jalisco,Xanadu,CA,,no such city\n"
    "Gómez Palacio,Durango,,CA,,no sister\n"
)
"""Namesakes, a date that cannot be, a row twice, a city that nobody knows, one that is missing."""


def address(name: str, batch: ImportBatch | None = None, *more: int) -> str:
    """A page of imports."""
    return reverse(
        f"admin:relationships_importbatch_{name}", args=[*([batch.pk] if batch else []), *more]
    )


def send(office: Client, url: str, **values):
    """Fill in the form of a page and send it; the answer, redirects followed."""
    context = office.get(url).context
    sent = values_of(context["form"]) | {"_nonce": context["nonce"]}
    return office.post(url, sent | values, follow=True)


def upload(office: Client, content: str | bytes | Path, name: str = "list.csv", **values):
    """Send a file as somebody of the office would; the answer."""
    if isinstance(content, Path):
        content = content.read_bytes()
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, data)
    return send(office, address("upload"), **{"file": file, "source": "Ministry", **values})


def newest() -> ImportBatch:
    """The import that came last."""
    return ImportBatch.objects.latest("pk")


def planned(office: Client, content: str | bytes = DIRTY, **countries: str) -> ImportBatch:
    """Uploaded, matched as suggested, judged."""
    upload(office, content)
    batch = newest()
    named = {"country_a": "MX", "country_b": "US"} | countries
    send(office, address("columns", batch), **named)
    work()
    batch.refresh_from_db()
    return batch


def work():
    """What the worker does."""
    return work_off(quietly=True)


def applied(office: Client, content: str | bytes = DIRTY) -> ImportBatch:
    """Planned, and written."""
    batch = planned(office, content)
    send(office, address("apply", batch))
    work()
    batch.refresh_from_db()
    return batch


def allowed(*rights: str) -> User:
    """Somebody of the office with just these rights."""
    user = UserFactory(is_staff=True, name="Ana")
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


def verdicts(batch: ImportBatch) -> list[str]:
    """Those of its rows, in their order."""
    return list(batch.rows.order_by("number").values_list("verdict", flat=True))


def errors(answer) -> list[str]:
    """The sentences of a refused form."""
    form = answer.context["form"]
    return [str(text) for texts in form.errors.values() for text in texts]


def springfields() -> tuple[City, City]:
    """The two that a row may mean: of Illinois, and of Missouri."""
    illinois, missouri = City.objects.filter(name="Springfield").order_by("population")
    return illinois, missouri
