"""Lists and objects as data: the addresses of their pages with a suffix."""

from django.urls import URLPattern, include, path
from django.utils.translation import gettext_lazy as _

from relationships.exporting.lists import LISTS
from relationships.views import public_data
from sistercities.exporting.formats import suffixed

WORDS = {
    "city": _("cities/"),
    "tie": _("ties/"),
    "committee": _("committees/"),
    "exchange": _("exchanges/"),
}


def of_list(page: str, word: str) -> list[URLPattern]:
    """A list in each of its forms."""
    return [
        path(
            suffixed(word, suffix),
            public_data.list_data,
            {"page": page, "suffix": suffix},
            name=f"{page}-{suffix}",
        )
        for suffix in LISTS[page].suffixes
    ]


def of_object(kind: str) -> URLPattern:
    """One of them as JSON."""
    return path("<slug:slug>.json", public_data.object_data, {"kind": kind}, name=f"{kind}-json")


urlpatterns = [path(_("data/"), public_data.data, name="data")]
for kind, word in WORDS.items():
    urlpatterns += of_list(f"{kind}-list", word)
    urlpatterns.append(path(word, include([of_object(kind)])))
