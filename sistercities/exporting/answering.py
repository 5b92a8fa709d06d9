"""Data as an answer: streamed, with its licence, its day and its schema named in the headers."""

from collections.abc import Callable, Iterator
from itertools import chain

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse

from sistercities.context import absolute
from sistercities.exporting import licence
from sistercities.exporting.formats import FORMATS

BY_SUFFIX = {one.suffix: one for one in FORMATS}
CHARSETS = {"csv": "; charset=utf-8"}
"""JSON is always UTF-8 (RFC 8259); of CSV it is said."""
ATTACHED = ("csv",)
"""Forms that browsers keep as a file instead of showing them."""


def head(request: HttpRequest, page: str, schema: str) -> dict[str, object]:
    """What a file says of itself. `page` is the path of the page that shows the same, `schema` the
    definition that the file follows."""
    return {
        "license": {"name": licence.NAME, "url": licence.URL},
        "attribution": licence.attribution(),
        "as_of": licence.as_of(request).isoformat(),
        "page": absolute(page),
        "schema": f"{absolute(reverse('data-schema'))}#/$defs/{schema}",
    }


def answer(
    request: HttpRequest, suffix: str, parts: Callable[[], Iterator[str]], *, name: str, page: str
) -> StreamingHttpResponse:
    """A file called after `name`, written while it is sent.

    Its beginning is made before the answer begins: a question that fails is an error page, not half
    a file. HEAD asks nothing.
    """
    body: Iterator[str] = iter(())
    if request.method != "HEAD":
        body = parts()
        body = chain([next(body)], body)
    kind = BY_SUFFIX[suffix].type + CHARSETS.get(suffix, "")
    said = headers(suffix, name=name, page=page)
    said["Link"] += f', <{absolute(reverse("data-schema"))}>; rel="describedby"'
    return StreamingHttpResponse(body, content_type=kind, headers=said)


def headers(suffix: str, *, name: str, page: str) -> dict[str, str]:
    """What goes with a file of this form: its name, its terms, the path of the page that shows the
    same; open to scripts of other sites, and to no search engine."""
    where = "attachment" if suffix in ATTACHED else "inline"
    return {
        "Content-Disposition": f'{where}; filename="{name}.{suffix}"',
        "Link": f'<{licence.URL}>; rel="license", '
        f'<{absolute(page)}>; rel="canonical"; type="text/html"',
        "X-Robots-Tag": "noindex",
        "Access-Control-Allow-Origin": "*",
    }
