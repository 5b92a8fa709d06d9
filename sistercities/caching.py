"""Public pages that cost no rendering twice.

Every public page carries an ETag made of the registry's version number, the day and the address.
A browser that asks again with it is answered 304 from one small query; another visitor gets the
page kept in this process, ready compressed, as long as nothing published has changed since.
Only views marked with `public_page` take part, and what they show never depends on who looks: on
the address and the colour scheme only.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps

from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.security import SecurityMiddleware
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from sistercities import settled
from sistercities.context import theme_of
from sistercities.headers import FIXED

CACHE_CONTROL = "public, max-age=0, must-revalidate"
PICTURE_CONTROL = "public, max-age=3600"
READING = ("GET", "HEAD")
UNCACHED = ("/static/", "/admin/", "/healthz", "/readyz")


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view as readable by everyone and the same for everyone (GET and HEAD only)."""

    @wraps(view)
    def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.is_public_page = response.status_code == 200
        return response

    return _read_only(marked)


def picture(view: Callable[..., HttpResponse], *, everywhere: bool = False):
    """Mark a view of a picture that everyone may see: kept for an hour wherever it is kept, then
    asked for again, and drawn anew only when something published has changed.

    `everywhere`: pages of other hosts may show it.
    """

    @wraps(view)
    def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        seen = f"{settled.version()[0]}\n{request.path_info}".encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(seen, key=settings.SECRET_KEY.encode()[:64], digest_size=12)
        tag = f'"{digest.hexdigest()}"'
        if tag in request.headers.get("If-None-Match", ""):
            response = HttpResponse(status=304)
        else:
            response = view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.headers["ETag"] = tag
            response.headers["Cache-Control"] = PICTURE_CONTROL
            if everywhere:
                response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.is_picture = True
        return response

    return _read_only(marked)


def _read_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to everybody, by no method but GET and HEAD (`PublicPages.process_view`)."""
    view.is_read_only = True
    return login_not_required(view)


class KeptPages:
    """The last pages rendered in this process, least recently used first to go."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._pages: OrderedDict[str, tuple[dict[str, str], bytes, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tag: str) -> tuple[dict[str, str], bytes, bytes] | None:
        """Headers, plain and compressed body of a page."""
        with self._lock:
            page = self._pages.get(tag)
            if page:
                self._pages.move_to_end(tag)
        return page

    def put(self, tag: str, headers: dict[str, str], body: bytes, compressed: bytes) -> None:
        """Keep a page, and let the oldest go."""
        with self._lock:
            self._pages[tag] = (headers, body, compressed)
            while len(self._pages) > self.most:
                self._pages.popitem(last=False)


class PublicPages:
    """Middleware, outermost: answers repeated visits to public pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.security = SecurityMiddleware(get_response)
        self.kept = KeptPages(settings.PUBLIC_PAGES_KEPT)
        self.secret = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32).digest()
        self.common = {
            "Cache-Control": CACHE_CONTROL,
            "Vary": "Cookie, Accept-Encoding",
            "Content-Security-Policy": build_policy(),
            **FIXED,
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with settled.one_page():
            return self.respond(request)

    def process_view(self, request: HttpRequest, view: Callable, *_) -> HttpResponse | None:
        """Another method on what can only be read is called so, before a token is asked for."""
        if getattr(view, "is_read_only", False) and request.method not in READING:
            return HttpResponseNotAllowed(READING)
        return None

    def respond(self, request: HttpRequest) -> HttpResponse:
        """From what is kept, or by the view."""
        if request.method not in READING or request.path_info.startswith(UNCACHED):
            return self.get_response(request)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return self.get_response(request)
        try:
            tag = self.tag(request)
        except DisallowedHost:
            return self.get_response(request)  # refused further in, where every header is set
        if tag in request.headers.get("If-None-Match", ""):
            unchanged = HttpResponse(status=304, headers={**self.common, "ETag": tag})
            return self.security.process_response(request, unchanged)
        zips = "gzip" in request.headers.get("Accept-Encoding", "")
        if page := self.kept.get(tag):
            headers, body, compressed = page
            return self.answer(headers, compressed if zips else body, zips)
        response = self.get_response(request)
        if getattr(response, "is_picture", False) and not response.cookies:
            del response.headers["Vary"]  # whose login was looked at on the way changes nothing
        if not getattr(response, "is_public_page", False) or response.cookies:
            return response
        return self.keep(tag, response, zips)

    def tag(self, request: HttpRequest) -> str:
        """The ETag of this address now. Hashed with our secret: it tells nothing and nobody else
        can make one, so a match means that we sent this very page before."""
        number, _moved = settled.version()
        seen = "\n".join(
            [
                str(number),
                timezone.localdate().isoformat(),
                request.scheme,
                request.get_host(),
                request.path_info,
                request.META.get("QUERY_STRING", ""),
                theme_of(request),
            ]
        )
        digest = hashlib.blake2b(
            seen.encode("utf-8", "surrogatepass"), key=self.secret, digest_size=12
        )
        return f'W/"{digest.hexdigest()}"'

    def keep(self, tag: str, response: HttpResponse, zips: bool) -> HttpResponse:
        """Give the page its tag and keep it, unless it is streamed."""
        response.headers["Cache-Control"] = CACHE_CONTROL
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        response.headers["ETag"] = tag
        if response.streaming:
            return response
        body = response.content
        compressed = gzip.compress(body, compresslevel=6, mtime=0)
        headers = {k: v for k, v in response.headers.items() if k != "X-Request-ID"}
        self.kept.put(tag, headers, body, compressed)
        return self.answer(headers, compressed if zips else body, zips)

    @staticmethod
    def answer(headers: dict[str, str], body: bytes, zipped: bool) -> HttpResponse:
        """A response made of kept parts."""
        response = HttpResponse(body, headers=headers)
        response.headers["Content-Length"] = str(len(body))
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        return response
