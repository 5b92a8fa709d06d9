"""The one exception of an import: a sentence for people."""


class ImportRefused(Exception):
    """The file, plan or batch cannot be taken; the message says why and what to do."""
