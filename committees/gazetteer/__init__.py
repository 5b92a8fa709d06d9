"""Places of the world from GeoNames into the tables."""
