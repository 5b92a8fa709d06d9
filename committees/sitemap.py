"""The pages below a committee's own that search engines are told of: what it tells; and guides.

Lists that have nothing in them are not among them, nor are the forms: those pages say noindex.
"""

from collections.abc import Callable
from functools import lru_cache

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import override

from committees.models import Committee, Convention, Document, Guide, News, Photo
from committees.models.showing import OnThePageQuerySet

SLUG, NUMBER = "-slug-", 987_654_321


@lru_cache(maxsize=32)
def _pattern(name: str, language: str, *, has_number: bool) -> str:
    known = {"slug": SLUG} | ({"pk": NUMBER} if has_number else {})
    with override(language):
        return reverse(name, kwargs=known)


def _list_page(name: str) -> Callable[[str, str], str]:
    return lambda slug, language: _pattern(name, language, has_number=False).replace(SLUG, slug)


def _item_page(name: str) -> Callable[[str, int, str], str]:
    def path(slug: str, number: int, language: str) -> str:
        pattern = _pattern(name, language, has_number=True)
        return pattern.replace(str(NUMBER), str(number)).replace(SLUG, slug)

    return path


def _shown(rows: OnThePageQuerySet) -> QuerySet:
    return rows.shown().filter(committee__review=Committee.Review.PUBLISHED)


def _lists(rows: OnThePageQuerySet) -> QuerySet:
    """Each committee that shows some, with the day when the newest was last changed."""
    listed = _shown(rows).order_by("committee").values("committee")
    return listed.annotate(newest=Max("changed_at")).values_list("newest", "committee__slug")


def _items(rows: OnThePageQuerySet) -> QuerySet:
    return _shown(rows).order_by("pk").values_list("changed_at", "committee__slug", "pk")


def _conventions() -> QuerySet:
    return Convention.objects.public().order_by("pk").values_list("changed_at", "slug")


def _guides() -> QuerySet:
    return Guide.objects.public().order_by("pk").values_list("changed_at", "slug")


def _guide_list() -> QuerySet:
    """Their list once there are some, with the day when the newest was last changed."""
    return Guide.objects.public().order_by("-changed_at").values_list("changed_at")[:1]


def _guide_list_page(language: str) -> str:
    with override(language):
        return reverse("public:guides")


SUBJECTS: dict[str, tuple[Callable[[], QuerySet], Callable[..., str]]] = {
    "news": (lambda: _items(News.objects.all()), _item_page("public:committee-news-item")),
    "photos": (lambda: _items(Photo.objects.all()), _item_page("public:committee-photo")),
    "news-lists": (lambda: _lists(News.objects.all()), _list_page("public:committee-news")),
    "photo-lists": (lambda: _lists(Photo.objects.all()), _list_page("public:committee-photos")),
    "document-lists": (
        lambda: _lists(Document.objects.all()),
        _list_page("public:committee-documents"),
    ),
    "conventions": (_conventions, _list_page("public:convention")),
    "guides": (_guides, _list_page("public:guide")),
    "guide-list": (_guide_list, _guide_list_page),
}
"""By the name of a part of the map: its rows, which begin with the day of the last change, and the
path of a page by the rest of its row and a language."""
