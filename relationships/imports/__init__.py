"""Lists of ties from elsewhere: read, planned row by row, committed whole, undone whole."""
