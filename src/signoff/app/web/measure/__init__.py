"""Pages: did it work."""
