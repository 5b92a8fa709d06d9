"""What committees do with their people, one act a file. All of it is private."""
