"""Forms that people can trust: no lost update, no double row, nothing typed is lost (README.md)."""
