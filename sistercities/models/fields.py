"""Columns that need a word to the database."""

from django.db import models


class FoldedField(models.CharField):
    """Folded text (see `sistercities.folding`), compared byte by byte on every database.

    SQLite does so by itself; PostgreSQL is told to use the collation "C". So sorting, ranges and
    prefix searches give the same answers on both and can use a plain index.
    """

    def db_parameters(self, connection):
        """As CharField, with the collation "C" on PostgreSQL."""
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
