"""The public lists of ties, cities, committees and exchanges: their filters, facets and rows."""
