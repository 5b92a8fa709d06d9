"""Rows that keep a file of their own: its fingerprint is taken when it comes, and it goes with its
row."""

from django.db import transaction

from sistercities.models.base import StoredFile


class OwnsFile(StoredFile):
    """Base for rows with a file; stands before the other bases. `file_url` says where the file is
    handed out."""

    file_url: str

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        """Take the fingerprint of a new file."""
        if bool(self.file) != bool(self.sha256) or (self.file and not self.file._committed):
            self.take_fingerprint()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """With its file, once that is certain; its history stays."""
        stored, name = self.file.storage, self.file.name
        with transaction.atomic():
            gone = super().delete(*args, **kwargs)
            if name:
                transaction.on_commit(lambda: stored.delete(name))
        return gone
