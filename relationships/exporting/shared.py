"""Columns that several subjects have."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from relationships.addresses import page_of, tie_page
from sistercities.context import absolute
from sistercities.exporting.columns import ADDRESS, MOMENT, TRUTH, WHOLE, Column

ID = Column(
    "id", WHOLE, _("Permanent number. It is never given to another record."), ("pk",), always=True
)
CHANGED = Column(
    "changed",
    MOMENT,
    _("When this record was last changed."),
    ("changed_at",),
    always=True,
)
INVENTED = Column(
    "invented",
    TRUTH,
    _("Whether it was made up to show what the registry can do. Leave such rows out."),
    ("is_demo",),
    always=True,
)


def pages(page: Callable[[str, str], str]) -> tuple[Column, ...]:
    """The addresses of the page in both languages, by the slug; `page` takes slug and language."""

    def in_language(language: str) -> Callable[[str], str]:
        return lambda slug: absolute(page(slug, language))

    return (
        Column(
            "page_es",
            ADDRESS,
            _("Its page in Spanish."),
            ("slug",),
            in_language("es"),
            always=True,
        ),
        Column(
            "page_en",
            ADDRESS,
            _("Its page in English."),
            ("slug",),
            in_language("en"),
            always=True,
        ),
    )


def pages_of(name: str) -> tuple[Column, ...]:
    """The same for "public:city" and the like."""
    return pages(lambda slug, language: page_of(name, slug, language))


TIE_PAGES = pages(tie_page)


def known_number(number: Any) -> int | None:
    """A number of which 0 says that nobody knows it."""
    return number or None
