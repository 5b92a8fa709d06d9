"""What is special about merging cities, committees and people."""

from committees.merging import cities, committees, people, terms

__all__ = ["cities", "committees", "people", "terms"]
