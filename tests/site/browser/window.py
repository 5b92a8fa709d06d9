"""A Chromium window that writes down what went wrong in it and what it asked for."""

import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.http import HttpResponse
from playwright.sync_api import Browser, ConsoleMessage, Locator, Request, Response, Route

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
PHONE = {"width": 360, "height": 740}
ICON = re.compile(r"/static/img/icon(\.[0-9a-f]+)?\.svg")
"""Asked for by the browser itself once a page is there, and left behind for the next page."""

BLANK = "/nothing-is-here/"
EMPTY = '<!doctype html><html lang="es"><title>-</title><link rel="icon" href="data:,">'
"""A page of the same site to rest at: for about:blank the browser would start a new process, and
another one for the page after it."""

LONGEST_WAIT = 20

SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
TWO_FRAMES = """() => new Promise((ready) =>
  requestAnimationFrame(() => requestAnimationFrame(() => ready(true))))"""
ONE_COLOUR_ONCE = """;
(() => {
  const { prototype } = axe.commons.color.Color;
  const read = prototype.parseString, known = new Map();
  prototype.parseString = function (text) {
    if (known.has(text)) return Object.assign(this, known.get(text));
    read.call(this, text);
    known.set(text, { r: this.r, g: this.g, b: this.b, alpha: this.alpha });
    return this;
  };
})();
"""
"""axe reads the same few colours thousands of times, which took a third of its time."""

SHOW_ALL = """() => {
  if (document.adoptedStyleSheets.length) return;
  const all = new CSSStyleSheet();
  all.replaceSync("* { content-visibility: visible !important; }");
  document.adoptedStyleSheets = [all];
}"""
"""What is laid out only once it comes into sight would be neither read by axe nor too wide."""

AXE = """async () => {
  const found = await axe.run(document, {
    resultTypes: ["violations"],
    rules: { "target-size": { enabled: true } },
  });
  return found.violations.map((one) =>
    one.id + ": " + one.nodes.slice(0, 4).map((node) => node.target.join(" ")).join(" | "));
}"""


class Window:
    """One tab of a fresh browser profile. Requests to other machines are stopped and noted."""

    def __init__(self, browser: Browser, address: str, **options) -> None:
        self.address, self.host = address, urlsplit(address).netloc
        self.complaints: list[str] = []
        self.asked_elsewhere: list[str] = []
        self.answers: list[Response] = []
        self.coming: set[Request] = set()
        self.made_up: dict[str, tuple[int, str]] = {}
        self.context = browser.new_context(viewport=WIDE, reduced_motion="reduce", **options)
        self.context.route("**/*", self._judge)
        self.context.add_init_script(SHIFTS)
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._expect)
        self.page.on("requestfinished", lambda request: self.coming.discard(request))
        self.page.on("requestfailed", self._miss)
        self.page.on("response", self._note)

    def _judge(self, route: Route, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.netloc != self.host:
            self.asked_elsewhere.append(request.url)
            route.abort()
        elif parts.path == BLANK:
            route.fulfill(body=EMPTY, content_type="text/html; charset=utf-8")
        elif parts.path in self.made_up:
            status, body = self.made_up[parts.path]
            route.fulfill(status=status, body=body, content_type="text/html; charset=utf-8")
        else:
            route.continue_()

    def _hear(self, message: ConsoleMessage) -> None:
        status = "Failed to load resource: the server responded with a status of"
        if message.type in ("error", "warning") and not message.text.startswith(status):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _note(self, response: Response) -> None:
        self.answers.append(response)
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"{response.url}: {response.status}")

    def _expect(self, request: Request) -> None:
        if not ICON.fullmatch(urlsplit(request.url).path):
            self.coming.add(request)

    def _miss(self, request: Request) -> None:
        self.coming.discard(request)
        parts = urlsplit(request.url)
        interrupted = request.failure == "net::ERR_ABORTED"
        if parts.netloc == self.host and not (interrupted and ICON.fullmatch(parts.path)):
            self.complaints.append(f"{request.url}: {request.failure}")

    def rest(self) -> None:
        """Leave the page; forget what was; as wide as a desk, in light."""
        self._settle()
        self.page.goto(self.address + BLANK)
        for noted in (self.complaints, self.asked_elsewhere, self.answers):
            noted.clear()
        self.made_up.clear()
        self.context.clear_cookies()
        self.look(WIDE, "light")

    def look(self, size: dict[str, int], scheme: str = "light") -> None:
        """Change the size of the window and the colours that the device asks for."""
        self.page.set_viewport_size(size)
        self.page.emulate_media(color_scheme=scheme)

    def open(self, path: str, status: int = 200) -> None:
        """Go to a page, and wait until all of it is there."""
        self._settle()
        answer = self.page.goto(self.address + path)
        assert (path, answer.status) == (path, status)
        self._settle()

    def follow(self, link: Locator) -> None:
        """Click what leads to another page, and wait until all of that page is there.

        A click alone comes back before the new page is read, and what is asked then may be
        answered by the old page. Scrolling to the link may bring pictures into sight, which the
        click would interrupt.
        """
        link.scroll_into_view_if_needed()
        self._settle()
        with self.page.expect_navigation(wait_until="load"):
            link.click()
        self._settle()

    def _settle(self) -> None:
        """Wait until everything that the page asked for is there: fonts, and late pictures."""
        end = time.monotonic() + LONGEST_WAIT
        self.page.evaluate(TWO_FRAMES)
        self.page.evaluate("document.fonts.ready.then(() => true)")
        while self.coming and time.monotonic() < end:
            self.page.wait_for_timeout(10)
        assert [request.url for request in self.coming] == []

    def make_up(self, path: str, response: HttpResponse) -> None:
        """Answer a path with a page that cannot be asked for by an address."""
        self.made_up[path] = (response.status_code, response.content.decode())

    def axe_faults(self) -> list[str]:
        """What axe finds wrong with the page as it stands."""
        self.page.evaluate(SHOW_ALL)
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE_SCRIPT + ONE_COLOUR_ONCE)
        return self.page.evaluate(AXE)

    def faults(self) -> list[str]:
        """What is wrong with the page as it stands: axe's findings, and a page too wide."""
        too_wide = self.overflow()
        return self.axe_faults() + ([f"{too_wide} px too wide"] if too_wide > 0 else [])

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        self.page.evaluate(SHOW_ALL)
        return self.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    def each(self, sizes_and_schemes: list[tuple], judge: Callable[[], object]) -> dict:
        """What `judge` says in every size and scheme in which it says something."""
        found = {}
        for size, scheme in sizes_and_schemes:
            self.look(size, scheme)
            if verdict := judge():
                found[f"{size['width']} {scheme}"] = verdict
        return found

    def close(self) -> None:
        """Close the tab and its profile."""
        self.context.close()
