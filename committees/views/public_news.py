"""What a committee tells: news, photos and documents, for everyone."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from committees import finding
from committees.models import Committee, Document, News, Photo
from sistercities.caching import public_page
from sistercities.listing.numbered import numbered

PER_PAGE = 20
PHOTOS_PER_PAGE = 24


def page_of_committee(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view that takes a committee as its public page; an old slug leads to the new one."""

    @public_page
    @wraps(view)
    def found(request: HttpRequest, slug: str, **kwargs) -> HttpResponse:
        committee = finding.committee(slug)
        if committee.slug != slug:
            match = request.resolver_match
            here = match.kwargs | {"slug": committee.slug}
            return redirect(match.view_name, permanent=True, **here)
        return view(request, committee, **kwargs)

    return found


def shown(model: type[Model], committee: Committee, file: str = "file") -> QuerySet:
    """What visitors see of a committee, with its files."""
    return model.objects.for_committee(committee).shown().select_related(file)


def many(
    request: HttpRequest, committee: Committee, template: str, rows: QuerySet, size: int = PER_PAGE
) -> HttpResponse:
    """One page of rows."""
    page = numbered(rows, request, size=size, is_strict=True)
    return render(request, template, {"committee": committee, "page": page})


@page_of_committee
def news(request: HttpRequest, committee: Committee) -> HttpResponse:
    """All news of a committee, the newest first."""
    return many(request, committee, "committees/news.html", shown(News, committee, "photo__file"))


@page_of_committee
def news_item(request: HttpRequest, committee: Committee, pk: int) -> HttpResponse:
    """One news item with its photo."""
    item = get_object_or_404(shown(News, committee, "photo__file"), pk=pk)
    return render(request, "committees/news_item.html", {"committee": committee, "item": item})


@page_of_committee
def photos(request: HttpRequest, committee: Committee) -> HttpResponse:
    """All photos of a committee, small."""
    rows = shown(Photo, committee)
    return many(request, committee, "committees/photos.html", rows, PHOTOS_PER_PAGE)


@page_of_committee
def photo(request: HttpRequest, committee: Committee, pk: int) -> HttpResponse:
    """One photo, large."""
    found = get_object_or_404(shown(Photo, committee), pk=pk)
    return render(request, "committees/photo.html", {"committee": committee, "photo": found})


@page_of_committee
def documents(request: HttpRequest, committee: Committee) -> HttpResponse:
    """The public documents of a committee."""
    return many(request, committee, "committees/documents.html", shown(Document, committee))
