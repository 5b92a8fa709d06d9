"""No file fills the disk: what comes after the largest size that anything accepts is dropped."""

from django.core.files.uploadhandler import FileUploadHandler

from sistercities.uploads import MEGABYTE, MOST_PDF

CAP = MOST_PDF + MEGABYTE


class CappedUploads(FileUploadHandler):
    """First of the handlers: lets so much of each file pass, and so it is found too large."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """None keeps the chunk from the handlers that store."""
        return raw_data if start < CAP else None

    def file_complete(self, file_size: int) -> None:
        """The next handler answers."""
        return None
