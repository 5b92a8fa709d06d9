"""The sections that this floor adds to the committee's desk."""
