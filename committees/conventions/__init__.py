"""What is done with conventions, one act a file."""
