"""What a committee tells: news, photos and documents, for everyone."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from committees.models import Committee, Document, News, Photo
from sistercities.caching import public_page
from sistercities.models import Address

PER_PAGE = 20
PHOTOS_PER_PAGE = 24
LONGEST_NUMBER = 6


class Batch:
    """One page of rows; asks for one row more than it shows."""

    def __init__(self, rows: QuerySet, request: HttpRequest, size: int) -> None:
        asked = request.GET.get("page", "")
        is_number = asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER
        self.number = max(1, int(asked)) if is_number else 1
        start = (self.number - 1) * size
        found = list(rows[start : start + size + 1])
        self.rows, self.has_more = found[:size], len(found) > size
        if not self.rows and self.number > 1:
            raise Http404

    @property
    def newer(self) -> int:
        """The number of the page before; 0 for none."""
        return self.number - 1

    @property
    def older(self) -> int:
        """The number of the page after; 0 for none."""
        return self.number + 1 if self.has_more else 0


def committee_at(slug: str) -> Committee:
    """The published committee with this slug now or once, 404 for all others."""
    public = Committee.objects.public()
    found = public.filter(slug=slug).first()
    if found is None:
        number = Address.owner("committee", slug)
        found = number and public.filter(pk=number).first()
    if not found:
        raise Http404
    return found


def answer(request: HttpRequest, slug: str, template: str, context) -> HttpResponse:
    """The page of a committee, or the way to it from an old slug."""
    committee = committee_at(slug)
    if committee.slug != slug:
        match = request.resolver_match
        kwargs = match.kwargs | {"slug": committee.slug}
        return redirect(match.view_name, permanent=True, **kwargs)
    return render(request, template, {"committee": committee} | context(committee))


@public_page
def news(request: HttpRequest, slug: str) -> HttpResponse:
    """All news of a committee, the newest first."""

    def context(committee: Committee) -> dict:
        rows = News.objects.for_committee(committee).shown().select_related("photo__file")
        return {"batch": Batch(rows, request, PER_PAGE)}

    return answer(request, slug, "committees/news.html", context)


@public_page
def news_item(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One news item with its photo."""

    def context(committee: Committee) -> dict:
        rows = News.objects.for_committee(committee).shown().select_related("photo__file")
        return {"item": get_object_or_404(rows, pk=pk)}

    return answer(request, slug, "committees/news_item.html", context)


@public_page
def photos(request: HttpRequest, slug: str) -> HttpResponse:
    """All photos of a committee, small."""

    def context(committee: Committee) -> dict:
        rows = Photo.objects.for_committee(committee).shown().select_related("file")
        return {"batch": Batch(rows, request, PHOTOS_PER_PAGE)}

    return answer(request, slug, "committees/photos.html", context)


@public_page
def photo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One photo, large."""

    def context(committee: Committee) -> dict:
        rows = Photo.objects.for_committee(committee).shown().select_related("file")
        return {"photo": get_object_or_404(rows, pk=pk)}

    return answer(request, slug, "committees/photo.html", context)


@public_page
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    """The public documents of a committee."""

    def context(committee: Committee) -> dict:
        rows = Document.objects.for_committee(committee).shown().select_related("file")
        return {"batch": Batch(rows, request, PER_PAGE)}

    return answer(request, slug, "committees/documents.html", context)
