"""What each public page shows: all its facts, gathered in a fixed number of queries."""
