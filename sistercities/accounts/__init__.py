"""Logins: who comes in, how often somebody may try, how long a login lasts. See README.md."""
