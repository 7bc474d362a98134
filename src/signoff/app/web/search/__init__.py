"""Pages: go anywhere."""
