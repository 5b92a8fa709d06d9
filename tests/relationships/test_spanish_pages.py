"""No English is left on a Spanish page but what people wrote."""

import html5lib
import pytest
from django.urls import reverse
from django.utils.translation import override

from relationships.models import Confirmation, Tie
from sistercities.catalogs import catalogue_paths, read
from tests import factories as make
from tests.relationships.sisters import enrich, known, make_sisters

pytestmark = pytest.mark.django_db


def english() -> set[str]:
    """Every text of the interface that reads otherwise in Spanish; languages name themselves."""
    (path,) = catalogue_paths()
    texts = set()
    for message in read(path):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        texts |= {one for one in ids if one and one not in strings}
    return texts - {"English"}


def shown(html: str) -> set[str]:
    """Every text, title and label of a page; not the names of cookies."""
    document = html5lib.HTMLParser(strict=True).parse(html)
    code = {text for one in document.findall(".//{*}code") for text in one.itertext()}
    texts = {" ".join(text.split()) for text in document.itertext()} - code
    for one in document.iter():
        texts |= {one.get(name) for name in ("aria-label", "title", "data-label") if one.get(name)}
    return texts


def test_spanish_pages_show_no_english_of_the_interface(client):
    tie = make_sisters()
    enrich(tie)
    make.ConfirmationFactory(tie=tie, side="b", answer=Confirmation.Answer.DORMANT)
    committee = tie.city_a.committees.order_by("pk").first()
    nation = make.CommitteeFactory(level="national", public_email="oficina@example.org")
    committee.parent = nation
    committee.save()
    make.OfficeTermFactory(committee=committee)
    make.ActivityFactory(programme=make.ProgrammeFactory(committee=committee), month=3)
    bare = known(make.TieFactory(kind=Tie.Kind.CONTACT))
    things = (tie, bare, tie.city_a, bare.city_b, committee, nation, tie.exchanges.get())
    with override("es"):
        paths = [thing.get_absolute_url() for thing in things]
        names = ("about", "how-to-twin", "privacy", "accessibility")
        paths += [reverse(f"public:{name}") for name in names]
    unwanted = english()
    assert len(unwanted) > 300
    for path in [*paths, "/es/nada/"]:
        assert shown(client.get(path).content.decode()) & unwanted == set()
