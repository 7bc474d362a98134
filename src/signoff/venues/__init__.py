"""Where to reach them for the money."""
