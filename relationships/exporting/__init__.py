"""Cities, ties, committees and exchanges as data: their columns, lists and objects."""
