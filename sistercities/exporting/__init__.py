"""Pages as data: which forms a page has, and how rows are written while they are sent."""
