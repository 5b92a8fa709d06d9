"""Forms of this floor, one act a file."""
