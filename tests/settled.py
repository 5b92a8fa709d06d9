"""The settings of the office as a page finds them that is not the first one after a change."""

from relationships.vitality import limits
from sistercities import association, settled


def read_settings() -> None:
    """Have them read, as the first page after a change does."""
    with settled.one_page():
        settled.version()
        association.known()
        association.text_of("about")
        limits()
