"""The map page: which ties it draws, one by one or by regions, and what it says of them."""
