"""What a test reads off a page: its elements, links and texts, taken down in one pass."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr path circle rect use".split()
)
CODE = "zxx"
"""The language of what stands in no language at all, by ISO 639."""
SPOKEN = ("alt", "title", "aria-label", "placeholder", "data-label")
LEADING = {"a": "href", "form": "action", "img": "src", "link": "href", "script": "src"}


@dataclass
class Element:
    """One start tag, and the text inside it."""

    tag: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text, with single spaces."""
        return " ".join("".join(self.parts).split())


class Reading(HTMLParser):
    """A page that has been read. `url` is its path, with the query if it has one."""

    def __init__(self, html: str, url: str) -> None:
        super().__init__()
        self.url, self.html = url, html
        self.elements: list[Element] = []
        self.said: list[tuple[str, str]] = []
        self._open: list[Element] = []
        self._languages = [""]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down an element."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        spoken = [name for name in SPOKEN if name in element.attributes]
        language = element.attributes.get("lang") or self._language()
        self.said += [(language, element.attributes[name]) for name in spoken]
        if tag not in VOID:
            self._open.append(element)
            self._languages.append(self._language_inside(element))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element closed at once, in SVG."""
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of this name, and what was left open inside it."""
        if any(element.tag == tag for element in self._open):
            while True:
                self._languages.pop()
                if self._open.pop().tag == tag:
                    break

    def handle_data(self, data: str) -> None:
        """Text belongs to everything that is open, and to the language of the innermost; nobody
        reads what stands in a script."""
        if self._open and self._open[-1].tag == "script":
            self._open[-1].parts.append(data)
            return
        if data.strip():
            self.said.append((self._language(), " ".join(data.split())))
        for element in self._open:
            element.parts.append(data)

    def _language(self) -> str:
        return self._languages[-1]

    def _language_inside(self, element: Element) -> str:
        if element.tag == "code" or self._language() == CODE:
            return CODE
        return element.attributes.get("lang", self._language())

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements by name and attributes."""
        return [
            one
            for one in self.elements
            if one.tag == tag
            and all(one.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    @property
    def title(self) -> str:
        """The window's title."""
        return self.all("title")[0].text

    @property
    def text(self) -> str:
        """All the words of the body."""
        return self.one("body").text

    @cached_property
    def ids(self) -> list[str]:
        """Every id, as often as it stands there."""
        return [one.attributes["id"] for one in self.elements if "id" in one.attributes]

    def words_in(self, language: str) -> list[str]:
        """Every piece of text, and every label that is read aloud, in one language."""
        return [words for spoken, words in self.said if spoken == language]

    def links(self) -> Iterator[str]:
        """Where anything of the page leads, as the browser resolves it (fragments kept)."""
        for element in self.elements:
            address = element.attributes.get(LEADING.get(element.tag, ""))
            if address is not None:
                yield urljoin(self.url, address)


def without_fragment(address: str) -> str:
    """The address that a browser asks for."""
    return urlunsplit(urlsplit(address)._replace(fragment=""))


def fragment(address: str) -> str:
    """The id that the address points to, or nothing."""
    return unquote(urlsplit(address).fragment)


def local(address: str, site: str) -> str | None:
    """The path of an address of this site, or None for one elsewhere (or a mailto:)."""
    parts = urlsplit(address)
    if parts.scheme in ("http", "https"):
        here = urlsplit(site)
        if (parts.scheme, parts.netloc) != (here.scheme, here.netloc):
            return None
    elif parts.scheme or parts.netloc:
        return None
    return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))
