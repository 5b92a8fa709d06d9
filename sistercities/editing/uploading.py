"""Files that come with a form are kept before the form is read (see attachments)."""


def receive(page) -> None:
    """Filled in by the next step."""
