"""Pages: what they read, need and doubt."""
