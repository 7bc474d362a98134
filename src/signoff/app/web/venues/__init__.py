"""Pages: where to reach them for the money."""
